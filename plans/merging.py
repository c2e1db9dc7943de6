"""Where the words that a suggestion is about stand in the newest drafts, and the draft with the proposed ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plans.anchors import Follower, Placement
from plans.models import Anchor, ChapterPage, PlanPage, Quote, Suggestion
from plans.text.rewording import ByHandError, plain_text_of, replace_words, tidy
from plans.text.sentences import whole_sentences

Block = dict[str, Any]
UNTOUCHED = (Anchor.Verdict.SAME, Anchor.Verdict.MOVED)


class MergeError(ValueError):
    """A suggestion that cannot be merged. `chapter` is the newest draft that it is about, as far as there is one."""

    def __init__(self, chapter: ChapterPage | None = None) -> None:
        super().__init__(str(chapter or ""))
        self.chapter = chapter


class StaleSuggestionError(MergeError):
    """The text has changed since: `now` are the sentences that stand in the draft in place of `then`, in which the quoted
    words stood; both "" where it is not known or there are none."""

    def __init__(self, chapter: ChapterPage | None = None, then: str = "", now: str = "") -> None:
        super().__init__(chapter)
        self.then, self.now = then, now


class MergeByHandError(MergeError):
    """The words are there, but cannot be replaced without guessing: an editor does it."""


@dataclass(frozen=True)
class Merged:
    """A chapter's newest draft, and its blocks with the proposed words; `position` is that of the block that differs. Its
    sentences `before` become those `after`."""

    chapter: ChapterPage
    blocks: list[Block]
    position: int
    before: str
    after: str


@dataclass(frozen=True)
class _Words:
    """Words in the sentences around them: a list item, a cell or a field's line without a full stop is one too."""

    exact: str
    sentences: str
    offset: int

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Words:
        first, last = whole_sentences(text, start, end)
        return cls(text[start:end], text[first:last], start - first)

    def replaced_by(self, words: str) -> str:
        """The sentences with other words in place of these."""
        return tidy(self.sentences[: self.offset] + words + self.sentences[self.offset + len(self.exact) :])


def merge_into_draft(suggestion: Suggestion) -> Merged:
    """What the draft would be. Nothing is written. Raises MergeError.

    The words are followed as any comment's are, from where they last stood into the newest drafts. They are replaced only
    where the sentences in which they were quoted stand character by character as they did: words that somebody has made a
    part of another sentence would make nonsense of it.
    """
    quote = Quote.objects.select_related("section__plan", "version").get(post=suggestion.post_id)
    drafts = _newest_drafts(quote.section.plan)
    texts = {block["id"]: plain_text_of(block) for _chapter, blocks in drafts for block in blocks}
    placement = _follow(quote, texts)
    key, start, end = placement.relocation.section, placement.relocation.start or 0, placement.relocation.end or 0
    if key is None:
        raise StaleSuggestionError
    [(chapter, blocks, position), *others] = _holders(drafts, key)
    quoted, now = _as_quoted(quote), _Words.of(texts[key], start, end)
    if now != quoted:
        raise StaleSuggestionError(chapter, quoted.sentences, now.sentences)
    if others or placement.relocation.verdict not in UNTOUCHED:  # a section that stands twice, or a sentence
        raise MergeByHandError(chapter)
    try:
        block = replace_words(blocks[position], start, end, suggestion.words)
    except ByHandError as error:
        raise MergeByHandError(chapter) from error
    changed = [*blocks[:position], block, *blocks[position + 1 :]]
    return Merged(chapter, changed, position, now.sentences, now.replaced_by(suggestion.words))


def _as_quoted(quote: Quote) -> _Words:
    """Without quoted words, the whole section."""
    text = quote.version.texts.get(section=quote.section_id).text
    return _Words.of(text, quote.start, quote.start + len(quote.exact)) if quote.exact else _Words(text, text, 0)


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
