"""The passage of a text that answers a query best, with its matching words. Pure Python; the caller escapes."""

from collections.abc import Sequence
from typing import NamedTuple

from search.turkish import placed_terms, query_terms, tokens, word_grams

Segment = tuple[str, bool]


class Match(NamedTuple):
    """text[start:end] matches the query's term of this number."""

    start: int
    end: int
    number: int


_LONGEST_TEXT = 200_000  # characters looked at
_CLOSE = 0.6  # share of a word's pieces that a form must have which the stems do not find
_SHORTEST_CLOSE = 5


def highlight(query: str, text: str, length: int = 200, lang: str = "tr") -> list[Segment]:
    """[(fragment, whether it matches)] of about `length` characters around the best passage, "…" where it is cut.

    `lang` is the text's: "tr", "en", or "" for both. The fragments are in the text's spelling. Without a match it is the
    text's beginning.
    """
    matches = _matches(query, text[:_LONGEST_TEXT], lang)
    start, end = _passage(text, matches, length)
    segments: list[Segment] = [("… ", False)] if start else []
    place = start
    for match in matches:
        if place <= match.start and match.end <= end:
            segments += [(text[place : match.start], False), (text[match.start : match.end], True)]
            place = match.end
    segments.append((text[place:end] + (" …" if end < len(text) else ""), False))
    return [segment for segment in segments if segment[0]]


def best_of(query: str, text: str, spans: Sequence[tuple[int, int]], lang: str) -> int | None:
    """The number of the span (start, end) of the text with the most different words of the query, then the most words; None
    where none has any."""
    matches = _matches(query, text[:_LONGEST_TEXT], lang)

    def value(span: tuple[int, int]) -> tuple[int, int]:
        inside = [match.number for match in matches if span[0] <= match.start and match.end <= span[1]]
        return len(set(inside)), len(inside)

    values = [value(span) for span in spans]
    best = max(values, default=(0, 0))
    return values.index(best) if best[0] else None


def _matches(query: str, text: str, lang: str) -> list[Match]:
    wanted = query_terms(query)
    number_of = {term: number for number, some in enumerate(wanted) for term in some.terms}
    matches: list[Match] = []
    for term, start, end in placed_terms(text, lang):
        if term in number_of and (not matches or start >= matches[-1].end):
            matches.append(Match(start, end, number_of[term]))
    missing = set(range(len(wanted))) - {match.number for match in matches}
    if missing:
        matches += _close_matches(text, {number: wanted[number].word for number in missing}, matches)
    return sorted(matches)


def _close_matches(text: str, missing: dict[int, str], matches: Sequence[Match]) -> list[Match]:
    """For words that are nowhere in the text: what looks much like them, since it may have found the text."""
    taken = {match.start for match in matches}
    pieces_of = {number: word_grams(word) for number, word in missing.items() if len(word) >= _SHORTEST_CLOSE}
    close: dict[int, Match] = {}
    for start, end, word in tokens(text):
        for number, pieces in pieces_of.items():
            if start not in taken and len(pieces & word_grams(word)) >= _CLOSE * len(pieces):
                close[start] = Match(start, end, number)
    return list(close.values())


def _passage(text: str, matches: Sequence[Match], length: int) -> tuple[int, int]:
    """Start and end of the passage with most of the query's words, at word boundaries."""
    if len(text) <= length:
        return 0, len(text)
    start = max(0, _best_start(matches, length) - length // 5)
    start = min(start, len(text) - length)
    if start:
        space = text.find(" ", start, start + length // 5)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", start + length // 2, end + 1)
        end = space if space >= 0 else end
    return start, end


def _best_start(matches: Sequence[Match], length: int) -> int:
    """Where the passage begins that holds the most different words, then the most words, of the query."""
    best, best_start, last = (0, 0), 0, 0
    for first, match in enumerate(matches):
        while last < len(matches) and matches[last].end <= match.start + length * 4 // 5:
            last += 1
        inside = [other.number for other in matches[first:last]]
        value = (len(set(inside)), len(inside))
        if value > best:
            best, best_start = value, match.start
    return best_start
