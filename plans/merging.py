"""Where the words that a suggestion is about stand in the newest drafts, and the draft with the proposed ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plans.anchors import Follower, Placement
from plans.models import Anchor, ChapterPage, PlanPage, Quote, Suggestion
from plans.text.rewording import ByHandError, plain_text_of, replace_words

Block = dict[str, Any]
UNTOUCHED = (Anchor.Verdict.SAME, Anchor.Verdict.MOVED)


class MergeError(ValueError):
    """A suggestion that cannot be merged. `chapter` is the newest draft that it is about, as far as there is one."""

    def __init__(self, chapter: ChapterPage | None = None) -> None:
        super().__init__(str(chapter or ""))
        self.chapter = chapter


class StaleSuggestionError(MergeError):
    """The text has changed since: `now` are the words that stand in the draft where the quoted ones stood, "" where it is
    not known or there are none."""

    def __init__(self, chapter: ChapterPage | None = None, now: str = "") -> None:
        super().__init__(chapter)
        self.now = now


class MergeByHandError(MergeError):
    """The words are there, but cannot be replaced without guessing: an editor does it."""


@dataclass(frozen=True)
class Merged:
    """A chapter's newest draft, and its blocks with the proposed words; `position` is that of the block that differs."""

    chapter: ChapterPage
    blocks: list[Block]
    position: int


def merge_into_draft(suggestion: Suggestion) -> Merged:
    """What the draft would be. Nothing is written. Raises MergeError.

    The words are followed as any comment's are, from where they last stood into the newest drafts. They are replaced only
    where they stand there character by character as they were quoted.
    """
    quote = Quote.objects.select_related("section__plan", "version").get(post=suggestion.post_id)
    drafts = _newest_drafts(quote.section.plan)
    texts = {block["id"]: plain_text_of(block) for _chapter, blocks in drafts for block in blocks}
    placement = _follow(quote, texts)
    key, start, end = placement.relocation.section, placement.relocation.start or 0, placement.relocation.end or 0
    if key is None:
        raise StaleSuggestionError
    [(chapter, blocks, position), *others] = _holders(drafts, key)
    quoted, now = quote.exact or quote.version.texts.get(section=quote.section_id).text, texts[key][start:end]
    if now != quoted:
        raise StaleSuggestionError(chapter, now)
    if others or placement.relocation.verdict not in UNTOUCHED:  # a section that stands twice, or a sentence
        raise MergeByHandError(chapter)
    try:
        block = replace_words(blocks[position], start, end, suggestion.words)
    except ByHandError as error:
        raise MergeByHandError(chapter) from error
    return Merged(chapter, [*blocks[:position], block, *blocks[position + 1 :]], position)


def _newest_drafts(plan: PlanPage) -> list[tuple[ChapterPage, list[Block]]]:
    """Every chapter as it was last saved, whether anybody has approved that or not, with its raw blocks."""
    chapters = ChapterPage.objects.child_of(plan).filter(alias_of__isnull=True).order_by("path")
    drafts = [chapter.get_latest_revision_as_object() for chapter in chapters]
    return [(draft, [dict(block) for block in draft.sections.raw_data]) for draft in drafts]


def _holders(drafts: list[tuple[ChapterPage, list[Block]]], key: str) -> list[tuple[ChapterPage, list[Block], int]]:
    return [
        (chapter, blocks, position)
        for chapter, blocks in drafts
        for position, block in enumerate(blocks)
        if block["id"] == key
    ]


def _follow(quote: Quote, texts: dict[str, str]) -> Placement:
    """The quote in these texts, from where it stands in the current version."""
    newest = quote.anchors.filter(version=quote.section.plan.current_version).select_related("section").first()
    return Follower(texts).follow(quote, newest)
