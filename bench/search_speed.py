"""How quick is an engine on many documents? Made of the words of the demo's texts, with Zipf's law kept.

    python bench/search_speed.py [--engine embedded|elasticsearch] [--documents 10000 100000] [--folder FOLDER]

Prints the indexing rate, the size on disk, and p50 and p95 for common and rare words, with filters, counts and suggestions;
each also as a ratio to the engine's bare query in the same run: the word of every 20th document looked for by the engine
itself, nothing ranked again or counted. Elasticsearch is that of ELASTICSEARCH_URLS; its index goes afterwards. What the
embedded engine has written stays in --folder, if that is given, and is not written again in the next run.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search import turkish
from search.engines.base import Document, Query
from search.engines.elastic import ElasticsearchEngine, Server
from search.engines.embedded import EmbeddedEngine

ROOT = Path(__file__).resolve().parent.parent
SHORTEST, LONGEST = 20, 100  # words of a document
INVENTED_WORDS = 60_000
REPEATS = 40
MOST_SECONDS = 20  # for one kind of question
KINDS = ["topic", "post", "section", "comment", "experience"]
CITIES = ["defnekent", "yildizova", "ornekkent"]
THEMES = ["parklar", "ulasim", "bakim", "butce", "siddet"]
# Words of which it is known how often they stand: in one of so many documents.
PLANTED = {"kaplumbağa": 2, "penguen": 20, "salyangoz": 1_000, "leylek": 5_000}
HALF, COMMON, RARE, RAREST = PLANTED


def main() -> None:
    parser = argparse.ArgumentParser(description="How quick is an engine on many documents?")
    parser.add_argument("--engine", choices=sorted(ENGINES), default="embedded")
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    for number in arguments.documents:
        with tempfile.TemporaryDirectory() as folder:
            measure(ENGINES[arguments.engine](arguments.folder or Path(folder), number), number)


class Embedded:
    """The embedded engine, with what only a measurement asks of it."""

    def __init__(self, folder: Path, number: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{number}.sqlite3"
        self.is_full = self._path.exists()
        self.engine = EmbeddedEngine(self._path)

    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self._path.parent.glob(f"{self._path.name}*"))

    def bare_query(self, term: str) -> object:
        sql = "SELECT rowid FROM body_terms WHERE body_terms MATCH ? ORDER BY rank LIMIT 20"
        with self.engine._store.reading() as connection:
            return connection.execute(sql, (f'"{term}"',)).fetchall()

    def end(self) -> None:
        self.engine.close()


class Elastic:
    """The same for Elasticsearch."""

    is_full = False

    def __init__(self, folder: Path, number: int) -> None:
        self._index = f"bench-{os.getpid()}-{number}"
        self.engine = ElasticsearchEngine(Server(urls=os.environ["ELASTICSEARCH_URLS"].split(","), index=self._index))

    def bytes(self) -> int:
        return self.engine._client.indices.stats(index=self._index)["_all"]["primaries"]["store"]["size_in_bytes"]

    def bare_query(self, term: str) -> object:
        return self.engine._client.search(
            index=self._index, query={"match": {"body_terms": term}}, size=20, source=False, track_total_hits=False
        )

    def end(self) -> None:
        self.engine.drop()
        self.engine.close()


ENGINES: dict[str, Callable[[Path, int], Any]] = {"embedded": Embedded, "elasticsearch": Elastic}


def vocabulary() -> list[str]:
    """The words of the demo's texts, commonest first, and then invented ones, as many as a language has."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "demo/content").rglob("*.toml"))]
    texts += [file.read_text(encoding="utf-8") for file in sorted((ROOT / "demo/content").rglob("*.md"))]
    counts: dict[str, int] = {}
    for text in texts:
        for token in turkish.tokens(text):
            counts[token.word] = counts.get(token.word, 0) + 1
    chance = random.Random(11)
    syllables = ["ka", "lem", "tor", "bu", "şi", "yan", "de", "göl", "ri", "mus", "çe", "tan"]
    invented = ["".join(chance.choices(syllables, k=4)) for _ in range(INVENTED_WORDS)]
    return [*sorted(counts, key=lambda word: (-counts[word], word)), *invented]


def documents(number: int) -> Iterator[Document]:
    chance = random.Random(12)
    words = vocabulary()
    weights = np.cumsum([1 / (rank + 3) for rank in range(len(words))]).tolist()
    for at in range(number):
        chosen = chance.choices(words, cum_weights=weights, k=chance.randint(SHORTEST, LONGEST))
        for word, every in PLANTED.items():
            if at % every == 0:
                chosen.insert(chance.randrange(len(chosen)), word)
        yield Document(
            key=f"{KINDS[at % 5]}:{at}",
            kind=KINDS[at % 5],
            title=" ".join(chosen[:6]),
            body=" ".join(chosen[6:]),
            city=chance.choice(CITIES),
            theme=chance.choice(THEMES),
            published_at=f"20{20 + at % 7}-{1 + at % 12:02}-{1 + at % 28:02}T00:00:00+00:00",
        )


def measure(measured: Any, number: int) -> None:
    print(f"\n{number:,} documents")
    if not measured.is_full:
        started = time.perf_counter()
        measured.engine.put(documents(number))
        print(f"indexed {number / (time.perf_counter() - started):,.0f} documents a second")
    print(f"{measured.bytes() / number:,.0f} bytes each")
    [term] = turkish.query_terms(COMMON)
    bare = np.median(milliseconds(lambda: measured.bare_query(term.terms[0])))
    print(f"\n{'':<32}{'hits':>10}{'p50 ms':>10}{'p95 ms':>10}{'× bare':>9}")
    print(f"{'bare query':<32}{'':>10}{bare:10.1f}")
    for name, ask in questions(measured.engine).items():
        hits = ask()
        p50, p95 = np.percentile(milliseconds(ask), [50, 95])
        print(f"{name:<32}{hits:10,}{p50:10.1f}{p95:10.1f}{p50 / bare:9.1f}", flush=True)
    measured.end()


def questions(engine: Any) -> dict[str, Callable[[], int]]:
    """What people ask, by its name; each gives its number of hits. The page of results counts, and so do these."""

    def search(text: str = "", **options: Any) -> Callable[[], int]:
        return lambda: engine.search(Query(text, **{"counted": True, **options})).total

    first, second = vocabulary()[:2]
    return {
        "word of every 2nd document": search(HALF),
        "word of every 20th": search(COMMON),
        "the same, not counted": search(COMMON, counted=False),
        "narrowed to a city": search(COMMON, only={"city": ["defnekent"]}),
        "narrowed to a year": search(COMMON, only={"year": ["2024"]}),
        "newest first": search(COMMON, newest_first=True),
        "without what is closed": search(COMMON, closed=["plan:1", "topic:1"], unless=["topic:5", "post:6"]),
        "word of every 1,000th": search(RARE),
        "word of every 5,000th": search(RAREST),
        "common and rare words": search(f"{COMMON} {RARE} {RAREST}"),
        "phrase": search(phrases=[f"{first} {second}"]),
        "mistyped word": search("salyqngoz"),
        "suggestions for 3 letters": lambda: len(engine.suggest(Query(COMMON[:3], limit=8))),
        "suggestions for 1 letter": lambda: len(engine.suggest(Query(first[:1], limit=8))),
        "suggestions for 2 words": lambda: len(engine.suggest(Query(f"{first} {COMMON[:3]}", limit=8))),
    }


def milliseconds(ask: Callable[[], object]) -> list[float]:
    times: list[float] = []
    while len(times) < REPEATS and sum(times) < 1_000 * MOST_SECONDS:
        started = time.perf_counter()
        ask()
        times.append(1_000 * (time.perf_counter() - started))
    return times


if __name__ == "__main__":
    main()
