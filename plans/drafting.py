"""The approved drafts of a plan as the texts that a version would freeze."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from cms.models import Theme
from plans.changes import SectionState
from plans.models import ChapterPage, PlanPage, SectionText
from plans.rendering import render_section
from plans.text.numbering import numbered
from plans.text.plaintext import mark_sentences, plain_text


class PublishError(ValueError):
    """A plan that cannot be published as it is."""


class EmptyPlanError(PublishError):
    """No approved chapter has a section."""


class UnexplainedChangesError(PublishError):
    """Sections differ for which neither comments nor a reason are named; `headings` names them."""

    def __init__(self, headings: list[str]) -> None:
        super().__init__(", ".join(headings))
        self.headings = headings


class StalePreviewError(PublishError):
    """The approved texts, the comments' places or the newest version are not those that were looked at."""


class DuplicateKeyError(PublishError):
    """Two sections have the same key, so that comments could not tell them apart; `headings` names them."""

    def __init__(self, headings: list[str]) -> None:
        super().__init__(", ".join(headings))
        self.headings = headings


@dataclass(frozen=True)
class DraftText:
    """One section (or chapter) as a version would freeze it."""

    key: str
    kind: str
    position: int
    number: str
    code: str
    heading: str
    theme: Theme | None
    html: str
    text: str


def draft_texts(plan: PlanPage) -> list[DraftText]:
    """The approved text of every chapter and section in order. Raises PublishError."""
    chapters = list(plan.chapters.select_related("theme"))
    texts: list[DraftText] = []
    positions = count()
    for chapter, (number, section_numbers) in zip(
        chapters, numbered(len(chapter.sections) for chapter in chapters), strict=True
    ):
        key = str(chapter.translation_key)
        texts.append(
            DraftText(key, SectionText.Kind.CHAPTER, next(positions), number, "", chapter.title, chapter.theme, "", "")
        )
        for block, section_number in zip(chapter.sections, section_numbers, strict=True):
            html = render_section(block.value)
            texts.append(
                DraftText(
                    key=block.id,
                    kind=block.block_type,
                    position=next(positions),
                    number=section_number,
                    code=block.value.get("code") or "",
                    heading=block.value["heading"],
                    theme=chapter.theme,
                    html=mark_sentences(html),
                    text=plain_text(html),
                )
            )
    _check(texts)
    return texts


def draft_text(block: dict[str, Any]) -> str:
    """The plain text that a version would freeze of a raw section block."""
    [section] = ChapterPage._meta.get_field("sections").stream_block.to_python([block])
    return plain_text(render_section(section.value))


def source_of(plan: PlanPage) -> list[dict[str, Any]]:
    """The approved chapters as they were drafted, for an update that begins with this version:
    `[{"key": translation key, "title", "theme": slug or "", "sections": raw blocks}]`."""
    return [
        {
            "key": str(chapter.translation_key),
            "title": chapter.title,
            "theme": chapter.theme.slug if chapter.theme else "",
            "sections": list(chapter.sections.raw_data),
        }
        for chapter in plan.chapters.select_related("theme")
    ]


def _check(texts: list[DraftText]) -> None:
    if all(text.kind == SectionText.Kind.CHAPTER for text in texts):
        raise EmptyPlanError
    counts = Counter(text.key for text in texts)
    twice = [f"{text.number} {text.heading}" for text in texts if counts[text.key] > 1]
    if twice:
        raise DuplicateKeyError(twice)


def states_of(texts: Iterable[DraftText | SectionText]) -> list[SectionState]:
    """Texts in the plan's order, as plans/changes.py compares them. A SectionText needs its section."""
    states: list[SectionState] = []
    chapter = ""
    for text in texts:
        key = text.key if isinstance(text, DraftText) else text.section.key
        chapter = key if text.kind == SectionText.Kind.CHAPTER else chapter
        states.append(SectionState(key, chapter, text.number, text.heading, text.text, text.html))
    return states


def chapters_with_newer_drafts(plan: PlanPage) -> list[ChapterPage]:
    """Chapters whose latest draft is not approved: the version would freeze the older, approved text."""
    return list(plan.chapters.filter(has_unpublished_changes=True))


def chapters_left_out(plan: PlanPage) -> list[ChapterPage]:
    """Chapters that the version would not have: never approved, withdrawn, or with Wagtail's privacy set."""
    chapters = ChapterPage.objects.child_of(plan).order_by("path")
    return list(chapters.exclude(pk__in=plan.chapters.values("pk")))
