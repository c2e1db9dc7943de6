"""Sentences of Turkish plain text. Pure: no Django."""

import re

# Words after which a full stop ends no sentence.
_ABBREVIATIONS = frozenset(
    """vb vd vs bkz md s sf no nr yy mah cad sk sok bul apt dr doç prof av öğr gör müh mim uzm alb gen org hz st örn yak ör
    çev haz yay ed bs c ş kr tl dk sn km m cm kg gr lt ltd şti a.ş t.c bm ab""".split()  # noqa: SIM905
)
# The sign of a footnote may stand right behind: "ödenmez.¹", or "ödenmez.1" where the text lost its superscript.
_END = re.compile(r"(?:(?<=[^\W\d])[.!?…]+[\"'”’»)\]]*\d{1,2}|[.!?…]+[\"'”’»)\]]*[⁰¹²³⁴-⁹]*)(?=\s|$)")
# Quotes and brackets, and what nobody sees: marks of direction and of places to break, which come with pasted text.
_BEFORE_A_SENTENCE = "\"'“‘«([\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
_WORD_BEFORE = re.compile(r"([^\W_][\w.]*)$")


def _ends_sentence(line: str, match: re.Match[str]) -> bool:
    following = line[match.end() :].lstrip()
    if not following:
        return True
    if match.group().strip("\"'”’»)]0123456789⁰¹²³⁴⁵⁶⁷⁸⁹") == ".":
        before = _WORD_BEFORE.search(line[: match.start()])
        word = before.group(1) if before else ""
        single_letter = len(word) == 1 and word.isupper()
        if word.replace("I", "ı").replace("İ", "i").lower() in _ABBREVIATIONS or single_letter:
            return False
        if word.isdigit() and len(word) <= 3 and not _starts_like_a_sentence(following, after_number=True):
            return False  # an ordinal: "3. madde"
    return _starts_like_a_sentence(following)


def _starts_like_a_sentence(text: str, after_number: bool = False) -> bool:
    first = text.lstrip(_BEFORE_A_SENTENCE)[:1]
    return first.isupper() or (first.isdigit() and not after_number) or first in "–-•"


def split_sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, in characters of `text`. A line's end ends one too; spaces between belong to none."""
    sentences: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        start = 0
        for match in _END.finditer(line):
            if _ends_sentence(line, match):
                _add(sentences, line, position, start, match.end())
                start = match.end()
        _add(sentences, line, position, start, len(line))
        position += len(line) + 1
    return sentences


def whole_sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """(start, end) of the sentences in which text[start:end] stands, itself where it is in none."""
    touched = [(first, last) for first, last in split_sentences(text) if first < end and last > start]
    return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)


def _add(sentences: list[tuple[int, int]], line: str, offset: int, start: int, end: int) -> None:
    words = line[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if end > start:
        sentences.append((offset + start, offset + end))
