"""Plans whose words know where they come from, so that after any edit the place of a quote is known.

A plan is sections of paragraphs of sentences of words. An edit keeps a word's `origin`; so does a word that replaces
another. The truth about a quote is then where the words of its origins stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from random import Random

Span = tuple[str, int, int]

# By the last vowel of what they stand behind.
SUFFIXES = {"aıou": ("lar", "da", "dan", "ları", "larda"), "eiöü": ("ler", "de", "den", "leri", "lerde")}
_ENDING = re.compile(r"[^\w%’'-]+$")
_BEGINNING = re.compile(r"^[^\w%]+")
_SENTENCE_END = re.compile(r"(?<=[.!?¹²])\s+(?=[A-ZÇĞİÖŞÜ“0-9])")
_TYPOGRAPHY = str.maketrans({"’": "'", "“": '"', "”": '"', "-": "–", "¹": "³", "²": "⁴"})


@dataclass
class Word:
    """`origin` is None for a word that the earlier plan does not have."""

    text: str
    origin: int | None = None


@dataclass
class Sentence:
    words: list[Word]

    @property
    def is_closed(self) -> bool:
        """Whether a mark ends it."""
        return bool(self.words) and self.words[-1].text.rstrip("”¹²")[-1:] in ".!?"


Paragraph = list[Sentence]
Plan = dict[str, list[Paragraph]]


@dataclass
class Rendered:
    """A plan's plain text by section, and where the words of each origin stand."""

    texts: dict[str, str] = field(default_factory=dict)
    places: dict[int, Span] = field(default_factory=dict)

    def span(self, origins: list[int]) -> Span | None:
        """Where the words of these origins stand, in the section that has most of them; None if none has."""
        found = [self.places[origin] for origin in origins if origin in self.places]
        if not found:
            return None
        section = Counter(key for key, _start, _end in found).most_common(1)[0][0]
        here = [place for place in found if place[0] == section]
        return section, min(start for _, start, _ in here), max(end for _, _, end in here)


def make_plan(sections: Mapping[str, list[str]]) -> Plan:
    """The first origins are counted from 1."""
    origins = count(1)
    return {
        key: [[with_origins(text, origins) for text in _SENTENCE_END.split(line)] for line in lines]
        for key, lines in sections.items()
    }


def with_origins(text: str, origins: Iterator[int]) -> Sentence:
    return Sentence([Word(word, next(origins)) for word in text.split()])


def new_sentence(text: str) -> Sentence:
    return Sentence([Word(word) for word in text.split()])


def sentences_of(plan: Plan) -> Iterator[tuple[Paragraph, Sentence]]:
    for paragraphs in plan.values():
        for paragraph in paragraphs:
            for sentence in paragraph:
                yield paragraph, sentence


def gaps(paragraph: Paragraph) -> range:
    """Where another sentence can stand: nowhere in an entry of a list or a cell of a table."""
    return range(len(paragraph) + 1 if all(sentence.is_closed for sentence in paragraph) else 0)


def copy_plan(plan: Plan) -> Plan:
    return {
        key: [[Sentence([Word(w.text, w.origin) for w in s.words]) for s in paragraph] for paragraph in paragraphs]
        for key, paragraphs in plan.items()
    }


def render(plan: Plan, space: str = " ") -> Rendered:
    """Paragraphs are lines; `space` stands between words."""
    rendered = Rendered()
    for key, paragraphs in plan.items():
        lines: list[str] = []
        offset = 0
        for paragraph in paragraphs:
            words = [word for sentence in paragraph for word in sentence.words]
            start = offset
            for word in words:
                if word.origin is not None:
                    rendered.places[word.origin] = key, start, start + len(word.text)
                start += len(word.text) + len(space)
            if words:
                lines.append(space.join(word.text for word in words))
                offset += len(lines[-1]) + 1
        rendered.texts[key] = "\n".join(lines)
    return rendered


def upper_first(text: str) -> str:
    return text[:1].replace("i", "İ").upper() + text[1:]


def lower_first(text: str) -> str:
    return text[:1].replace("I", "ı").replace("İ", "i").lower() + text[1:]


def put_in_place(new: str, old: str) -> str:
    """`new` with the capital and the punctuation of `old`."""
    beginning, ending = _BEGINNING.search(old), _ENDING.search(old)
    bare = old[beginning.end() if beginning else 0 :]
    if bare[:1].isupper():
        new = upper_first(new)
    return (beginning.group() if beginning else "") + new + (ending.group() if ending else "")


def edit_words(
    sentence: Sentence,
    rate: float,
    vocabulary: Iterable[str],
    random: Random,
    *,
    keep: Iterable[int] = (),
    names: Iterable[str] = (),
) -> None:
    """Replaces, adds or drops a share of the words, one at least, but none whose origin is in `keep`. Names stay: with
    another it were another statement. As the first of a sentence they are known by `names` or their apostrophe."""
    vocabulary, names = list(vocabulary), frozenset(names)
    last = len(sentence.words) - 1
    plain = [at for at, word in enumerate(sentence.words) if not _is_name(word.text, at, names)]
    chosen = set(random.sample(plain, min(max(1, round(rate * len(sentence.words))), len(plain))))
    words: list[Word] = []
    for at, word in enumerate(sentence.words):
        how = random.choices(["replace", "add", "drop"], [4, 1, 1])[0] if at in chosen else ""
        kept = word.origin in keep
        if how == "replace" and not kept:
            words.append(Word(put_in_place(_another(word.text, vocabulary, random), word.text), word.origin))
        elif how == "add":
            extra = Word(random.choice(vocabulary))
            words += [extra, word] if at else [word, extra]
        elif how != "drop" or kept or at in (0, last):
            words.append(word)
    sentence.words = words


def _is_name(word: str, at: int, names: frozenset[str]) -> bool:
    bare = word.lstrip('“"(')
    return bare[:1].isupper() and (at > 0 or "’" in bare or bare.rstrip(":,") in names)


def _another(word: str, vocabulary: list[str], random: Random) -> str:
    return str(random.randint(2, 90)) if word.strip("%.,;").isdigit() else random.choice(vocabulary)


def change_suffixes(sentence: Sentence, random: Random) -> None:
    """A third of the longer words get another ending, or one more."""
    for word in sentence.words:
        ending = _ENDING.search(word.text)
        bare = word.text[: ending.start()] if ending else word.text
        if len(bare) > 5 and bare.isalpha() and random.random() < 0.34:
            word.text = _with_suffix(bare, random) + (ending.group() if ending else "")


def _with_suffix(word: str, random: Random) -> str:
    for suffixes in SUFFIXES.values():
        for suffix in sorted(suffixes, key=len, reverse=True):
            word = word.removesuffix(suffix) if len(word) > len(suffix) + 3 else word
    last = next(letter for letter in reversed(word) if letter in "aıoueiöü")
    return word + random.choice(next(endings for vowels, endings in SUFFIXES.items() if last in vowels))


def change_typography(plan: Plan) -> None:
    for _paragraph, sentence in sentences_of(plan):
        for word in sentence.words:
            word.text = word.text.translate(_TYPOGRAPHY)
