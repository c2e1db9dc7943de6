"""The page on which two versions of a plan are compared. Every query is made here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from forum.models import Post
from members.permissions import Person
from plans.changes import SAME, SectionState
from plans.comparison import CHANGED, ComparedChapter, ComparedSection, compare
from plans.comparison_wording import fact_labels
from plans.drafting import states_of
from plans.models import Change, PlanVersion, SectionText
from plans.succession import heirs_between
from plans.text.differences import Part, compare_words, lines_of, side_by_side
from plans.text.plaintext import plain_text


class ComparedVersion:
    """The texts of one of both versions by key, and where they are read. One query, where they are not given."""

    def __init__(self, version: PlanVersion, texts: Iterable[SectionText] | None = None) -> None:
        self.version = version
        self.number = version.number
        self.url = version.get_absolute_url()
        texts = version.texts.select_related("section") if texts is None else texts
        self.texts = {text.section.key: text for text in texts}

    def fragment(self, state: SectionState) -> str:
        return self.texts[state.key].fragment

    def url_of(self, state: SectionState) -> str:
        return f"{self.url}#{self.fragment(state)}"


def compare_versions(old: ComparedVersion, new: ComparedVersion) -> list[ComparedChapter]:
    """At most two queries."""
    keys = {text.section_id: key for key, text in (old.texts | new.texts).items()}
    heirs = {
        keys[pk]: {keys[heir]: share for heir, share in found.items()}
        for pk, found in heirs_between(old.version, new.version).items()
        if pk in keys
    }
    return compare(states_of(old.texts.values()), states_of(new.texts.values()), heirs)


@dataclass(frozen=True)
class Reason:
    """Why a section was changed: what the editors say, and the comments that led to it as far as the person may read them."""

    text: str
    comments: list[Post]


@dataclass
class ComparisonPage:
    """Two versions as a person compares them. The number of queries does not depend on their sections, and only the texts
    that differ are compared word by word."""

    earlier: PlanVersion
    later: PlanVersion
    person: Person
    is_side_by_side: bool = False

    @cached_property
    def old(self) -> ComparedVersion:
        return ComparedVersion(self.earlier)

    @cached_property
    def new(self) -> ComparedVersion:
        return ComparedVersion(self.later)

    @cached_property
    def compared(self) -> list[ComparedChapter]:
        return compare_versions(self.old, self.new)

    @cached_property
    def _reasons(self) -> dict[int, list[Reason]]:
        """By section, why it was changed between both versions, the earliest first. Two queries."""
        shown = Prefetch("comments", Post.objects.visible_to(self.person).select_related("user"), to_attr="shown")
        numbers = (self.earlier.number + 1, self.later.number)
        changes = Change.objects.filter(version__plan=self.later.plan_id, version__number__range=numbers)
        found: dict[int, list[Reason]] = defaultdict(list)
        for change in changes.prefetch_related(shown).order_by("version__number"):
            if change.reason or change.shown:
                found[change.section_id].append(Reason(change.reason, change.shown))
        return found

    def contents(self) -> list[dict[str, Any]]:
        """The component `toc`'s items: what is not as it was, with what is said of it."""
        contents = []
        for chapter in self.compared:
            children = [self._item(row) for row in chapter.sections if row.status != SAME]
            if children or chapter.row.status != SAME:
                contents.append({**self._item(chapter.row), "children": children})
        return contents

    def _item(self, row: ComparedSection) -> dict[str, Any]:
        note = ", ".join(fact["label"] for fact in fact_labels(row.facts))
        return {"number": row.state.number, "label": row.state.heading, "url": f"#{self._anchor(row)}", "note": note}

    def chapters(self) -> list[dict[str, Any]]:
        """`[{...a row, runs: [{is_same, rows}]}]`: the sections that are as they were are taken together, run by run."""
        return [
            {
                **self._row(chapter.row),
                "runs": [
                    {"is_same": is_same, "rows": [self._row(row) for row in rows]}
                    for is_same, rows in groupby(chapter.sections, key=lambda row: row.status == SAME)
                ],
            }
            for chapter in self.compared
        ]

    def _anchor(self, row: ComparedSection) -> str:
        """The element's id: the reading page's, or for what the earlier version alone has, `e-2-3`."""
        return self.new.fragment(row.after) if row.after else f"e{self.old.fragment(row.state)[1:]}"

    def _row(self, row: ComparedSection) -> dict[str, Any]:
        first = row.earlier[0] if row.earlier else None
        found: dict[str, Any] = {
            "anchor": self._anchor(row),
            "number": row.state.number,
            "heading": row.state.heading,
            "old_number": first.number if first and not row.is_moved and first.number != row.state.number else "",
            "status": row.status,
        }
        if row.status == SAME:
            return found | {"url": self.new.url_of(row.state)}
        return found | {
            "facts": fact_labels(row.facts),
            "heading_parts": self._heading(row),
            "remarks": self._remarks(row),
            "reasons": self._why(row),
            "links": self._links(row),
            **({} if row.is_chapter else self._words(row)),
        }

    @staticmethod
    def _heading(row: ComparedSection) -> list[Part]:
        """How the heading differs; nothing where it does not."""
        if not row.earlier or row.after is None or row.earlier[0].heading == row.after.heading:
            return []
        return compare_words(row.earlier[0].heading, row.after.heading)

    def _words(self, row: ComparedSection) -> dict[str, Any]:
        """The text, or how it differs."""
        if row.status != CHANGED:
            return {"text": row.new_readable or row.old_readable}
        if row.old_text == row.new_text:
            return {"is_same_text": True}
        return self._difference(row.old_readable, row.new_readable)

    def summary(self) -> dict[str, Any]:
        """How the plan's plain summary differs; empty where it does not."""
        old, new = plain_text(self.earlier.summary), plain_text(self.later.summary)
        return {} if old == new else self._difference(old, new)

    def _difference(self, old: str, new: str) -> dict[str, Any]:
        lines = lines_of(compare_words(old, new))
        return {"sides": side_by_side(lines)} if self.is_side_by_side else {"lines": lines}

    def _remarks(self, row: ComparedSection) -> list[dict[str, str]]:
        """`[{text, url}]`: where it stood, and which others have to do with it."""
        remarks = []
        if row.is_moved:
            remarks.append(self._where_it_stood(row.earlier[0]))
        taken_in = _("It has taken in %(section)s, which is no section of its own any more.")
        if "remade" in row.facts:
            taken_in = _("It goes on from %(section)s, which was made anew.")
        remarks += [self._before(taken_in, state) for state in row.merged]
        remarks += [self._now(_("Part of its text stands in %(section)s now."), state) for state in row.heirs]
        return remarks + [self._before(_("Part of its text stood in %(section)s before."), one) for one in row.origins]

    def _where_it_stood(self, state: SectionState) -> dict[str, str]:
        chapter = self.old.texts[state.chapter].heading
        text = _("Before, it stood at §%(number)s, in “%(chapter)s”.") % {"number": state.number, "chapter": chapter}
        return {"text": text, "url": self.old.url_of(state)}

    def _before(self, text: str, state: SectionState) -> dict[str, str]:
        return {"text": text % {"section": _name(state)}, "url": self.old.url_of(state)}

    def _now(self, text: str, state: SectionState) -> dict[str, str]:
        return {"text": text % {"section": _name(state)}, "url": self.new.url_of(state)}

    def _why(self, row: ComparedSection) -> list[Reason]:
        texts = [self.old.texts[state.key] for state in row.earlier]
        texts += [self.new.texts[row.after.key]] if row.after else []
        return [
            reason for pk in dict.fromkeys(text.section_id for text in texts) for reason in self._reasons.get(pk, ())
        ]

    def _links(self, row: ComparedSection) -> list[dict[str, Any]]:
        """`[{number, url}]`: the section where it is read in either version."""
        links = [{"number": self.old.number, "url": self.old.url_of(state)} for state in row.earlier[:1]]
        return links + ([{"number": self.new.number, "url": self.new.url_of(row.after)}] if row.after else [])


def _name(state: SectionState) -> str:
    return f"§{state.number} “{state.heading}”"
