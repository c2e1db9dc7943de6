"""What publishing would do, for the page on which an editor confirms it: section by section the words and the comments."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from forum.models import Post
from plans.actions.publish_version import Preview
from plans.anchors import SURE, Placement
from plans.changes import SAME, Difference
from plans.comparison import CHANGED, ComparedChapter, ComparedSection, compare, counts_of
from plans.comparison_wording import describe_counts, fact_labels
from plans.drafting import states_of
from plans.forms import PublishForm
from plans.lacking import lacking_words
from plans.models import Anchor, Change
from plans.succession import texts_gone
from plans.text.differences import compare_words, lines_of, shortened


@dataclass
class DryRun:
    """`comments`: by section key, the published ones that stand in it now. No query is made here."""

    preview: Preview
    comments: dict[str, list[Post]]
    form: PublishForm

    @cached_property
    def compared(self) -> list[ComparedChapter]:
        before, after = self.preview.before, states_of(self.preview.texts)
        gone = texts_gone({one.key: one.text for one in before}, self.texts)
        return compare(before, after, gone)

    @cached_property
    def texts(self) -> dict[str, str]:
        return {text.key: text.text for text in self.preview.texts}

    @cached_property
    def _differences(self) -> dict[str, Difference]:
        return {one.key: one for one in self.preview.differences}

    @cached_property
    def _sure(self) -> dict[str, list[Placement]]:
        """The published comments for which this version changes something and whose place is sure, by the section in which
        they would stand."""
        found: dict[str, list[Placement]] = defaultdict(list)
        for one in self.preview.placements:
            section, is_published = one.relocation.section, one.quote.post.status == Post.Status.PUBLISHED
            if section and is_published and one.step != Anchor.Verdict.SAME and one.relocation.verdict in SURE:
                found[section].append(one)
        return found

    @cached_property
    def _places(self) -> dict[int, str]:
        """By comment, the key of the section in which it stands now."""
        return {post.pk: key for key, posts in self.comments.items() for post in posts}

    def summary(self) -> str:
        return describe_counts(counts_of(self.compared))

    def counts(self) -> list[dict[str, Any]]:
        """`[{label, step, total}]`: comments by verdict, with this version alone and since they were written."""
        steps = Counter(one.step for one in self.preview.placements)
        return [
            {"label": Anchor.Verdict(verdict).label, "step": steps[verdict], "total": total}
            for verdict, total in self.preview.counts.items()
        ]

    def lacking(self) -> list[dict[str, Any]]:
        """What editors have taken into the drafts, and the new version would not have."""
        return lacking_words(self.preview.placements, self.texts, self._names)

    def waiting(self) -> list[dict[str, Any]]:
        """The comments that would have no sure place any more, in the order in which they stand now; the lost ones last."""
        order = {state.key: position for position, state in enumerate(self.preview.before)}
        rows = [one for one in self.preview.placements if one.asks_anew]
        rows.sort(key=lambda one: (one.relocation.verdict == Anchor.Verdict.ORPHAN, order.get(self._stood_in(one), -1)))
        return [self._comment(one) for one in rows]

    def chapters(self) -> list[dict[str, Any]]:
        """`[{number, heading, sections, same_count}]`: the sections that differ or in which a comment's place does. A
        chapter stands among its sections where it differs itself."""
        chapters = []
        for chapter in self.compared:
            rows = [
                row for row in (chapter.row, *chapter.sections) if row.status != SAME or self._sure.get(row.state.key)
            ]
            same_count = len(chapter.sections) - sum(not row.is_chapter for row in rows)
            state = chapter.row.state
            sections = [self._section(row) for row in rows]
            found = {"number": state.number, "heading": state.heading, "sections": sections, "same_count": same_count}
            chapters.append(found)
        return chapters

    def _section(self, row: ComparedSection) -> dict[str, Any]:
        old = row.earlier[0] if row.earlier else None
        moving = self._sure.get(row.state.key, [])
        steps = Counter(one.step for one in moving)
        return {
            "key": row.state.key,
            "number": row.state.number,
            "heading": row.state.heading,
            "facts": fact_labels(row.facts),
            "old_place": f"{old.number} {old.heading}" if old and row.is_moved else "",
            "merged": [f"{one.number} {one.heading}" for one in row.merged],
            "heirs": [f"{one.number} {one.heading}" for one in row.heirs],
            "old_heading": old.heading if old and row.after and old.heading != row.after.heading else "",
            **self._words(row),
            "moving": [self._comment(one) for one in moving],
            "steps": [(Anchor.Verdict(step).label, count) for step, count in steps.items()],
            "asked": [self._asked(state.key) for state in (*row.merged, row.state) if state.key in self._differences],
        }

    @staticmethod
    def _words(row: ComparedSection) -> dict[str, Any]:
        if row.is_chapter or row.status == SAME or row.old_text == row.new_text:
            return {}
        if row.status == CHANGED:
            return {"lines": lines_of(shortened(compare_words(row.old_readable, row.new_readable)))}
        return {"text": row.new_readable or row.old_readable}

    def _asked(self, key: str) -> dict[str, Any]:
        """Why a section differs: what the form asks, and the comments that may have led to it."""
        difference = self._differences[key]
        chosen = {str(pk) for pk in self.form[f"comments-{key}"].value() or []}
        return {
            "key": key,
            "name": f"{difference.state.number} {difference.state.heading}",
            "kind": Change.Kind(difference.kind).label,
            "reason": self.form[f"reason-{key}"],
            "comments": [{"post": post, "is_chosen": str(post.pk) in chosen} for post in self.comments.get(key, [])],
        }

    def _comment(self, placement: Placement) -> dict[str, Any]:
        """A comment, its quote as it was and as its place reads, and both places where they are not the same."""
        before, after = self._stood_in(placement), placement.relocation.section or ""
        return {
            "post": placement.quote.post,
            "verdict": placement.step,
            "label": Anchor.Verdict(placement.step).label,
            "stood": self._names.get(before, ""),
            "stands": self._names.get(after, "") if after != before else "",
            **self._quote(placement),
        }

    def _quote(self, placement: Placement) -> dict[str, Any]:
        found = placement.relocation
        if not placement.quote.exact:
            return {"quote": _("(the whole section)")}
        if found.section is None:
            return {"quote": placement.quote.exact}
        return {"parts": compare_words(placement.quote.exact, self.texts[found.section][found.start : found.end])}

    def _stood_in(self, placement: Placement) -> str:
        return self._places.get(placement.quote.post_id, placement.quote.section.key)

    @cached_property
    def _names(self) -> dict[str, str]:
        """What a section is called in the new version, or was called last."""
        states = [*self.preview.before, *states_of(self.preview.texts)]
        return {state.key: f"§{state.number} {state.heading}" for state in states}
