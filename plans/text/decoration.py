"""A frozen section's HTML with a control at every sentence and marks on the words that comments quote. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import pairwise

# What plans/text/plaintext.py writes; its text holds no tag.
_SENTENCE = r'<span class="sentence"(?P<attributes>[^>]*)>(?P<text>[^<]*)</span>'
_FRAGMENT = re.compile(_SENTENCE)
_LINK_OR_FRAGMENT = re.compile(rf"(?P<link><a\b[^>]*>)|(?P<end></a>)|{_SENTENCE}")
_PLACE = re.compile(r'data-(sentence|start|end)="(\d+)"')


@dataclass(frozen=True)
class Mark:
    """Words from `start` to `end` of the plain text that the comment at `address` quotes; `verdict` is the anchor's."""

    start: int
    end: int
    address: str
    verdict: str = ""

    @property
    def css_class(self) -> str:
        return f"commented commented--{self.verdict}" if self.verdict in ("edited", "check") else "commented"


def _place(match: re.Match[str]) -> tuple[int, int, int]:
    """(sentence's number, start, end) of a fragment."""
    found = {name: int(value) for name, value in _PLACE.findall(match["attributes"])}
    return found["sentence"], found["start"], found["end"]


def sentence_spans(html: str) -> dict[int, tuple[int, int]]:
    """Each sentence's (start, end) in the plain text, as the HTML was frozen, whatever today's rules would say."""
    spans: dict[int, tuple[int, int]] = {}
    for match in _FRAGMENT.finditer(html):
        number, start, end = _place(match)
        first, last = spans.get(number, (start, end))
        spans[number] = min(first, start), max(last, end)
    return spans


def sentences_at(html: str, positions: Iterable[int]) -> set[int]:
    """The numbers of the sentences in which the positions stand, or of the first ones behind them."""
    spans = sentence_spans(html)
    found = (next((number for number, (_start, end) in spans.items() if at < end), None) for at in positions)
    return {number for number in found if number is not None}


def sentence_at(html: str, position: int) -> int | None:
    """The number of the sentence in which the position stands, or of the first one behind it."""
    return next(iter(sentences_at(html, [position])), None)


def decorate(
    html: str,
    marks: Sequence[Mark],
    sentence_id: Callable[[int], str],
    control: Callable[[int], str],
    is_found: Callable[[int], bool] = lambda number: False,
) -> str:
    """`sentence_id(n)` names a sentence's element ("" leaves it without a name), `control(n)` is the HTML behind its last
    words; all fragments of a sentence that `is_found(n)` are marked as such."""
    return _Decorator(html, marks, sentence_id, control, is_found).decorated()


class _Decorator:
    """Goes through the HTML once. No link is put inside a link of the text: browsers would tear both apart."""

    def __init__(
        self,
        html: str,
        marks: Sequence[Mark],
        sentence_id: Callable[[int], str],
        control: Callable[[int], str],
        is_found: Callable[[int], bool],
    ) -> None:
        self.html, self.marks = html, marks
        self.sentence_id, self.control, self.is_found = sentence_id, control, is_found
        self.last_of = {_place(match)[0]: match.start() for match in _FRAGMENT.finditer(html)}
        self.named: set[int] = set()
        self.end = -1  # of the fragment before
        self.in_link = False
        self.due = ""  # the controls that wait for the end of a link

    def decorated(self) -> str:
        return _LINK_OR_FRAGMENT.sub(self._rewrite, self.html) + self.due

    def _rewrite(self, match: re.Match[str]) -> str:
        if match["link"]:
            self.in_link = True
            return match[0]
        if match["end"]:
            due, self.due, self.in_link = self.due, "", False
            return match[0] + due
        return self._fragment(match)

    def _fragment(self, match: re.Match[str]) -> str:
        number, start, end = _place(match)
        name = "" if number in self.named else self.sentence_id(number)
        self.named.add(number)
        identity = f' id="{name}"' if name else ""
        words = self._marked(unescape(match["text"]), start, end)
        behind = self.control(number) if self.last_of[number] == match.start() else ""
        if self.in_link:
            self.due, behind = self.due + behind, ""
        # Nearly every fragment follows the one before after one character; js/plan-comments.js counts on.
        place = "" if start == self.end + 1 else f' data-start="{start}"'
        self.end = end
        found = " sentence--found" if self.is_found(number) else ""
        return f'<span class="sentence{found}"{identity}{place}>{words}{behind}</span>'

    def _marked(self, text: str, start: int, end: int) -> str:
        """Escaped text in which marked words link to the first comment that quotes them."""
        edges = {start, end}
        for mark in self.marks:
            edges.update(edge for edge in (mark.start, mark.end) if start < edge < end)
        parts = []
        for first, last in pairwise(sorted(edges)):
            words = escape(text[first - start : last - start], quote=False)
            found = next((mark for mark in self.marks if mark.start <= first and last <= mark.end), None)
            parts.append(self._link(words, found) if found else words)
        return "".join(parts)

    def _link(self, words: str, mark: Mark) -> str:
        if self.in_link:
            return f'<mark class="{mark.css_class}">{words}</mark>'
        return f'<a class="{mark.css_class}" href="{mark.address}">{words}</a>'
