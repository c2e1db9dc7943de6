"""Which sentences of an earlier text became which of a later one. Pure: no Django.

Equal sentences are paired first, so that what stood in the earlier text already can never be taken for something that has
changed: those that are unique, then their neighbours, then what is left in the order of each section. Changed sentences
are looked for only among what is left. Each pair is a `Bead`, the term of sentence alignment for one sentence or several
on either side (Gale and Church 1993, A program for aligning sentences in bilingual corpora, Computational Linguistics 19(1)).
A bead is only a guess; whether it is sure is asked in a second step, which knows all the others.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Indel, Levenshtein

from plans.folding import Word, normalise, words
from plans.sentences import split_sentences

# A sentence of so many words is no coincidence where it stands once in each text. Shorter ones (cells of tables, entries
# of lists) need neighbours that say the same.
TELLING = 3
# Two unrelated sentences of the same plan share about a third of their words' weight, rarely half.
FLOOR = 0.5
FLOOR_IN_PLACE = 0.3  # between the same two neighbours, what shares so much may be a new wording: people decide
# How alike a changed sentence must be to be followed, by the number of sides (before it, behind it) on which its
# neighbours stayed with it.
ENOUGH = {0: 0.7, 1: 0.65, 2: 0.6}
ENOUGH_ONE_FOR_ONE = 0.5  # one sentence between two neighbours that stayed: little else can have happened
MARGIN = 0.1  # better than any other explanation by so much
# Where a name or a number has changed, the other words may hardly change: both together make another statement.
REST = 0.85
REST_ONE_FOR_ONE = 0.65
CONTEXT = 0.1  # how much a neighbour on one side adds to the likeness, when beads compete for a sentence
CANDIDATES = 8  # for each sentence, by their rare words


@dataclass(frozen=True)
class Sentence:
    """text[start:end] of a section. `plain` is without typography; `weight` sums up the words'."""

    section: str
    start: int
    end: int
    plain: str
    words: tuple[Word, ...]


class Text:
    """One state of a plan: its sentences in one list; `sections` has each section's range in it."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.sentences: list[Sentence] = []
        self.sections: dict[str, range] = {}
        for key, text in texts.items():
            first = len(self.sentences)
            for start, end in split_sentences(text):
                part = text[start:end]
                self.sentences.append(Sentence(key, start, end, normalise(part), tuple(words(part))))
            self.sections[key] = range(first, len(self.sentences))
        self.places: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            self.places[sentence.plain].append(number)

    def section(self, number: int) -> range:
        return self.sections[self.sentences[number].section]

    def plain(self, number: int, step: int) -> str | None:
        """What the neighbour says; None beyond the section's ends."""
        inside = number + step in self.section(number)
        return self.sentences[number + step].plain if inside else None

    def span(self, numbers: range) -> tuple[str, int, int]:
        """(section, start, end) of sentences that follow each other."""
        first, last = self.sentences[numbers[0]], self.sentences[numbers[-1]]
        return first.section, first.start, last.end


@dataclass(frozen=True)
class Bead:
    """Sentences of the earlier text that became sentences of the later one; `score` is how alike they are, from 0 to 1."""

    old: range
    new: range
    score: float
    equal: bool = False

    @property
    def extent(self) -> int:
        return len(self.old) + len(self.new)


class Bags:
    """Sentences as bags of words, in which rare words weigh more."""

    def __init__(self, before: Text, after: Text) -> None:
        self.before, self.after = before, after
        sentences = [*before.sentences, *after.sentences]
        spread = Counter(key for sentence in sentences for key in {word.key for word in sentence.words})
        most = math.log(len(sentences) + 1)
        # From 1 for a word of all sentences to 3 for a word of one: names count, but not alone.
        self.weights = {key: 3 - 2 * math.log(count) / most for key, count in spread.items()}
        self.old = [Counter(word.key for word in sentence.words) for sentence in before.sentences]
        self.new = [Counter(word.key for word in sentence.words) for sentence in after.sentences]

    def weigh(self, bag: Counter[str]) -> float:
        return sum(self.weights[key] * count for key, count in bag.items())

    def likeness(self, old: Iterable[int], new: Iterable[int], without: frozenset[str] = frozenset()) -> float:
        """Twice the weight of the common words, divided by that of all (Dice's coefficient), from 0 to 1."""
        one, other = _sum(self.old, old, without), _sum(self.new, new, without)
        total = self.weigh(one) + self.weigh(other)
        return 2 * self.weigh(one & other) / total if total else 1.0

    def share(self, numbers: Iterable[int], new: Iterable[int]) -> float:
        """How much of the weight of old sentences stands in new ones, from 0 to 1."""
        one = _sum(self.old, numbers)
        return self.weigh(one & _sum(self.new, new)) / (self.weigh(one) or 1.0)

    def share_back(self, numbers: Iterable[int], old: Iterable[int]) -> float:
        """How much of the weight of new sentences stood in old ones, from 0 to 1."""
        one = _sum(self.new, numbers)
        return self.weigh(one & _sum(self.old, old)) / (self.weigh(one) or 1.0)


def _sum(bags: list[Counter[str]], numbers: Iterable[int], without: frozenset[str] = frozenset()) -> Counter[str]:
    total: Counter[str] = Counter()
    for number in numbers:
        total.update(bags[number])
    for key in without:
        del total[key]
    return total


class Index:
    """Finds sentences that share rare words with another."""

    def __init__(self, bags: list[Counter[str]], numbers: Iterable[int], weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            for key in bags[number]:
                self._postings[key].append(number)

    def like(self, bag: Iterable[str], count: int) -> list[int]:
        """The `count` sentences that share most with the bag, by its rarer half of words."""
        known = sorted((key for key in bag if key in self._postings), key=lambda key: (len(self._postings[key]), key))
        shared: Counter[int] = Counter()
        for key in known[: max(4, len(known) // 2)]:
            for number in self._postings[key]:
                shared[number] += self._weights[key]  # type: ignore[assignment]
        return sorted(shared, key=lambda number: (-shared[number], number))[:count]


class Pairing:
    """The beads of two states of a plan; `of_old` and `of_new` give the one that a sentence is part of."""

    def __init__(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        self.before, self.after = Text(before), Text(after)
        self.of_old: dict[int, Bead] = {}
        self.of_new: dict[int, Bead] = {}
        self._pair_unchanged_sections()
        self._pair_unique()
        self._pair_in_order()
        self.in_line = self._find_line()
        if self._free_old() and self._free_new():
            self._pair_changed()
            self.in_line = self._find_line()

    # Equal sentences

    def _pair_unchanged_sections(self) -> None:
        """Sections of the same key, or that are the only ones with their text."""
        contents = {
            text: {key: tuple(s.plain for s in text.sentences[r.start : r.stop]) for key, r in text.sections.items()}
            for text in (self.before, self.after)
        }
        old, new = contents.values()
        once_old, once_new = (Counter(content.values()) for content in (old, new))
        home = {sentences: key for key, sentences in new.items()}
        for key, sentences in old.items():
            alone = once_old[sentences] == 1 == once_new[sentences]
            target = key if new.get(key) == sentences else home[sentences] if alone else None
            if target is not None:
                self._pair_each(self.before.sections[key], self.after.sections[target])

    def _pair_unique(self) -> None:
        """Sentences that stand once in each text, and from them on their neighbours."""
        found = []
        for plain, (old, *more) in self.before.places.items():
            places = self.after.places.get(plain, [])
            if not more and len(places) == 1 and old not in self.of_old and places[0] not in self.of_new:
                here, there = self.before.sentences[old], self.after.sentences[places[0]]
                if len(here.words) >= TELLING or here.section == there.section:
                    found.append((old, places[0]))
        for old, new in found:
            self._pair_equal(old, new)
        self._spread(found)

    def _spread(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Equal neighbours of paired sentences are pairs."""
        queue = deque(pairs)
        while queue:
            old, new = queue.popleft()
            for step in (-1, 1):
                here, there = old + step, new + step
                free = here not in self.of_old and there not in self.of_new
                plain = self.before.plain(old, step)
                if free and plain is not None and plain == self.after.plain(new, step):
                    self._pair_equal(here, there)
                    queue.append((here, there))

    def _pair_in_order(self) -> None:
        """What is left of a section and of the one it became, in order."""
        for key, target in self._successions():
            old = [i for i in self.before.sections[key] if i not in self.of_old]
            new = [j for j in self.after.sections[target] if j not in self.of_new]
            plain_old = [self.before.sentences[i].plain for i in old]
            plain_new = [self.after.sentences[j].plain for j in new]
            for code in Indel.opcodes(plain_old, plain_new):
                if code.tag == "equal":
                    self._pair_each(old[code.src_start : code.src_end], new[code.dest_start : code.dest_end])

    def _successions(self) -> Iterator[tuple[str, str]]:
        """(old key, new key) of sections that go on under the same or a new key."""
        for key in self.before.sections:
            if key in self.after.sections:
                yield key, key
            else:
                homes = Counter(self._home(bead) for i in self.before.sections[key] if (bead := self.of_old.get(i)))
                if homes:
                    yield key, homes.most_common(1)[0][0]

    def _home(self, bead: Bead) -> str:
        return self.after.sentences[bead.new[0]].section

    def _pair_each(self, old: Iterable[int], new: Iterable[int]) -> None:
        for one, other in zip(old, new, strict=True):
            self._pair_equal(one, other)

    def _pair_equal(self, old: int, new: int) -> None:
        self._add(Bead(range(old, old + 1), range(new, new + 1), 1.0, equal=True))

    def _add(self, bead: Bead) -> None:
        self.of_old.update(dict.fromkeys(bead.old, bead))
        self.of_new.update(dict.fromkeys(bead.new, bead))

    def _free_old(self) -> list[int]:
        return [i for i in range(len(self.before.sentences)) if i not in self.of_old]

    def _free_new(self) -> list[int]:
        return [j for j in range(len(self.after.sentences)) if j not in self.of_new]

    # Changed sentences

    @cached_property
    def bags(self) -> Bags:
        return Bags(self.before, self.after)

    def _pair_changed(self) -> None:
        """The likeliest beads of what is left, best first."""
        ranked = sorted(self._guesses(), key=lambda one: (-one[0], one[1].extent, one[1].old.start, one[1].new.start))
        for _rank, bead in ranked:
            if not any(i in self.of_old for i in bead.old) and not any(j in self.of_new for j in bead.new):
                self._add(bead)

    def _guesses(self) -> set[tuple[float, Bead]]:
        """(rank, bead) for all that could be."""
        index = Index(self.bags.new, self._free_new(), self.bags.weights)
        guesses = set()
        for old in self._free_old():
            for new in {*index.like(self.bags.old[old], CANDIDATES), *self._opposite(old)}:
                single = self._bead(range(old, old + 1), range(new, new + 1))
                for bead in {single, self._grow(single)}:
                    sides, alone = self.context(bead)
                    in_place = sides == 2 and (bead.score >= FLOOR_IN_PLACE or (alone and self._is_short(bead)))
                    if bead.score >= FLOOR or in_place:
                        guesses.add((bead.score + CONTEXT * sides, bead))
        return guesses

    def _is_short(self, bead: Bead) -> bool:
        return (
            max(len(self.before.sentences[bead.old[0]].words), len(self.after.sentences[bead.new[0]].words)) < TELLING
        )

    def _opposite(self, old: int) -> list[int]:
        """Free sentences right after the partner of the sentence before, or right before that of the one behind."""
        found = []
        for step in (-1, 1):
            neighbour = self.of_old.get(old + step) if old + step in self.before.section(old) else None
            if neighbour:
                new = neighbour.new[-1] + 1 if step < 0 else neighbour.new[0] - 1
                if new in self.after.section(neighbour.new[0]) and new not in self.of_new:
                    found.append(new)
            elif old + step not in self.before.section(old):
                there = self.after.sections.get(self.before.sentences[old].section, range(0))
                found += [new for new in there[:1] if step < 0 and new not in self.of_new]
                found += [new for new in there[-1:] if step > 0 and new not in self.of_new]
        return found

    def _bead(self, old: range, new: range) -> Bead:
        equal = len(old) == 1 == len(new) and self.before.sentences[old[0]].plain == self.after.sentences[new[0]].plain
        return Bead(old, new, self.bags.likeness(old, new), equal)

    def _grow(self, bead: Bead) -> Bead:
        """The bead with those neighbours on one of its sides that make it more alike: split or merged sentences."""
        while True:
            larger = [self._bead(old, new) for old, new in self._extensions(bead)]
            best = max(larger, key=lambda one: one.score, default=bead)
            if best.score <= bead.score:
                return bead
            bead = best

    def _extensions(self, bead: Bead) -> Iterator[tuple[range, range]]:
        """Ranges with one more free sentence, half of whose words must stand on the other side."""
        section = self.before.section(bead.old[0])
        for i, old in _longer(bead.old, section):
            if i not in self.of_old and self.bags.share([i], bead.new) >= FLOOR:
                yield old, bead.new
        section = self.after.section(bead.new[0])
        for j, new in _longer(bead.new, section):
            if j not in self.of_new and self.bags.share_back([j], bead.old) >= FLOOR:
                yield bead.old, new

    # Context

    def context(self, bead: Bead) -> tuple[int, bool]:
        """On how many sides (0 to 2) its neighbours stayed with it, and whether nothing else changed between these."""
        sides, loose = 0, 0
        for step in (-1, 1):
            here, loose_here = self._neighbour(bead, self.before, self.of_old, bead.old, step)
            there, loose_there = self._neighbour(bead, self.after, self.of_new, bead.new, step)
            ends = here is None and there is None and self._continues(bead)
            sides += ends or (here is not None and here is there)
            loose += loose_here + loose_there
        return sides, loose == 0

    def _neighbour(
        self, bead: Bead, text: Text, beads: Mapping[int, Bead], numbers: range, step: int
    ) -> tuple[Bead | None, int]:
        """The nearest bead that keeps its order between the same two sections, and how many sentences before it have
        changed or are new or gone."""
        section, loose = text.section(numbers[0]), 0
        number = numbers[-1] + 1 if step > 0 else numbers[0] - 1
        while number in section:
            other = beads.get(number)
            if other is None or not self.is_solid(other):
                loose += 1
            elif self._sections(other) == self._sections(bead) and other in self.in_line:
                return other, loose
            number += step
        return None, loose

    def _sections(self, bead: Bead) -> tuple[str, str]:
        return self.before.sentences[bead.old[0]].section, self.after.sentences[bead.new[0]].section

    def _continues(self, bead: Bead) -> bool:
        """Whether the one section goes on as the other."""
        old, new = self._sections(bead)
        return old == new or (new not in self.before.sections and self._origins.get(new) == old)

    @cached_property
    def _origins(self) -> dict[str, str]:
        """New section → the old one from which most of its sentences come."""
        origins = {}
        for key, numbers in self.after.sections.items():
            sources = Counter(self._sections(bead)[0] for j in numbers if (bead := self.of_new.get(j)))
            if sources:
                origins[key] = sources.most_common(1)[0][0]
        return origins

    def _find_line(self) -> set[Bead]:
        """Beads that keep their order: for each two sections the longest line of them."""
        self.__dict__.pop("_origins", None)
        groups: dict[tuple[str, str], list[Bead]] = defaultdict(list)
        for bead in dict.fromkeys(self.of_old[i] for i in sorted(self.of_old)):
            if self.is_solid(bead):
                groups[self._sections(bead)].append(bead)
        return {bead for group in groups.values() for bead in _longest_line(group)}

    # Certainty

    def is_solid(self, bead: Bead) -> bool:
        """Whether its words alone speak for it, wherever it stands, so that its neighbours may rely on it."""
        return bead.equal or (bead.score >= ENOUGH[0] and not any(self.changed_facts(bead)))

    def is_sure(self, bead: Bead) -> bool:
        """Whether this is what became of the sentences, or people have to decide."""
        if bead not in self._sure:
            self._sure[bead] = self._equal_is_sure(bead) if bead.equal else self._changed_is_sure(bead)
        return self._sure[bead]

    @cached_property
    def _sure(self) -> dict[Bead, bool]:
        return {}

    def _equal_is_sure(self, bead: Bead) -> bool:
        """Unless a copy may have come from, or gone to, the same place."""
        old, new = bead.old[0], bead.new[0]
        support = self._support(old, new)
        old_copies, new_copies = self._copies(self.before, old), self._copies(self.after, new)
        if any(self._support(i, new) >= support + self._has_equal(self.of_old, i) for i in old_copies):
            return False
        if any(self._support(old, j) >= support + self._has_equal(self.of_new, j) for j in new_copies):
            return False
        if self._equal_sides(old, new) == 2:
            return True
        if self._continues(bead) and self._count(self.before, old) == self._count(self.after, new):
            return True
        telling = len(self.before.sentences[old].words) >= TELLING
        stay = all(self._stays(self.of_old, i) for i in old_copies) and all(
            self._stays(self.of_new, j) for j in new_copies
        )
        return telling and stay

    def _stays(self, beads: Mapping[int, Bead], number: int) -> bool:
        """Whether a sentence stands in its section as before."""
        return number in beads and beads[number].equal and self._continues(beads[number])

    @staticmethod
    def _count(text: Text, number: int) -> int:
        """How many sentences of its section say the same."""
        section = text.section(number)
        return sum(other in section for other in text.places[text.sentences[number].plain])

    @staticmethod
    def _copies(text: Text, number: int) -> list[int]:
        """The other sentences with the same words."""
        return [other for other in text.places[text.sentences[number].plain] if other != number]

    @staticmethod
    def _has_equal(beads: Mapping[int, Bead], number: int) -> bool:
        return number in beads and beads[number].equal

    def _copy_took_its_place(self, bead: Bead) -> bool:
        """Whether one of its sentences may be unchanged: as the partner of one that was equal to it."""
        for old in bead.old:
            for new in self.after.places.get(self.before.sentences[old].plain, []):
                rival = self.of_new.get(new)
                if rival and rival.equal and self._support(old, new) >= self._support(rival.old[0], new):
                    return True
        return False

    def _support(self, old: int, new: int) -> int:
        """What speaks for a pair of equal sentences: the section and the neighbours."""
        bead = Bead(range(old, old + 1), range(new, new + 1), 1.0, equal=True)
        return self._continues(bead) + self._equal_sides(old, new)

    def _equal_sides(self, old: int, new: int) -> int:
        return sum(self.before.plain(old, step) == self.after.plain(new, step) for step in (-1, 1))

    def _changed_is_sure(self, bead: Bead) -> bool:
        if self._copy_took_its_place(bead):
            return False
        sides, alone = self.context(bead)
        one_for_one = sides == 2 and alone
        names, numbers = self.changed_facts(bead)
        if not names and not numbers:
            enough = ENOUGH_ONE_FOR_ONE if one_for_one else ENOUGH[sides]
            return bead.score >= enough and (one_for_one or self._leads(bead, all_old=sides < 2))
        if names or numbers > 1 or self._rest(bead) < (REST_ONE_FOR_ONE if one_for_one else REST):
            return False
        named = bool(self.facts(self.before, bead.old)[0])
        return one_for_one or ((sides == 2 or named) and self._leads(bead, all_old=True))

    def _rest(self, bead: Bead) -> float:
        """How alike the words are that are neither names nor numbers."""
        facts = {
            key
            for text, numbers in ((self.before, bead.old), (self.after, bead.new))
            for key in self._fact_keys(text, numbers)
        }
        return self.bags.likeness(bead.old, bead.new, frozenset(facts))

    def _fact_keys(self, text: Text, numbers: Iterable[int]) -> Iterator[str]:
        for number in numbers:
            for position, word in enumerate(text.sentences[number].words):
                if word.number or self._is_name(word, position):
                    yield word.key

    def _leads(self, bead: Bead, *, all_old: bool) -> bool:
        """Whether no other sentence explains the later one as well, nor is any other explained as well.

        With `all_old`, sentences that stand elsewhere unchanged count too: the later one may have been modelled on them.
        """
        bag = _sum(self.bags.old, bead.old)
        for j in self._new_index.like(bag, CANDIDATES):
            other = self.of_new.get(j)
            rival = Bead(bead.old, range(j, j + 1), self.bags.likeness(bead.old, [j]))
            if j not in bead.new and (other is None or other.score < rival.score) and self._rivals(rival, bead):
                return False
        for i in self._old_index.like(_sum(self.bags.new, bead.new), CANDIDATES):
            rival = Bead(range(i, i + 1), bead.new, self.bags.likeness([i], bead.new))
            if i not in bead.old and (all_old or i not in self.of_old) and self._rivals(rival, bead):
                return False
        return True

    def _rivals(self, rival: Bead, bead: Bead) -> bool:
        """Whether a bead is about as good as another: as alike, without more names and numbers changed."""
        close = rival.score > bead.score - MARGIN
        return close and sum(self.changed_facts(rival)) <= sum(self.changed_facts(bead))

    @cached_property
    def _new_index(self) -> Index:
        return Index(self.bags.new, range(len(self.after.sentences)), self.bags.weights)

    @cached_property
    def _old_index(self) -> Index:
        return Index(self.bags.old, range(len(self.before.sentences)), self.bags.weights)

    # Names and numbers

    def changed_facts(self, bead: Bead) -> tuple[int, int]:
        """How many names and how many numbers differ."""
        if bead not in self._changes:
            old, new = self.facts(self.before, bead.old), self.facts(self.after, bead.new)
            names, numbers = (Levenshtein.distance(one, other) for one, other in zip(old, new, strict=True))
            self._changes[bead] = names + self._perhaps_renamed(bead), numbers
        return self._changes[bead]

    def _perhaps_renamed(self, bead: Bead) -> int:
        """How many sentences begin with another word that may be a name."""
        old, new = (
            {self._first(text.sentences[number]) for number in numbers} - {""}
            for text, numbers in ((self.before, bead.old), (self.after, bead.new))
        )
        return min(len(old - new), len(new - old))

    def _first(self, sentence: Sentence) -> str:
        """The first word's stem if it may be a name but need not: nothing else tells."""
        word = sentence.words[0] if sentence.words else None
        unknown = word and not word.number and word.stem not in self._common and word.stem not in self._names
        return word.stem if word and unknown else ""

    @cached_property
    def _changes(self) -> dict[Bead, tuple[int, int]]:
        return {}

    def facts(self, text: Text, numbers: Iterable[int]) -> tuple[list[str], list[str]]:
        """(names, numbers) of sentences, in order."""
        found = [(word, at) for number in numbers for at, word in enumerate(text.sentences[number].words)]
        names = [word.stem for word, position in found if self._is_name(word, position)]
        return names, [word.stem for word, _position in found if word.number]

    def _is_name(self, word: Word, position: int) -> bool:
        """A word with a capital; as the first of its sentence only if it is a name elsewhere."""
        known = position > 0 or (word.stem in self._names and word.stem not in self._common)
        return word.capital and not word.number and known

    @cached_property
    def _common(self) -> set[str]:
        """Stems that stand somewhere without a capital."""
        return {word.stem for sentence in self._all_sentences for word in sentence.words if not word.capital}

    @cached_property
    def _names(self) -> set[str]:
        """Stems that stand somewhere with a capital though they begin no sentence."""
        return {word.stem for sentence in self._all_sentences for word in sentence.words[1:] if word.capital}

    @property
    def _all_sentences(self) -> list[Sentence]:
        return [*self.before.sentences, *self.after.sentences]


def _longer(numbers: range, section: range) -> Iterator[tuple[int, range]]:
    """(new member, range) with one more number before or behind."""
    if numbers.start > section.start:
        yield numbers.start - 1, range(numbers.start - 1, numbers.stop)
    if numbers.stop < section.stop:
        yield numbers.stop, range(numbers.start, numbers.stop + 1)


def _longest_line(beads: list[Bead]) -> list[Bead]:
    """The longest part of beads in the order of the earlier text that is in the order of the later one too.

    Patience sorting (Fredman 1975, On computing the length of longest increasing subsequences).
    """
    tails: list[int] = []
    ends: list[Bead] = []
    previous: dict[Bead, Bead | None] = {}
    for bead in beads:
        at = bisect(tails, bead.new.start)
        previous[bead] = ends[at - 1] if at else None
        tails[at : at + 1] = [bead.new.start]
        ends[at : at + 1] = [bead]
    line = []
    last = ends[-1] if ends else None
    while last is not None:
        line.append(last)
        last = previous[last]
    return line
