"""The best passage of a text for a query, and which of its words are hits. Pure: no Django."""

from __future__ import annotations

from search.turkish import Token, index_terms, query_terms, tokens

Segment = tuple[str, bool]


def _hits(query: str, text: str) -> list[Token]:
    wanted = {term for terms in query_terms(query) for term in terms}
    return [token for token in tokens(text) if wanted.intersection(index_terms(text[token.start : token.end]))]


def _best_start(hits: list[Token], length: int) -> int:
    """The place from which `length` characters hold the most different hits."""
    best, start = 0, 0
    for first in hits:
        inside = {hit.word for hit in hits if first.start <= hit.start and hit.end <= first.start + length}
        if len(inside) > best:
            best, start = len(inside), first.start
    return start


def highlight(query: str, text: str, length: int = 200) -> list[Segment]:
    """(part, is a hit) in the text's own spelling; about `length` characters around the best passage, "…" where it is cut.

    The caller escapes the parts.
    """
    hits = _hits(query, text)
    start, end = 0, len(text)
    if len(text) > length:
        start = max(0, _best_start(hits, length) - length // 5) if hits else 0
        start = text.find(" ", start) + 1 if start else 0
        end = min(len(text), start + length)
        end = text.rfind(" ", start, end) if end < len(text) and " " in text[start:end] else end
    segments: list[Segment] = [("… ", False)] if start else []
    position = start
    for hit in hits:
        if hit.start >= position and hit.end <= end:
            segments += [(text[position : hit.start], False), (text[hit.start : hit.end], True)]
            position = hit.end
    segments.append((text[position:end] + (" …" if end < len(text) else ""), False))
    return [segment for segment in segments if segment[0]]
