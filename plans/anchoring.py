"""Where a quote stands after a plan's text has changed. Pure: no Django.

A quote is followed by sentences. Sentences that are the same before and after are paired first, so that a sentence which
stood there already can never be taken for a changed one: only sentences that are new in the later text are candidates for
an edited quote. Between a floor and a level of confidence, or where names differ, the verdict is `check`: people decide.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from plans.sentences import split_sentences

CONFIDENT = 0.72  # at least this similar, a changed sentence is followed
FLOOR = 0.5  # less similar than this, it is lost
MARGIN = 0.08  # the best candidate is this much better than the next, or people decide
_TYPOGRAPHY = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "…": ".",
    }
)
_FOLD = str.maketrans("çğıöşüâîûIİ", "cgiosuaiuii")
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True)
class Quote:
    """Words of a section's plain text; `exact` is empty for the whole section, `start` counts characters."""

    section: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 0


@dataclass(frozen=True)
class Relocation:
    """`verdict`: same, moved, edited, check or orphan. The place is None for an orphan; `score` is from 0 to 1."""

    verdict: str
    section: str | None
    start: int | None
    end: int | None
    score: float


ORPHAN = Relocation("orphan", None, None, None, 0.0)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a section: its place, and its words without typographic difference."""

    section: str
    index: int
    start: int
    end: int
    words: str


def normalise(text: str) -> str:
    """Text in which typographic changes (kinds of quotes, dashes, spaces) make no difference."""
    return "".join(text.translate(_TYPOGRAPHY).split()).replace("\u00ad", "")


def fold(text: str) -> str:
    """Lower case without diacritics, for comparison only."""
    return text.translate(_TYPOGRAPHY).translate(_FOLD).lower()


def _sentences(section: str, text: str) -> list[Sentence]:
    spans = split_sentences(text)
    return [Sentence(section, i, start, end, normalise(text[start:end])) for i, (start, end) in enumerate(spans)]


def locate(exact: str, prefix: str, suffix: str, start: int, text: str) -> tuple[int, int] | None:
    """(start, end) of the words in a text that has them: at `start`, or the occurrence whose surroundings fit best."""
    if not exact:
        return None
    if text.startswith(exact, start):
        return start, start + len(exact)
    places = [match.start() for match in re.finditer(re.escape(exact), text)]
    if not places:
        return None

    def fits(place: int) -> tuple[float, int]:
        before, after = text[max(0, place - len(prefix)) : place], text[place + len(exact) :][: len(suffix)]
        return -(fuzz.ratio(before, prefix) + fuzz.ratio(after, suffix)), abs(place - start)

    best = min(places, key=fits)
    return best, best + len(exact)


class Revision:
    """Two states of a plan, each a mapping of section key to plain text, with their sentences paired."""

    def __init__(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        self.before, self.after = before, after
        self._old = {key: _sentences(key, text) for key, text in before.items()}
        self._new = {key: _sentences(key, text) for key, text in after.items()}
        self._pairs: dict[tuple[str, int], Sentence] = {}
        self._paired: set[tuple[str, int]] = set()
        self._ambiguous: dict[tuple[str, int], Sentence] = {}
        self._pair_in_place()
        self._pair_elsewhere()

    def relocate(self, quote: Quote) -> Relocation:
        """Where the quote stands in the later text."""
        if quote.section not in self.before:
            return ORPHAN
        if not quote.exact:
            return self._relocate_section(quote.section)
        end = quote.start + len(quote.exact)
        region = [s for s in self._old[quote.section] if s.start < end and s.end > quote.start]
        if not region:
            return ORPHAN
        partners = [self._pairs.get((s.section, s.index)) for s in region]
        if all(partners) and self._run_together(partners):  # type: ignore[arg-type]
            return self._follow(quote, region, partners)  # type: ignore[arg-type]
        return self._search(quote, region)

    def _relocate_section(self, key: str) -> Relocation:
        if key not in self.after:
            homes = Counter(s.section for old in self._old[key] if (s := self._pairs.get((key, old.index))))
            if homes and homes.most_common(1)[0][1] >= 0.6 * len(self._old[key]):
                home, count = homes.most_common(1)[0]
                score = count / len(self._old[key])
                return Relocation("moved", home, 0, len(self.after[home]), score)
            return ORPHAN
        old, new = self.before[key], self.after[key]
        same = normalise(old) == normalise(new)
        score = 1.0 if same else fuzz.ratio(fold(old), fold(new)) / 100
        verdict = "same" if same else "edited" if score >= FLOOR else "check"
        return Relocation(verdict, key, 0, len(new), score)

    def _pair_in_place(self) -> None:
        """Equal sentences of the same section, in order."""
        for key, old in self._old.items():
            new = self._new.get(key, [])
            for code in Indel.opcodes([s.words for s in old], [s.words for s in new]):
                if code.tag == "equal":
                    for one, other in zip(
                        old[code.src_start : code.src_end], new[code.dest_start : code.dest_end], strict=True
                    ):
                        self._pair(one, other)

    def _pair(self, old: Sentence, new: Sentence) -> None:
        self._pairs[old.section, old.index] = new
        self._paired.add((new.section, new.index))

    def _pair_elsewhere(self) -> None:
        """Equal sentences that are left: they have moved. Where several fit, their neighbours decide, or people do."""
        waiting: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in self._fresh:
            waiting[sentence.words].append(sentence)
        left = [s for group in self._old.values() for s in group if (s.section, s.index) not in self._pairs]
        rivals = Counter(s.words for s in left)
        for sentence in left:
            places = [s for s in waiting.get(sentence.words, []) if (s.section, s.index) not in self._paired]
            if not places:
                continue
            ranked = sorted(places, key=lambda place: self._neighbours(sentence, place), reverse=True)
            clear = len(ranked) == 1 and rivals[sentence.words] == 1
            if len(ranked) > 1 or rivals[sentence.words] > 1:
                best = self._neighbours(sentence, ranked[0])
                next_best = self._neighbours(sentence, ranked[1]) if len(ranked) > 1 else 0
                clear = best > next_best and best > 0
            if clear:
                self._pair(sentence, ranked[0])
            else:
                self._ambiguous[sentence.section, sentence.index] = ranked[0]
        self.__dict__.pop("_fresh", None)

    def _neighbours(self, old: Sentence, new: Sentence) -> int:
        """How many of the sentences beside both are the same."""
        count = 0
        for step in (-1, 1):
            here, there = old.index + step, new.index + step
            if 0 <= here < len(self._old[old.section]) and 0 <= there < len(self._new[new.section]):
                count += self._old[old.section][here].words == self._new[new.section][there].words
        return count

    @cached_property
    def _fresh(self) -> list[Sentence]:
        """Sentences of the later text that are nobody's partner."""
        return [s for group in self._new.values() for s in group if (s.section, s.index) not in self._paired]

    @staticmethod
    def _run_together(partners: list[Sentence]) -> bool:
        return all(a.section == b.section and a.index + 1 == b.index for a, b in pairwise(partners))

    def _follow(self, quote: Quote, region: list[Sentence], partners: list[Sentence]) -> Relocation:
        """The quote's sentences are the same: only their place may differ."""
        place = partners[0].section, partners[0].start, partners[-1].end
        start, end = self._span(quote, region, place)
        in_order = self._keeps_its_order(region[0], partners[0])
        verdict = "same" if place[0] == quote.section and in_order else "moved"
        return Relocation(verdict, place[0], start, end, 1.0)

    def _keeps_its_order(self, old: Sentence, new: Sentence) -> bool:
        """Whether the nearest earlier sentence of the section that stayed in it still stands before this one."""
        for index in range(old.index - 1, -1, -1):
            partner = self._pairs.get((old.section, index))
            if partner and partner.section == new.section:
                return partner.index < new.index
        return True

    def _search(self, quote: Quote, region: list[Sentence]) -> Relocation:
        """The sentences have changed or gone: look among the fresh ones, in the section first."""
        ambiguous = self._ambiguous.get((region[0].section, region[0].index))
        if ambiguous:
            return Relocation("check", ambiguous.section, ambiguous.start, ambiguous.end, 1.0)
        old_text = self.before[quote.section][region[0].start : region[-1].end]
        scored = self._candidates(quote, region, old_text)
        if not scored or scored[0][0] < FLOOR:
            return ORPHAN
        score, place = scored[0]
        runner_up = next((other for other, found in scored[1:] if not _overlap(place, found)), 0.0)
        start, end = self._span(quote, region, place)
        new_text = self.after[place[0]][place[1] : place[2]]
        words = self.after[place[0]][start:end]
        unsure = score < CONFIDENT or score - runner_up < MARGIN or _names(old_text) != _names(new_text)
        if unsure:
            return Relocation("check", place[0], start, end, score)
        if place[0] != quote.section:
            return Relocation("moved", place[0], start, end, score)
        verdict = "same" if normalise(words) == normalise(quote.exact) else "edited"
        return Relocation(verdict, place[0], start, end, score)

    def _candidates(
        self, quote: Quote, region: list[Sentence], old_text: str
    ) -> list[tuple[float, tuple[str, int, int]]]:
        """(score, place) of runs of sentences that could be the changed region, best first."""
        own = {(s.section, s.index) for old in region if (s := self._pairs.get((old.section, old.index)))}
        folded = fold(old_text)
        scored = []
        for first in self._fresh + [self._new[key][index] for key, index in own]:
            sentences = self._new[first.section]
            for length in range(1, len(region) + 2):
                run = sentences[first.index : first.index + length]
                inside = all((s.section, s.index) not in self._paired or (s.section, s.index) in own for s in run)
                if len(run) < length or not inside:
                    break
                place = first.section, run[0].start, run[-1].end
                similar = fuzz.ratio(folded, fold(self.after[place[0]][place[1] : place[2]])) / 100
                # The own section is where an editor most likely changed the words.
                scored.append((similar if first.section == quote.section else similar * 0.95, place))
        return sorted(scored, reverse=True)

    def _span(self, quote: Quote, region: list[Sentence], place: tuple[str, int, int]) -> tuple[int, int]:
        """The part of `place` that the quoted part of the region has become, by the difference of their words."""
        key, first, last = place
        new_text, old_start = self.after[key][first:last], region[0].start
        old_text = self.before[quote.section][old_start : region[-1].end]
        begin = max(0, quote.start - old_start)
        finish = min(len(old_text), begin + len(quote.exact))
        if begin == 0 and finish == len(old_text):
            return first, last
        if (found := new_text.find(quote.exact)) >= 0 and new_text.count(quote.exact) == 1:
            return first + found, first + found + len(quote.exact)
        start, end = _map_words(old_text, new_text, begin, finish)
        return first + start, first + end


def _overlap(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _names(text: str) -> set[str]:
    """The capitalised words of a text without their endings: who or what it is about."""
    return {fold(re.split(r"['’]", word)[0])[:6] for word in _WORD.findall(text) if word[0].isupper()}


def _map_words(old: str, new: str, begin: int, finish: int) -> tuple[int, int]:
    """The span of `new` that stands where old[begin:finish] stood, by the difference of the words."""
    old_words, new_words = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    if not old_words or not new_words:
        return 0, len(new)
    inside = [i for i, word in enumerate(old_words) if word.start() < finish and word.end() > begin]
    if not inside:
        return 0, len(new)
    first, last = inside[0], inside[-1]
    start, end = 0, len(new_words) - 1
    for code in Indel.opcodes([fold(w.group()) for w in old_words], [fold(w.group()) for w in new_words]):
        if code.tag != "equal":
            continue
        if code.src_start <= first:
            start = code.dest_start + min(first - code.src_start, code.dest_end - code.dest_start)
        if code.src_end > last:
            end = code.dest_start + max(0, last - code.src_start) - (1 if code.src_start > last else 0)
            break
    start = min(start, len(new_words) - 1)
    end = max(start, min(end, len(new_words) - 1))
    tail = new_words[end].end()
    # A quote that ended with the sentence's full stop still does.
    closing = old[old_words[last].end() : finish]
    return new_words[start].start(), tail + (len(closing) if new.startswith(closing, tail) else 0)


def relocate(quote: Quote, before: Mapping[str, str], after: Mapping[str, str]) -> Relocation:
    """Where one quote stands after a revision; `before` and `after` give each section's plain text by key."""
    return Revision(before, after).relocate(quote)
