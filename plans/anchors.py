"""Where the comments of a plan would stand in a next version.

A quote is followed from the version in which it last stood surely, and where that gives no sure place, from the one in
which it was written: small edits of many versions add up to nothing that anybody would still recognise, and a text that
was taken out and comes back finds its comments again. Where a suggestion was merged, it is known what became of its quote.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from forum.models import Post
from plans import anchoring
from plans.alignment.folding import normalise
from plans.models import Anchor, PlanPage, PlanVersion, Quote, Settlement
from plans.text.sentences import whole_sentences

CONTEXT = 32  # characters kept before and behind quoted words
SURE = (Anchor.Verdict.SAME, Anchor.Verdict.MOVED, Anchor.Verdict.EDITED)
CONFIRMED = (Settlement.Decision.SAME_PLACE, Settlement.Decision.MOVED_HERE)


@dataclass(frozen=True)
class Placement:
    """A quote and where it stands in the later text. `relocation`'s verdict says what became of the words since they were
    quoted, `step` what becomes of them in the later text alone: from the place in the version before. Of a merged suggestion
    `has_words` says whether the later text has what it proposed, `had_words` whether the version before had; else None."""

    quote: Quote
    relocation: anchoring.Relocation
    step: str
    decision: str = ""
    has_words: bool | None = None
    had_words: bool | None = None

    @property
    def lacks_merged_words(self) -> bool:
        """Whether the later text has not, or no longer, what an editor took into the draft, and that was not so before."""
        return self.has_words is False and self.had_words is not False and self._is_published

    @property
    def is_open(self) -> bool:
        """Whether people have to decide about a published comment."""
        undecided = self.decision in ("", Settlement.Decision.OPEN)
        return self.relocation.verdict not in SURE and undecided and self._is_published

    @property
    def _is_published(self) -> bool:
        return self.quote.post.status == Post.Status.PUBLISHED

    @property
    def asks_anew(self) -> bool:
        """Whether people have to decide about a published comment, and did not have to in the version before."""
        waits = self.relocation.verdict not in SURE and self.decision != Settlement.Decision.SETTLED
        return waits and self.step != Anchor.Verdict.SAME and self._is_published


@dataclass(frozen=True)
class Base:
    """A version in which a quote stands, and where there."""

    version_pk: int
    quote: anchoring.Quote


def verdict_since(quoted: str, words: str, *, is_elsewhere: bool) -> str:
    """What became of quoted words that surely stand in a later text, as `words`."""
    if normalise(words) != normalise(quoted):
        return Anchor.Verdict.EDITED
    return Anchor.Verdict.MOVED if is_elsewhere else Anchor.Verdict.SAME


def texts_by_key(version: PlanVersion) -> dict[str, str]:
    return dict(version.texts.values_list("section__key", "text"))


def pure_quote(quote: Quote) -> anchoring.Quote:
    return anchoring.Quote(
        section=quote.section.key, exact=quote.exact, prefix=quote.prefix, suffix=quote.suffix, start=quote.start
    )


def merged_words(quote: Quote) -> str | None:
    """What an editor put in place of the quoted words because its comment proposed that, "" where they were struck out; None
    where it did not come to that."""
    suggestion = getattr(quote.post, "suggestion", None)
    return suggestion.words if suggestion is not None and suggestion.merged_at else None


def _between(quote: Quote, words: str, text: str) -> Iterator[int]:
    """Where the words stand in the text between what stood before and behind the quote. Surroundings that are shorter than
    CONTEXT end where the section does."""
    passage = quote.prefix + words + quote.suffix
    for match in re.finditer(f"(?={re.escape(passage)})", text):
        place = match.start()
        at_start = place == 0 or len(quote.prefix) == CONTEXT
        at_end = place + len(passage) == len(text) or len(quote.suffix) == CONTEXT
        if at_start and at_end:
            yield place + len(quote.prefix)


class Follower:
    """Follows the quotes of a plan into a later text. Each earlier version is read and compared once."""

    def __init__(self, after: Mapping[str, str]) -> None:
        self.after = after
        self._revisions: dict[int, anchoring.Revision] = {}

    def follow(self, quote: Quote, newest: Anchor | None) -> Placement:
        """`newest`: where the quote stands in the newest version, None where it has been written in that one."""
        written = Base(quote.version_id, pure_quote(quote))
        stood = self._base(quote, newest)
        relocation = self._relocate(stood or written)
        step = relocation.verdict
        if newest is not None and stood is not None and relocation.verdict not in SURE:
            again = self._again(written, newest)
            if again.verdict in SURE or relocation.verdict == Anchor.Verdict.ORPHAN:
                relocation = again
        if relocation.verdict not in SURE and (merged := self._merged(quote)):
            relocation, step = merged, merged.verdict
        found = replace(relocation, verdict=self._since_written(quote, relocation, newest))
        if newest is not None and newest.verdict not in SURE and newest.verdict == found.verdict:
            step = Anchor.Verdict.SAME  # as uncertain, or as lost, as it was
        struck_out = found.verdict == Anchor.Verdict.ORPHAN and merged_words(quote) == ""
        decision = Settlement.Decision.SETTLED if struck_out else self._carried(found, newest)
        had_words = newest.has_proposed_words if newest else None
        return Placement(quote, found, step, decision, self._has_proposed_words(quote, found), had_words)

    def _base(self, quote: Quote, newest: Anchor | None) -> Base | None:
        """The newest place, where it is sure: found so, or given by people."""
        if newest is None or newest.section is None or newest.version_id == quote.version_id:
            return None
        if newest.verdict not in SURE:
            return None
        start, end = newest.start or 0, newest.end or 0
        words = self._before(newest.version_id)[newest.section.key][start:end] if quote.exact else ""
        place = anchoring.Quote(section=newest.section.key, exact=words, start=start if quote.exact else 0)
        return Base(newest.version_id, place)

    def _again(self, written: Base, newest: Anchor) -> anchoring.Relocation:
        """From where it was written. People decide where they gave the quote another place since, and about words that
        stood there already while the quote stood elsewhere: a twin."""
        relocation = self._relocate(written)
        if relocation.section is None:
            return relocation
        words = self.after[relocation.section][relocation.start : relocation.end]
        earlier = self._before(newest.version_id).get(relocation.section, "")
        is_twin = normalise(words) in normalise(earlier)
        is_unsure = is_twin or newest.decision in CONFIRMED
        return replace(relocation, verdict=Anchor.Verdict.CHECK) if is_unsure else relocation

    def _relocate(self, base: Base) -> anchoring.Relocation:
        return self._revision(base.version_pk).relocate(base.quote)

    def _merged(self, quote: Quote) -> anchoring.Relocation | None:
        """The words that a suggestion put in place of the quoted ones, where exactly one place has them with the quote's
        surroundings. They may have no word in common with what was quoted."""
        words = merged_words(quote)
        if not words:
            return None
        places = [(key, place) for key, text in self.after.items() for place in _between(quote, words, text)]
        if len(places) != 1:
            return None
        [(key, start)] = places
        return anchoring.Relocation(Anchor.Verdict.EDITED, key, start, start + len(words), 1.0)

    def _has_proposed_words(self, quote: Quote, found: anchoring.Relocation) -> bool | None:
        """Whether the sentences where the quote stands have what its suggestion proposed, None where nothing was merged.
        Where the quoted words are back, they have not, even where one has a part of the other."""
        words = merged_words(quote)
        if words is None:
            return None
        if found.section is None:
            return not words or any(True for text in self.after.values() for _place in _between(quote, words, text))
        text, start, end = self.after[found.section], found.start or 0, found.end or 0
        quoted = quote.exact or self._before(quote.version_id)[quote.section.key]
        if not words or normalise(text[start:end]) == normalise(quoted):
            return text[start:end] == words
        first, last = whole_sentences(text, start, end)
        return normalise(words) in normalise(text[first:last])

    def _revision(self, version_pk: int) -> anchoring.Revision:
        if version_pk not in self._revisions:
            before = texts_by_key(PlanVersion.objects.get(pk=version_pk))
            self._revisions[version_pk] = anchoring.Revision(before, self.after)
        return self._revisions[version_pk]

    def _before(self, version_pk: int) -> Mapping[str, str]:
        return self._revision(version_pk).before

    def _since_written(self, quote: Quote, relocation: anchoring.Relocation, newest: Anchor | None) -> str:
        """What became of the words since they were quoted, however many versions ago that was."""
        if relocation.verdict not in SURE or relocation.section is None:
            return relocation.verdict
        words = self.after[relocation.section][relocation.start : relocation.end]
        quoted = quote.exact or self._before(quote.version_id)[quote.section.key]
        moved_before = newest is not None and newest.verdict == Anchor.Verdict.MOVED
        moved = relocation.verdict == Anchor.Verdict.MOVED or moved_before
        return verdict_since(quoted, words, is_elsewhere=moved or relocation.section != quote.section.key)

    @staticmethod
    def _carried(relocation: anchoring.Relocation, newest: Anchor | None) -> str:
        """A decision holds on: about a place, while the place is sure; settled or open without one, while there is none."""
        if newest is None:
            return ""
        about_a_place = newest.decision in CONFIRMED
        return newest.decision if about_a_place == (relocation.verdict in SURE) else ""


def place_quotes(plan: PlanPage, after: Mapping[str, str]) -> list[Placement]:
    """Every quote of the plan in a later text (text by section key), in the order in which they were written."""
    return _place(Quote.objects.filter(section__plan=plan), plan, after)


def place_merged(plan: PlanPage, after: Mapping[str, str]) -> list[Placement]:
    """The same of the quotes whose suggestions were merged."""
    merged = Quote.objects.filter(section__plan=plan, post__suggestion__merged_at__isnull=False)
    return _place(merged, plan, after)


def _place(quotes: QuerySet[Quote], plan: PlanPage, after: Mapping[str, str]) -> list[Placement]:
    quotes = quotes.select_related("section", "post__suggestion", "post__user").order_by("pk")
    newest = _newest_anchors(plan)
    follower = Follower(after)
    return [follower.follow(quote, newest.get(quote.pk)) for quote in quotes]


def _newest_anchors(plan: PlanPage) -> dict[int, Anchor]:
    """The anchors in the newest version by their quote's pk."""
    anchors = Anchor.objects.filter(version=plan.current_version).select_related("section")
    return {anchor.quote_id: anchor for anchor in anchors}


def anchors_of(placements: Iterable[Placement], version: PlanVersion, section_pks: Mapping[str, int]) -> list[Anchor]:
    """Unsaved anchors in a version; `section_pks` gives the identities by key."""
    return [
        Anchor(
            quote=placement.quote,
            version=version,
            verdict=placement.relocation.verdict,
            section_id=section_pks[placement.relocation.section] if placement.relocation.section else None,
            start=placement.relocation.start,
            end=placement.relocation.end,
            score=placement.relocation.score,
            decision=placement.decision,
            has_proposed_words=placement.has_words,
        )
        for placement in placements
    ]
