"""Are the sections that are proposed for a discussion those that an editor would link to it? Precision and recall.

    python bench/links.py

The topics of the demo city and of links/topics.csv × the sections of the city's plan. links/judged.csv says of the best pairs
of several methods whether an editor would confirm them: judged by reading, without knowing which method had found them. A
link is right where who reads the section learns from the discussion about just what the section says; the chapter's
introduction or goal belongs only where no other section says it in particular. The set is small, and the figures of
search/likeness.py were chosen on it: the interval (topics drawn anew, with replacement) says how far precision may be off.
"""

import csv
import random
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from plans.docx.model import Table
from plans.docx.reader import read_plan
from plans.text.plaintext import plain_text
from search.likeness import Likeness, Passage

CITY = Path(__file__).resolve().parent.parent / "demo/content/defnekent"
HERE = Path(__file__).resolve().parent / "links"
# The themes of the plan's chapters, in order, as the demo has them; the last one has none.
CHAPTER_THEMES = [
    "kurumsal-yapi",
    "katilim",
    "siddet",
    "kentsel-hizmetler",
    "ulasim",
    "bakim-hizmetleri",
    "istihdam",
    "engellilik-yaslilik",
    "iklim-afet",
    "",
]
# Which themes go together in a new installation: theme, and slugs apart by spaces.
RELATED = Path(__file__).resolve().parent.parent / "cms/migrations/0005_related_themes.csv"
DRAWS = 1_000


class Topic(NamedTuple):
    title: str
    theme: str
    body: str


class Proposed(NamedTuple):
    score: float
    topic: str
    section: str


def main() -> None:
    topics, passages, linked, related = read_topics(), read_passages(), read_pairs(), read_related()
    print(f"{len(topics)} topics × {len(passages)} sections, {len(linked)} pairs that belong together")
    likeness = Likeness(passages)
    proposed = [one for topic in topics for one in proposals(likeness, topic, related)]
    precision, recall = figures(proposed, linked)
    low, high = interval([topic.title for topic in topics], proposed, linked)
    print(f"proposed {len(proposed)}: precision {precision:.3f} ({low:.2f}–{high:.2f}), recall {recall:.3f}\n")
    print(f"{'floor':>7}{'precision':>11}{'recall':>8}")
    for floor in (0.2, 0.25, 0.3, 0.4, 0.5):
        print(
            f"{floor:>7}", "{:>10.3f}{:>8.3f}".format(*figures([one for one in proposed if one.score >= floor], linked))
        )


def read_topics() -> list[Topic]:
    with (HERE / "topics.csv").open(encoding="utf-8", newline="") as file:
        topics = [Topic(row["title"], row["theme"], row["body"]) for row in csv.DictReader(file)]
    demo = tomllib.loads((CITY / "forum.toml").read_text(encoding="utf-8"))["topic"]
    return topics + [Topic(one["title"], one["theme"], one["body"]) for one in demo]


def read_passages() -> list[Passage]:
    """The sections of the plan as the demo imports it, named by their headings."""
    with (CITY / "plan.docx").open("rb") as file:
        plan = read_plan(file)
    return [
        Passage(
            key=section.heading,
            title=section.heading,
            body="\n".join(plain_text(block) for block in section.blocks if not isinstance(block, Table)),
            group=str(number),
            theme=CHAPTER_THEMES[number],
            is_general=section.kind == "goal" or (section.kind == "text" and section is chapter.sections[0]),
        )
        for number, chapter in enumerate(plan.chapters)
        for section in chapter.sections
    ]


def read_pairs() -> set[tuple[str, str]]:
    with (HERE / "judged.csv").open(encoding="utf-8", newline="") as file:
        return {(row["topic"], row["section"]) for row in csv.DictReader(file) if row["belongs"] == "yes"}


def read_related() -> dict[str, list[str]]:
    with RELATED.open(encoding="utf-8", newline="") as file:
        return {row["theme"]: row["related"].split() for row in csv.DictReader(file)}


def proposals(likeness: Likeness, topic: Topic, related: dict[str, list[str]]) -> list[Proposed]:
    themes = {topic.theme, *related.get(topic.theme, [])}
    return [
        Proposed(one.score, topic.title, one.key) for one in likeness.sections_like(topic.title, topic.body, themes)
    ]


def figures(proposed: list[Proposed], linked: set[tuple[str, str]]) -> tuple[float, float]:
    """(precision, recall)."""
    right = sum((one.topic, one.section) in linked for one in proposed)
    return right / max(1, len(proposed)), right / len(linked)


def interval(topics: list[str], proposed: list[Proposed], linked: set[tuple[str, str]]) -> tuple[float, float]:
    """Of the precision, 95 of 100 draws of the topics."""
    by_topic: dict[str, list[Proposed]] = {title: [] for title in topics}
    for one in proposed:
        by_topic[one.topic].append(one)
    drawing = random.Random(1)
    drawn = sorted(
        figures([one for title in drawing.choices(topics, k=len(topics)) for one in by_topic[title]], linked)[0]
        for _draw in range(DRAWS)
    )
    return drawn[DRAWS // 40], drawn[-DRAWS // 40]


if __name__ == "__main__":
    main()
