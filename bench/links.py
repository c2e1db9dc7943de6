"""Are the sections that are like a discussion those that an editor would link to it? Precision and recall of likeness.

    python bench/links.py

The topics of the demo city and of links/topics.csv × the sections of the city's plan. links/judged.csv has every pair that an
editor would confirm, judged by hand; the best pairs of the first methods were judged as well, so that a good proposal that
nobody had thought of does not count as wrong.
"""

import csv
import sys
import tempfile
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from plans.docx.model import Table
from plans.docx.reader import read_plan
from plans.text.plaintext import plain_text
from search.engines.base import Document
from search.engines.embedded import EmbeddedEngine

CITY = Path(__file__).resolve().parent.parent / "demo/content/defnekent"
HERE = Path(__file__).resolve().parent / "links"
MOST = 3  # sections that are proposed for a topic
RECALLS = (0.5, 0.6, 0.7, 0.8)

Pair = tuple[str, str]


def main() -> None:
    topics, sections, linked = read_topics(), read_sections(), read_pairs()
    print(f"{len(topics)} topics × {len(sections)} sections, {len(linked)} pairs that belong together\n")
    ranked = proposals(topics, sections)
    print(f"{'recall':>8}{'precision':>11}{'floor':>8}")
    for recall in RECALLS:
        print(f"{recall:>8}", *figures_at(recall, ranked, linked))


def read_topics() -> dict[str, str]:
    """Title → text."""
    with (HERE / "topics.csv").open(encoding="utf-8", newline="") as file:
        topics = {row["title"]: row["body"] for row in csv.DictReader(file)}
    demo = tomllib.loads((CITY / "forum.toml").read_text(encoding="utf-8"))["topic"]
    return topics | {topic["title"]: topic["body"] for topic in demo}


def read_sections() -> dict[str, str]:
    """Heading → text, of the plan as the demo imports it."""
    with (CITY / "plan.docx").open("rb") as file:
        plan = read_plan(file)
    return {
        section.heading: "\n".join(plain_text(block) for block in section.blocks if not isinstance(block, Table))
        for chapter in plan.chapters
        for section in chapter.sections
    }


def read_pairs() -> set[Pair]:
    with (HERE / "judged.csv").open(encoding="utf-8", newline="") as file:
        return {(row["topic"], row["section"]) for row in csv.DictReader(file)}


def proposals(topics: dict[str, str], sections: dict[str, str]) -> list[tuple[float, Pair]]:
    """(score, pair), best first."""
    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder) / "index.sqlite3")
        headings, titles = list(sections), list(topics)
        engine.put(Document(f"section:{at}", "section", one, sections[one]) for at, one in enumerate(headings))
        engine.put(Document(f"topic:{at}", "topic", one, topics[one]) for at, one in enumerate(titles))
        found = [
            (hit.score, (title, headings[int(hit.key.partition(":")[2])]))
            for at, title in enumerate(titles)
            for hit in engine.similar(f"topic:{at}", kinds=["section"], limit=MOST)
        ]
        engine.close()
    return sorted(found, reverse=True)


def figures_at(recall: float, ranked: list[tuple[float, Pair]], linked: set[Pair]) -> tuple[str, str]:
    """Precision at the highest floor of the score that has this recall, and the floor; dashes where none has."""
    right = 0
    for count, (score, pair) in enumerate(ranked, start=1):
        right += pair in linked
        if right >= recall * len(linked):
            return f"{right / count:>10.3f}", f"{score:>7.2f}"
    return f"{'–':>10}", f"{'–':>7}"


if __name__ == "__main__":
    main()
