"""The passage of a text that answers a query best, with its matching words. Pure Python; the caller escapes."""

from collections.abc import Sequence

from search.turkish import Token, index_terms, query_terms, tokens, word_grams

Segment = tuple[str, bool]

_LONGEST_TEXT = 200_000  # characters looked at
_CLOSE = 0.6  # share of a word's pieces that a form must have which the stems do not find
_SHORTEST_CLOSE = 5


def highlight(query: str, text: str, length: int = 200) -> list[Segment]:
    """[(fragment, whether it matches)] of about `length` characters around the best passage, "…" where it is cut.

    The fragments are in the text's spelling. Without a match it is the text's beginning.
    """
    matches = _matches(query, text[:_LONGEST_TEXT])
    start, end = _passage(text, matches, length)
    segments: list[Segment] = [("… ", False)] if start else []
    place = start
    for token, _number in matches:
        if start <= token.start and token.end <= end:
            segments += [(text[place : token.start], False), (text[token.start : token.end], True)]
            place = token.end
    segments.append((text[place:end] + (" …" if end < len(text) else ""), False))
    return [segment for segment in segments if segment[0]]


def _matches(query: str, text: str) -> list[tuple[Token, int]]:
    """Matching words of a text, each with the number of the query's term that it matches."""
    wanted = query_terms(query)
    number_of = {term: number for number, some in enumerate(wanted) for term in some.terms}
    found = tokens(text)
    matches = {}
    for place, token in enumerate(found):
        for term in index_terms(token.word):
            if term in number_of:
                matches[place] = number_of[term]
    _add_phrases(found, number_of, matches)
    missing = set(range(len(wanted))) - set(matches.values())
    _add_close(found, {number: wanted[number].word for number in missing}, matches)
    return [(found[place], number) for place, number in sorted(matches.items())]


def _add_phrases(found: Sequence[Token], number_of: dict[str, int], matches: dict[int, int]) -> None:
    """Words that together are one term: "iş birliği" for "işbirliği"."""
    for place in range(len(found) - 1):
        for size in (2, 3):
            words = [token.word for token in found[place : place + size]]
            for term in set(index_terms(" ".join(words))).difference(*map(index_terms, words)):
                if term in number_of:
                    matches |= {place + at: number_of[term] for at in range(len(words))}


def _add_close(found: Sequence[Token], missing: dict[int, str], matches: dict[int, int]) -> None:
    """For words that are nowhere in the text: the ones that look much like them, since they may have found it."""
    for number, word in missing.items():
        pieces = word_grams(word)
        if len(word) < _SHORTEST_CLOSE:
            continue
        for place, token in enumerate(found):
            if place not in matches and len(pieces & word_grams(token.word)) >= _CLOSE * len(pieces):
                matches[place] = number


def _passage(text: str, matches: Sequence[tuple[Token, int]], length: int) -> tuple[int, int]:
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


def _best_start(matches: Sequence[tuple[Token, int]], length: int) -> int:
    """Where the passage begins that holds the most different words, then the most words, of the query."""
    best, best_start, last = (0, 0), 0, 0
    for first, (token, _number) in enumerate(matches):
        last = max(last, first)
        while last < len(matches) and matches[last][0].end <= token.start + length * 4 // 5:
            last += 1
        inside = [number for _token, number in matches[first:last]]
        value = (len(set(inside)), len(inside))
        if value > best:
            best, best_start = value, token.start
    return best_start
