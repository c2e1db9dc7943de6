"""How quick is an engine on many documents? Made of the words of a text file, with Zipf's law kept.

    python bench/search_speed.py [--documents 10000 100000] [--engine embedded] [--source FILE]

Prints the indexing rate, the size on disk, and p50 and p95 for common and rare words, with filters, counts and suggestions;
each also as a ratio to the engine's bare query: one word looked for by the engine itself, nothing ranked again or counted.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search import turkish
from search.engines.base import Document, Query
from search.engines.embedded import EmbeddedEngine

ROOT = Path(__file__).resolve().parent.parent
WORDS_OF_A_DOCUMENT = 60
REPEATS = 40
KINDS = ["topic", "post", "section", "comment", "experience"]
CITIES = ["defnekent", "yildizova", "ornekkent"]
THEMES = ["parklar", "ulasim", "bakim", "butce", "siddet"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engine", choices=["embedded"], default="embedded")
    arguments = parser.parse_args()
    for number in arguments.documents:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "index.sqlite3"
            measure(EmbeddedEngine(path), path, number)


def vocabulary() -> list[str]:
    """The words of the demo's texts, commonest first, and as many invented inflections again as a language has."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "demo/content").rglob("*.toml"))]
    texts += [file.read_text(encoding="utf-8") for file in sorted((ROOT / "demo/content").rglob("*.md"))]
    counts: dict[str, int] = {}
    for text in texts:
        for token in turkish.tokens(text):
            counts[token.word] = counts.get(token.word, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))


def documents(number: int) -> Iterator[Document]:
    chance = random.Random(11)
    words = vocabulary()
    syllables = ["ka", "lem", "tor", "bu", "şi", "yan", "de", "göl", "ri", "mus", "çe", "tan"]
    words += ["".join(chance.choices(syllables, k=4)) for _ in range(60_000)]
    weights = np.cumsum([1 / (rank + 3) for rank in range(len(words))]).tolist()
    for at in range(number):
        chosen = chance.choices(words, cum_weights=weights, k=WORDS_OF_A_DOCUMENT)
        yield Document(
            key=f"{KINDS[at % 5]}:{at}",
            kind=KINDS[at % 5],
            title=" ".join(chosen[:6]),
            body=" ".join(chosen[6:]),
            city=chance.choice(CITIES),
            theme=chance.choice(THEMES),
            published_at=f"20{20 + at % 7}-{1 + at % 12:02}-{1 + at % 28:02}T00:00:00+00:00",
        )


def measure(engine: EmbeddedEngine, path: Path, number: int) -> None:
    started = time.perf_counter()
    engine.put(documents(number))
    seconds = time.perf_counter() - started
    size = sum(file.stat().st_size for file in path.parent.iterdir())
    print(f"\n{number:,} documents: {number / seconds:,.0f} a second, {size / number:,.0f} bytes each")
    frequent = words_by_frequency()
    bare = milliseconds(lambda: bare_query(engine, frequent["common"]))
    print(f"{'bare query, common word':<34}{np.median(bare):>8.1f} ms")
    for name, ask in questions(engine, frequent).items():
        times = milliseconds(ask)
        p50, p95 = np.percentile(times, [50, 95])
        total = ask()
        print(f"{name:<34}{p50:>8.1f} ms p50{p95:>8.1f} ms p95{p50 / np.median(bare):>7.1f} × bare  {total}")


def words_by_frequency() -> dict[str, str]:
    words = vocabulary()
    places = {"very common": 0, "common": 20, "rare": 400, "rarer": 2_000}
    return {**{name: words[place] for name, place in places.items()}, "mistyped": "qx" + words[400]}


def questions(engine: EmbeddedEngine, words: dict[str, str]) -> dict[str, Callable[[], object]]:
    def search(*texts: str, **options: object) -> Callable[[], object]:
        return lambda: engine.search(Query(" ".join(texts), **options)).total

    common, rare = words["common"], words["rare"]
    return {
        "very common word": search(words["very common"]),
        "common word": search(common),
        "rare word": search(rare),
        "common and rare words": search(common, rare, words["rarer"]),
        "the same, counted": search(common, rare, words["rarer"], counted=True),
        "narrowed to a city": search(common, only={"city": ["defnekent"]}, counted=True),
        "newest first": search(common, newest_first=True),
        "phrase": search(phrases=[f"{common} {words['very common']}"]),
        "mistyped word": search(words["mistyped"], rare),
        "suggestions": lambda: len(engine.suggest(Query(common[:3], limit=8))),
    }


def bare_query(engine: EmbeddedEngine, word: str) -> object:
    [term] = turkish.query_terms(word)
    with engine._store.reading() as connection:
        return connection.execute(
            "SELECT rowid FROM body_terms WHERE body_terms MATCH ? ORDER BY rank LIMIT 20", (f'"{term.terms[0]}"',)
        ).fetchall()


def milliseconds(ask: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - started))
        if sum(times) > 20_000:
            break
    return times


if __name__ == "__main__":
    main()
