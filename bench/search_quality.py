"""Does a question find its paragraph? MRR@10 and Recall@10 of an engine on SQuAD-format files.

    python bench/search_quality.py FILE [FILE …] [--engine embedded|elasticsearch]

Five kinds of queries are made of each question: as written; typed without Turkish letters; in capitals; its three
rarest words; with one typing mistake in every word of six letters or more. The intervals (95 %) come from a bootstrap
by paragraph, since questions on one paragraph are not independent.
"""

import argparse
import atexit
import json
import os
import random
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search.engines.base import Document, Engine, Query
from search.engines.elastic import ElasticsearchEngine, Server
from search.engines.embedded import EmbeddedEngine
from search.turkish import tokens

DEPTH = 10
RESAMPLES = 2_000
_WITHOUT_TURKISH_LETTERS = str.maketrans("çğıöşüâîûÇĞİÖŞÜÂÎÛ", "cgiosuaiuCGIOSUAIU")
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_LETTERS = "abcçdefgğhıijklmnoöprsştuüvyz"
_QUESTION_WORDS = """
acaba ama ancak ayrıca bana bazı ben bile bir biri birkaç biz bu bunu bunun böyle çok çünkü da daha de değil diye en
fakat gibi göre hangi hangisi hem her hiç için ile ise kaç kadar karşı kendi kez ki kim kime kimi kimin mı mi mu mü
nasıl nasıldır ne neden nedir neler nelerdir nerede nereden nereye niçin o olan olarak oldu olduğu olmak on ona
onlar onu onun sonra şey şu tarafından tüm üzere var vardır ve veya ya yapan hakkında arasında kimdir idi ilk
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="MRR@10 and Recall@10 of search on SQuAD-format files.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--engine", choices=sorted(ENGINES), default="embedded")
    arguments = parser.parse_args()
    paragraphs, questions = read(arguments.files)
    print(f"{len(paragraphs)} paragraphs, {len(questions)} questions, engine: {arguments.engine}")
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[arguments.engine](Path(folder))
        fill(engine, paragraphs)
        report(engine, paragraphs, questions)


def _embedded(folder: Path) -> Engine:
    return EmbeddedEngine(folder / "index.sqlite3")


def _elasticsearch(folder: Path) -> Engine:
    """At ELASTICSEARCH_URLS, in an index of its own that goes afterwards."""
    server = Server(urls=os.environ["ELASTICSEARCH_URLS"].split(","), index=f"bench-{folder.name.lower()}")
    engine = ElasticsearchEngine(server)
    atexit.register(engine.drop)
    return engine


ENGINES: dict[str, Callable[[Path], Engine]] = {"embedded": _embedded, "elasticsearch": _elasticsearch}


def read(files: list[Path]) -> tuple[list[str], dict[str, set[int]]]:
    """Paragraphs, and for each question the numbers of the paragraphs it was asked about; equal ones are one."""
    numbers: dict[str, int] = {}
    questions: dict[str, set[int]] = {}
    for text, asked in _paragraphs(files):
        number = numbers.setdefault(_one_line(text), len(numbers))
        for question in asked:
            questions.setdefault(_one_line(question), set()).add(number)
    return list(numbers), {question: found for question, found in questions.items() if len(question) > 3}


def _paragraphs(files: list[Path]) -> Iterator[tuple[str, list[str]]]:
    for file in files:
        for article in json.loads(file.read_text(encoding="utf-8-sig"))["data"]:
            for paragraph in article["paragraphs"]:
                yield paragraph["context"], [asked["question"] for asked in paragraph["qas"]]


def _one_line(text: str) -> str:
    return " ".join(text.replace("\ufeff", "").split())


def fill(engine: Engine, paragraphs: list[str]) -> None:
    started = time.perf_counter()
    engine.put(Document(f"paragraph:{number}", "paragraph", "", text) for number, text in enumerate(paragraphs))
    words = sum(len(text.split()) for text in paragraphs)
    print(f"indexed {words / (time.perf_counter() - started):,.0f} words a second\n")


def kinds_of_queries(paragraphs: list[str], questions: dict[str, set[int]]) -> dict[str, Callable[[str], str]]:
    """Name → how a question becomes a query."""
    frequency = Counter(word for text in (*paragraphs, *questions) for word in {token.word for token in tokens(text)})
    return {
        "as written": str,
        "without diacritics": lambda question: question.translate(_WITHOUT_TURKISH_LETTERS),
        "capitals": lambda question: question.translate(_UPPER).upper(),
        "three rare words": lambda question: _rarest(question, frequency),
        "mistyped": _mistyped,
    }


def _rarest(question: str, frequency: Counter[str]) -> str:
    left_out = set(_QUESTION_WORDS.split())
    words = [token.word for token in tokens(question) if len(token.word) > 1 and token.word not in left_out]
    words = list(dict.fromkeys(words))
    kept = set(sorted(words, key=lambda word: frequency[word])[:3])
    return " ".join(word for word in words if word in kept) or question


def _mistyped(question: str) -> str:
    chance = random.Random(zlib.crc32(question.encode()))
    return re.sub(r"[^\W_]{6,}", lambda match: _with_a_mistake(match.group(), chance), question)


def _with_a_mistake(word: str, chance: random.Random) -> str:
    """One letter replaced, left out, added, or two exchanged."""
    place, mistake, letter = chance.randrange(len(word)), chance.randrange(4), chance.choice(_LETTERS)
    if mistake == 0:
        return word[:place] + letter + word[place + 1 :]
    if mistake == 1:
        return word[:place] + word[place + 1 :]
    if mistake == 2:
        return word[:place] + letter + word[place:]
    place = min(place, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def report(engine: Engine, paragraphs: list[str], questions: dict[str, set[int]]) -> None:
    print(f"{'queries':<20}{'MRR@10':>8}{'95 %':>15}{'Recall@10':>12}{'95 %':>15}{'ms p50':>9}{'p95':>7}")
    bootstrap = Bootstrap(list(questions.values()))
    for name, make in kinds_of_queries(paragraphs, questions).items():
        ranks, seconds = [], []
        for question, relevant in questions.items():
            started = time.perf_counter()
            ranks.append(rank_of(engine, make(question), relevant))
            seconds.append(time.perf_counter() - started)
        reciprocal = np.array([1 / rank if rank else 0.0 for rank in ranks])
        recalled = np.array([float(rank > 0) for rank in ranks])
        times = np.percentile(seconds, [50, 95]) * 1_000
        print(
            f"{name:<20}{reciprocal.mean():>8.4f}{bootstrap.interval(reciprocal):>15}"
            f"{recalled.mean():>12.4f}{bootstrap.interval(recalled):>15}{times[0]:>9.1f}{times[1]:>7.1f}"
        )


def rank_of(engine: Engine, query: str, relevant: set[int]) -> int:
    """The place, from 1, of the first relevant paragraph among the first ten; 0 when none is there."""
    for place, hit in enumerate(engine.search(Query(query, limit=DEPTH)).hits, start=1):
        if int(hit.key.partition(":")[2]) in relevant:
            return place
    return 0


class Bootstrap:
    """Resamples paragraphs with all their questions."""

    def __init__(self, relevant: list[set[int]]) -> None:
        paragraphs: dict[int, int] = {}
        self._paragraph = np.array([paragraphs.setdefault(min(numbers), len(paragraphs)) for numbers in relevant])
        self._size = np.bincount(self._paragraph)
        count = len(paragraphs)
        self._draws = np.random.default_rng(7).multinomial(count, np.ones(count) / count, size=RESAMPLES)

    def interval(self, values: np.ndarray) -> str:
        sums = np.bincount(self._paragraph, weights=values)
        low, high = np.percentile((self._draws @ sums) / (self._draws @ self._size), [2.5, 97.5])
        return f"{low:.3f}–{high:.3f}"


if __name__ == "__main__":
    main()
