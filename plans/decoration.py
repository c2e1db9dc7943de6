"""A frozen section's HTML with a control at every sentence and marks on the words that comments quote. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import pairwise

# What plans/plaintext.py writes; its text holds no tag.
_FRAGMENT = re.compile(
    r'<span class="sentence" data-sentence="(\d+)" data-start="(\d+)" data-end="(\d+)">([^<]*)</span>'
)


@dataclass(frozen=True)
class Mark:
    """Words from `start` to `end` of the plain text that the comment at `target` (an element's id) quotes."""

    start: int
    end: int
    target: str
    sure: bool = True


def decorate(html: str, marks: Sequence[Mark], sentence_id: Callable[[int], str], control: Callable[[int], str]) -> str:
    """`sentence_id(n)` names a sentence's element, `control(n)` is the HTML behind its last words."""
    fragments = list(_FRAGMENT.finditer(html))
    last_of = {int(match.group(1)): match.start() for match in fragments}
    named: set[int] = set()

    def rewrite(match: re.Match[str]) -> str:
        number, start, end = (int(match.group(group)) for group in (1, 2, 3))
        identity = "" if number in named else f' id="{sentence_id(number)}"'
        named.add(number)
        words = _marked(unescape(match.group(4)), start, end, marks)
        behind = control(number) if last_of[number] == match.start() else ""
        return f'<span class="sentence"{identity} data-start="{start}">{words}{behind}</span>'

    return _FRAGMENT.sub(rewrite, html)


def _marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Escaped text in which marked words link to the first comment that quotes them."""
    edges = {start, end}
    for marked in marks:
        edges.update(edge for edge in (marked.start, marked.end) if start < edge < end)
    ordered = sorted(edges)
    parts = []
    for first, last in pairwise(ordered):
        words = escape(text[first - start : last - start], quote=False)
        mark = next((found for found in marks if found.start <= first and last <= found.end), None)
        if mark:
            words = f'<a class="commented{"" if mark.sure else " commented--check"}" href="#{mark.target}">{words}</a>'
        parts.append(words)
    return "".join(parts)
