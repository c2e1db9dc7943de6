"""A plan's drafts beside a revised Word file: which section is which, and what taking the file over would write."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wagtail.models import Page

from members.models import User
from plans.anchors import place_merged
from plans.docx.model import ImportedPlan
from plans.lacking import lacking_words
from plans.matching import Matching, NewSection, OldSection, match_sections
from plans.models import ChapterPage, PlanPage, Section, SectionText
from plans.raw_blocks import LONGEST_TITLE, RawBlock, chapter_blocks, chapter_page
from plans.rendering import render_rich_text, render_section
from plans.text.differences import Part, compare_words, lines_of, shortened
from plans.text.numbering import numbered
from plans.text.plaintext import plain_text, readable_text
from plans.text.rewording import plain_text_of

NEW = "new"  # a decision: the section is none of the old ones


class RevisionError(ValueError):
    """A revised file that cannot be taken over like this."""


class UndecidedError(RevisionError):
    """Of some sections nobody has said which they are; `headings` names them."""

    def __init__(self, headings: list[str]) -> None:
        super().__init__(", ".join(headings))
        self.headings = headings


class KeyTakenError(RevisionError):
    """An old section was chosen for two new ones, or one that is no candidate."""


@dataclass(frozen=True)
class Block:
    """A section of a draft, of the file, or of an earlier version; `raw` is empty for the last."""

    kind: str
    code: str
    heading: str
    html: str
    text: str
    raw: RawBlock = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.raw.get("id", "")

    @classmethod
    def of(cls, block: Any, raw: RawBlock) -> Block:
        html = render_section(block.value)
        code = block.value.get("code") or ""
        return cls(block.block_type, code, block.value["heading"], html, plain_text(html), raw)


def _lines(old: Block, new: Block) -> list[list[Part]]:
    return lines_of(shortened(compare_words(readable_text(old.html), readable_text(new.html))))


def _blocks(chapter: ChapterPage) -> list[Block]:
    return [Block.of(block, raw) for block, raw in zip(chapter.sections, chapter.sections.raw_data, strict=True)]


@dataclass(frozen=True)
class OldChapter:
    """A chapter's latest draft. One that is not live is prepared or was taken out: it has no number, and what the file lacks
    of it stays in it."""

    draft: ChapterPage
    blocks: list[Block]

    @property
    def key(self) -> str:
        return str(self.draft.translation_key)


@dataclass(frozen=True)
class Place:
    """Where a section stands before or after, as an editor knows it."""

    number: str
    heading: str
    chapter: str


@dataclass(frozen=True)
class SectionRow:
    """One section of the file: what it was (None: new or undecided) and what changes: renamed, moved, text, format, kind.
    `place` counts the file's sections; `lines` are how the words differ."""

    place: int
    after: Place
    before: Place | None
    changes: list[str]
    is_undecided: bool = False
    lines: list[list[Part]] = field(default_factory=list)


@dataclass(frozen=True)
class ChapterRow:
    number: str
    title: str
    old_title: str | None
    rows: list[SectionRow]


@dataclass(frozen=True)
class ChapterDraft:
    """What would be written: `page` is None for a new chapter, `title` and `blocks` are its next draft's."""

    page: ChapterPage | None
    in_file: bool
    title: str
    blocks: list[RawBlock]

    @property
    def is_change(self) -> bool:
        if self.page is None:
            return True
        return self.page.title != self.title or list(self.page.sections.raw_data) != self.blocks


def fingerprint(plan: PlanPage) -> str:
    """Changes when any draft of the plan is saved, approved, moved, added or deleted."""
    pages = Page.objects.descendant_of(plan, inclusive=True).order_by("path")
    state = list(pages.values_list("pk", "latest_revision_id", "live_revision_id", "live", "path"))
    return hashlib.sha256(repr(state).encode()).hexdigest()


class Comparison:
    """A plan's drafts and a revised file. Writes nothing."""

    def __init__(self, plan: PlanPage, read: ImportedPlan) -> None:
        self.plan = plan
        self.read = read
        self.fingerprint = fingerprint(plan)
        pages = ChapterPage.objects.child_of(plan).filter(alias_of=None).order_by("path")
        drafts = [page.get_latest_revision_as_object() for page in pages]
        self.old_chapters = [OldChapter(draft, _blocks(draft)) for draft in drafts]
        self._new_blocks = [_blocks(chapter_page(chapter.title, chapter_blocks(chapter))) for chapter in read.chapters]

    # What was there

    @cached_property
    def _old_blocks(self) -> dict[str, tuple[Block, str]]:
        """Every section of the drafts by key, with its chapter's key; then those that earlier versions had."""
        found = {block.key: (block, chapter.key) for chapter in self.old_chapters for block in chapter.blocks}
        for section in Section.objects.filter(plan=self.plan).with_texts():
            text = section.latest_text
            if section.key not in found and text and text.kind != SectionText.Kind.CHAPTER:
                found[section.key] = (Block(text.kind, text.code, text.heading, text.html, text.text), "")
        return found

    @cached_property
    def old_places(self) -> dict[str, Place]:
        """Where each old section stands in the drafts; those of earlier versions only have no chapter."""
        places = {key: Place("", block.heading, "") for key, (block, _chapter) in self._old_blocks.items()}
        live = [chapter for chapter in self.old_chapters if chapter.draft.live]
        numbers = dict(
            zip((chapter.key for chapter in live), numbered(len(chapter.blocks) for chapter in live), strict=True)
        )
        for chapter in self.old_chapters:
            own = numbers[chapter.key][1] if chapter.key in numbers else [""] * len(chapter.blocks)
            for block, number in zip(chapter.blocks, own, strict=True):
                places[block.key] = Place(number, block.heading, chapter.draft.title)
        return places

    # Which is which

    @cached_property
    def matching(self) -> Matching:
        old = [
            OldSection(key, block.heading, block.text, chapter, block.code)
            for key, (block, chapter) in self._old_blocks.items()
        ]
        new = [
            NewSection(block.heading, block.text, chapter, block.code)
            for chapter, blocks in enumerate(self._new_blocks)
            for block in blocks
        ]
        titles = {chapter.key: chapter.draft.title for chapter in self.old_chapters}
        return match_sections(old, new, titles, [chapter.title for chapter in self.read.chapters])

    @cached_property
    def open_keys(self) -> list[str]:
        """Old sections that no section of the file is for certain."""
        taken = set(self.matching.keys.values())
        return [key for key in self._old_blocks if key not in taken]

    def choices(self, place: int) -> list[str]:
        """The old sections that a section without a key may be, the likeliest first."""
        likely = self.matching.undecided.get(place, [])
        return [*likely, *(key for key in self.open_keys if key not in likely)]

    @cached_property
    def rows(self) -> list[ChapterRow]:
        """The file, section by section. Undecided ones have no place before."""
        places = iter(range(sum(map(len, self._new_blocks))))
        old_titles = {chapter.key: chapter.draft.title for chapter in self.old_chapters}
        rows = []
        numbers = numbered(map(len, self._new_blocks))
        for index, ((number, section_numbers), blocks) in enumerate(zip(numbers, self._new_blocks, strict=True)):
            title = self.read.chapters[index].title[:LONGEST_TITLE]
            sections = [
                self._row(next(places), block, Place(section_number, block.heading, title), index)
                for block, section_number in zip(blocks, section_numbers, strict=True)
            ]
            rows.append(ChapterRow(number, title, old_titles.get(self.matching.chapters.get(index, "")), sections))
        return rows

    def _row(self, place: int, block: Block, after: Place, chapter: int) -> SectionRow:
        key = self.matching.keys.get(place)
        if key is None:
            return SectionRow(place, after, None, [], is_undecided=place in self.matching.undecided)
        old, old_chapter = self._old_blocks[key]
        changes = {
            "returned": not old.raw,
            "renamed": block.heading != old.heading,
            "moved": bool(old_chapter) and old_chapter != self.matching.chapters.get(chapter),
            "text": block.text != old.text,
            "format": bool(old.raw) and block.text == old.text and block.html != old.html,
            "kind": (block.kind, block.code) != (old.kind, old.code),
        }
        names = [name for name, is_so in changes.items() if is_so]
        return SectionRow(
            place, after, self.old_places[key], names, lines=_lines(old, block) if changes["text"] else []
        )

    @cached_property
    def removed(self) -> list[Place]:
        """Sections of chapters in the plan that the file has not; those that are still undecided are among them."""
        live = {chapter.key for chapter in self.old_chapters if chapter.draft.live}
        in_file = set(self.matching.chapters.values())
        return [self.old_places[key] for key in self.open_keys if self._old_blocks[key][1] in live | in_file]

    @cached_property
    def lacking(self) -> list[dict[str, Any]]:
        """Proposals that editors have taken into the drafts, and that the next ones would not have."""
        raw = [block for draft in self.drafts(self.matching.keys) for block in draft.blocks]
        texts = {block["id"]: plain_text_of(block) for block in raw}
        names = {key: f"{place.number} {place.heading}".strip() for key, place in self.old_places.items()}
        return lacking_words(place_merged(self.plan, texts), texts, names)

    # What would be written

    def keys(self, decisions: Mapping[int, str]) -> dict[int, str]:
        """The key of every section of the file that has one. Raises UndecidedError or KeyTakenError."""
        rows = [row for chapter in self.rows for row in chapter.rows]
        undecided = [row.after for row in rows if row.is_undecided and not decisions.get(row.place)]
        if undecided:
            raise UndecidedError([f"{place.number} {place.heading}" for place in undecided])
        chosen = {place: key for place, key in decisions.items() if key and key != NEW}
        are_free = set(chosen.values()) <= set(self.open_keys) and not set(chosen) & set(self.matching.keys)
        if not are_free or len(set(chosen.values())) < len(chosen):
            raise KeyTakenError
        return {**self.matching.keys, **chosen}

    def drafts(self, keys: Mapping[int, str]) -> list[ChapterDraft]:
        """The next draft of each chapter of the file in its order, then of those that it lacks; unchanged ones too."""
        old = {chapter.key: chapter for chapter in self.old_chapters}
        places = iter(range(sum(map(len, self._new_blocks))))
        drafts = []
        for index, chapter in enumerate(self.read.chapters):
            page = old.pop(key).draft if (key := self.matching.chapters.get(index, "")) in old else None
            blocks = [self._next_block(block, keys.get(next(places))) for block in self._new_blocks[index]]
            drafts.append(ChapterDraft(page, True, chapter.title[:LONGEST_TITLE], blocks))
        used = set(keys.values())
        for left in old.values():
            kept = [] if left.draft.live else [block.raw for block in left.blocks if block.key not in used]
            drafts.append(ChapterDraft(left.draft, False, left.draft.title, kept))
        return drafts

    def _next_block(self, block: Block, key: str | None) -> RawBlock:
        """The file's block under its key. One that is as it was stays as it was: ids inside it, and links of Wagtail's."""
        if key is None:
            return dict(block.raw)
        old, _chapter = self._old_blocks[key]
        told = (block.kind, block.code, block.heading, block.html)
        if old.raw and told == (old.kind, old.code, old.heading, old.html):
            return dict(old.raw)
        return {**block.raw, "id": key}

    @cached_property
    def _changed_pages(self) -> list[ChapterPage]:
        """Chapters that get a new draft, as far as can be told before the decisions."""
        return changed_pages(self.drafts(self.matching.keys))

    @property
    def newer_drafts(self) -> list[ChapterPage]:
        """Chapters with a draft that is not approved, which the new draft comes after."""
        return [page for page in self._changed_pages if page.has_unpublished_changes]

    @property
    def emptied(self) -> list[ChapterPage]:
        """Chapters in the plan that the file has not at all."""
        found = set(self.matching.chapters.values())
        return [chapter.draft for chapter in self.old_chapters if chapter.draft.live and chapter.key not in found]

    def locked_for(self, person: User) -> list[ChapterPage]:
        """Of these chapters those that are `locked_for` the person."""
        return locked_for(person, self._changed_pages)

    @cached_property
    def new_order(self) -> bool:
        """Whether the file has the plan's chapters in another order."""
        order = {chapter.key: place for place, chapter in enumerate(self.old_chapters)}
        placed = [order[key] for _index, key in sorted(self.matching.chapters.items())]
        return placed != sorted(placed)

    @cached_property
    def plan_changes(self) -> dict[str, str]:
        """The plan's own title and summary where the file has others."""
        changes = {"title": self._other_title} if self._other_title and not self.plan.is_fixed else {}
        summary = self.read.summary_html
        if summary and render_rich_text(summary) != render_rich_text(self._plan_draft.summary):
            changes["summary"] = summary
        return changes

    @cached_property
    def _plan_draft(self) -> PlanPage:
        return self.plan.get_latest_revision_as_object()

    @cached_property
    def _other_title(self) -> str:
        """The file's, where it is another one than the draft's; else ""."""
        title = self.read.title[:LONGEST_TITLE]
        return title if title != self._plan_draft.title else ""

    @property
    def kept_title(self) -> str:
        """The file's title, where it is another one but the plan's stays, because it is adopted; else ""."""
        return self._other_title if self.plan.is_fixed else ""

    @property
    def is_change(self) -> bool:
        return bool(self._changed_pages or self.plan_changes or self.new_order) or any(
            draft.page is None for draft in self.drafts(self.matching.keys)
        )


def changed_pages(drafts: Iterable[ChapterDraft]) -> list[ChapterPage]:
    return [draft.page for draft in drafts if draft.page and draft.is_change]


def locked_for(person: User, pages: Iterable[ChapterPage]) -> list[ChapterPage]:
    """Chapters that somebody else has locked, or that wait in a workflow."""
    locks = [(page, page.get_lock()) for page in pages]
    return [page for page, lock in locks if lock and lock.for_user(person)]


def counts(rows: Sequence[ChapterRow]) -> dict[str, int]:
    """How many sections of the file are same, changed, new or undecided."""
    sections = [row for chapter in rows for row in chapter.rows]
    return {
        "same": sum(row.before is not None and not row.changes for row in sections),
        "changed": sum(row.before is not None and bool(row.changes) for row in sections),
        "new": sum(row.before is None and not row.is_undecided for row in sections),
        "undecided": sum(row.is_undecided for row in sections),
    }
