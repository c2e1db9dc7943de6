"""What a comment is about, as the address of its form says."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from common.addresses import read_key
from plans.anchoring import locate
from plans.models import SectionText
from plans.text.decoration import sentence_spans

LONGEST_QUOTE = 2_000
LONGEST_CONTEXT = 80


class QuoteNotFoundError(ValueError):
    """The quoted words do not stand in the section's text of that version."""


@dataclass(frozen=True)
class AskedQuote:
    """Words of a section's text and their place in it; without words, the whole section."""

    exact: str = ""
    start: int = 0


def locate_words(
    text: SectionText, exact: str, *, prefix: str = "", suffix: str = "", start: int = 0
) -> tuple[int, int]:
    """(start, end) of the words in the section's text, of all of it where there are none. Raises QuoteNotFoundError."""
    if not exact:
        return 0, len(text.text)
    place = locate(exact, prefix, suffix, start, text.text)
    if place is None:
        raise QuoteNotFoundError
    return place


def read_quote(parameters: QueryDict, text: SectionText) -> AskedQuote | None:
    """The words of the sentence `cumle`, or `exact` where `prefix`, `suffix` and `start` say. None where the section has no
    such sentence or words."""
    if "cumle" in parameters:
        return quote_sentence(text, read_key(parameters.get("cumle", "")))
    exact = parameters.get("exact", "").strip()
    if not exact:
        return AskedQuote()
    if len(exact) > LONGEST_QUOTE:
        return None
    prefix, suffix = parameters.get("prefix", "")[-LONGEST_CONTEXT:], parameters.get("suffix", "")[:LONGEST_CONTEXT]
    place = locate(exact, prefix, suffix, read_key(parameters.get("start", "")) or 0, text.text)
    return _words(text, *place) if place else None


def quote_sentence(text: SectionText, number: int | None) -> AskedQuote | None:
    """The words of the section's sentence of that number, None where it has none."""
    span = sentence_spans(text.html).get(number) if number is not None else None
    return _words(text, *span) if span else None


def _words(text: SectionText, start: int, end: int) -> AskedQuote:
    """Whole words: a finger on a small screen often misses their ends."""
    while start > 0 and text.text[start - 1].isalnum() and text.text[start].isalnum():
        start -= 1
    while end < len(text.text) and text.text[end - 1].isalnum() and text.text[end].isalnum():
        end += 1
    return AskedQuote(exact=text.text[start:end], start=start)
