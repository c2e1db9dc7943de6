"""A state of a plan as sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from plans.alignment.folding import Word, normalise, words
from plans.text.sentences import split_sentences

_CLOSED = re.compile(r"[.!?…][^\w]*\d{0,2}$")  # the sign of a footnote may stand behind


@dataclass(frozen=True)
class Sentence:
    """text[start:end] of a section. `plain` is without typography."""

    section: str
    start: int
    end: int
    plain: str
    words: tuple[Word, ...]

    @property
    def is_entry(self) -> bool:
        """Whether it is a cell of a table, an entry of a list or a field ("Owner: …"), which says little by itself."""
        return ":" in self.plain or not _CLOSED.search(self.plain)


@lru_cache(maxsize=8_192)  # the sentences of two states of a plan, most of which say the same
def _read(sentence: str) -> tuple[str, tuple[Word, ...]]:
    return normalise(sentence), tuple(words(sentence))


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
                self.sentences.append(Sentence(key, start, end, *_read(part)))
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

    def copies(self, number: int) -> list[int]:
        """The other sentences that say the same."""
        return [other for other in self.places[self.sentences[number].plain] if other != number]

    def copies_in_section(self, number: int) -> int:
        section = self.section(number)
        return sum(other in section for other in self.copies(number))
