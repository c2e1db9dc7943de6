"""How alike sentences are, by the words that they share, in any form and order."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from plans.alignment.text import Text


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

    def of_old(self, numbers: Iterable[int]) -> Counter[str]:
        return _sum(self.old, numbers)

    def of_new(self, numbers: Iterable[int]) -> Counter[str]:
        return _sum(self.new, numbers)

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
