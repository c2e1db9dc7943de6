"""Other words in a section's draft. Pure: no Django.

A section is drafted as a raw block (rich text, tables, fields, footnotes). What people quote is its plain text, as
plans/rendering.py and plans/text/plaintext.py make it of that. Here every character of the plain text knows the characters
of the draft that it comes from, so that words can be replaced where they stand: what is put in is text, never markup, and of
the tags only those go that are left without words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from plans.docx.kinds import FIELD_WORDS
from plans.text.differences import Edit, edits_between
from plans.text.plaintext import BLOCKS, CONTAINERS

Block = dict[str, Any]
Span = tuple[int, int]

_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)\b[^>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|.", re.DOTALL)
_TAG = re.compile(r"<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)\b[^>]*>")
_RAISED = re.compile(r"<sup\b[^>]*>([0-9]+)</sup>")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BREAKING = BLOCKS | CONTAINERS
_EMPTY_INLINE = re.compile(r"<(a|b|strong|i|em|sup|sub|s|u|code)\b[^>]*></\1>")
_EMPTY_BLOCK = re.compile(r"<(p|li|h[2-6]|ul|ol|blockquote)\b[^>]*>(?:\s|<br/?>)*</\1>")


class ByHandError(ValueError):
    """Words that cannot be put in without guessing at the draft's form: an editor does it."""


@dataclass(frozen=True)
class Character:
    """A character of the plain text and the spans of the source that it comes from; none where only markup made it."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Leaf:
    """A string of a draft: where it stands in the block's value, itself, whether it is rich text, and the words (`before`)
    that are shown before it."""

    path: tuple[str | int, ...]
    source: str
    is_rich: bool = False
    before: str = ""

    def characters(self) -> list[Character]:
        """Its plain text."""
        tokens = _rich_tokens(self.source) if self.is_rich else _plain_tokens(self.source)
        return [*map(Character, self.before), *_collapsed(tokens)]


def _plain_tokens(source: str) -> Iterator[tuple[str, Span | None]]:
    for place, character in enumerate(source):
        yield character, (place, place + 1)


def _rich_tokens(source: str) -> Iterator[tuple[str, Span | None]]:
    """Characters with their spans; for a tag that ends a block "\\n", for a line break " ", both without a span."""
    raised = {place for match in _RAISED.finditer(source) for place in range(*match.span(1))}
    for match in _TOKEN.finditer(source):
        if match["tag"]:
            tag = match["tag"].lower()
            if tag in _BREAKING or tag == "br":
                yield "\n" if tag in _BREAKING else " ", None
            continue
        for character in unescape(match[0]):
            yield character.translate(_SUPERSCRIPTS) if match.start() in raised else character, match.span()


def _collapsed(tokens: Iterable[tuple[str, Span | None]]) -> Iterator[Character]:
    """As plans/text/plaintext.py collapses white space: "\\n" between blocks, one space elsewhere, none at the ends."""
    separator, spaces, is_first = "", list[Span](), True
    for text, span in tokens:
        if span is None or text.isspace():
            separator = "\n" if span is None and text == "\n" else separator or " "
            spaces += [span] if span else []
            continue
        if separator and not is_first:
            yield Character(separator, tuple(spaces) if separator == " " else ())
        yield Character(text, (span,))
        separator, spaces, is_first = "", [], False


def leaves_of(block: Block) -> list[Leaf]:
    """The strings of a raw section block that its plain text consists of, in the order in which it is rendered."""
    value = block["value"]
    leaves: list[Leaf] = []
    for index, part in enumerate(value.get("body") or []):
        path = ("body", index, "value")
        if part["type"] == "table":
            leaves += _table_leaves(path, part["value"])
        else:
            leaves.append(Leaf(path, part["value"] or "", is_rich=True))
    leaves += [Leaf((name,), value[name], before=f"{word}: ") for word, name in FIELD_WORDS.items() if value.get(name)]
    for index, note in enumerate(value.get("footnotes") or []):
        leaves.append(Leaf(("footnotes", index, "value"), note["value"], before="" if note["value"].strip() else "—"))
    return leaves


def _table_leaves(path: tuple[str | int, ...], table: dict[str, Any]) -> Iterator[Leaf]:
    if table.get("table_caption"):
        yield Leaf((*path, "table_caption"), table["table_caption"])
    for number, row in enumerate(table.get("data") or []):
        for column, cell in enumerate(row):
            yield Leaf((*path, "data", number, column), cell or "")


def plain_text_of(block: Block) -> str:
    """The plain text of a raw section block."""
    texts = ("".join(character.text for character in leaf.characters()) for leaf in leaves_of(block))
    return "\n".join(text for text in texts if text)


def replace_words(block: Block, start: int, end: int, words: str) -> Block:
    """A raw section block like this one, whose plain text has `words` in place of those from `start` to `end`.

    Lines stand for blocks: as many as there were, or no words at all, which strikes them out. Only words that differ are
    touched. Raises ByHandError.
    """
    text = plain_text_of(block)
    old = text[start:end].split("\n")
    new = words.split("\n") if words else [""] * len(old)
    if len(old) != len(new):
        raise ByHandError
    changed = deepcopy(block)
    _reword_leaves(block, changed["value"], list(_line_edits(old, new, start)))
    if plain_text_of(changed) != tidy(text[:start] + "\n".join(new) + text[end:]):
        raise ByHandError
    return changed


def tidy(text: str) -> str:
    """One space between words, no line without any."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _line_edits(old: Sequence[str], new: Sequence[str], start: int) -> Iterator[Edit]:
    for before, after in zip(old, new, strict=True):
        for edit in edits_between(before, after):
            yield Edit(start + edit.start, start + edit.end, edit.words)
        start += len(before) + 1


def _reword_leaves(block: Block, value: dict[str, Any], edits: Sequence[Edit]) -> None:
    """Make the edits, which count the characters of the block's plain text, in a copy of its value."""
    position = 0
    for leaf in leaves_of(block):
        characters = leaf.characters()
        if not characters:
            continue
        length = len(characters)
        inside = [edit for edit in edits if position <= edit.start and edit.end <= position + length]
        own = [Edit(edit.start - position, edit.end - position, edit.words) for edit in inside]
        if own:
            _put(value, leaf.path, _reworded(leaf, characters, own))
        position += length + 1
    # A text without any words left could not be saved in the editor.
    body = zip(block["value"].get("body") or [], value.get("body") or [], strict=True)
    value["body"] = [after for before, after in body if after["value"] or not before["value"]]


def _put(value: Any, path: Sequence[str | int], text: str) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = text


def _reworded(leaf: Leaf, characters: Sequence[Character], edits: Sequence[Edit]) -> str:
    """The leaf's source with the edits, which count its characters."""
    changes: set[tuple[int, int, str]] = set()
    for edit in edits:
        touched = characters[edit.start : edit.end]
        if any(not one.spans and not one.text.isspace() for one in touched):
            raise ByHandError  # words that the rendering adds: "Sorumlu:"
        spans = [span for one in touched for span in one.spans]
        place = _lowered(leaf.source, spans[0][0]) if spans else _place_between(leaf.source, characters, edit.start)
        changes.add((place, place, escape(edit.words, quote=False) if leaf.is_rich else edit.words))
        changes.update((first, last, "") for first, last in spans)
    source = leaf.source
    for first, last, text in sorted(changes, reverse=True):
        source = source[:first] + text + source[last:]
    return _without_empty_tags(leaf, source) if leaf.is_rich else source


def _lowered(source: str, place: int) -> int:
    """The same place; before a raised number where it is in one: what replaces the number is not raised."""
    inside = (match.start() for match in _RAISED.finditer(source) if match.start() < place < match.end())
    return next(inside, place)


def _place_between(source: str, characters: Sequence[Character], position: int) -> int:
    """Where in the source to put words that come before the character at `position`: right beside a character of its block,
    outside of the inline markup that begins or ends there."""
    before = characters[position - 1].spans if position else ()
    behind = characters[position].spans if position < len(characters) else ()
    if before:
        return _outermost(before[-1][1], {tag.start(): tag for tag in _inline_tags(source)}, 1)
    if behind:
        return _outermost(behind[0][0], {tag.end(): tag for tag in _inline_tags(source)}, -1)
    raise ByHandError


def _inline_tags(source: str) -> Iterator[re.Match[str]]:
    return (tag for tag in _TAG.finditer(source) if tag["tag"].lower() not in _BREAKING | {"br"})


def _outermost(place: int, tags: dict[int, re.Match[str]], step: int) -> int:
    """The place, or one behind (`step` 1) or before (-1) the tags that join on to it, where the fewest tags are open."""
    best, depth, lowest = place, 0, 0
    while tag := tags.get(place):
        place = tag.end() if step == 1 else tag.start()
        depth += -step if tag["end"] else step
        if depth < lowest:
            best, lowest = place, depth
    return best


def _without_empty_tags(leaf: Leaf, source: str) -> str:
    """Markup that lost all its words goes; a paragraph or list item only where the edits emptied it."""
    source = _until_stable(_EMPTY_INLINE, source)
    changed = Leaf(leaf.path, source, is_rich=True)
    lost_lines = _line_count(changed) < _line_count(leaf)
    return _until_stable(_EMPTY_BLOCK, source) if lost_lines else source


def _line_count(leaf: Leaf) -> int:
    characters = leaf.characters()
    return bool(characters) + sum(one.text == "\n" for one in characters)


def _until_stable(pattern: re.Pattern[str], source: str) -> str:
    while (shorter := pattern.sub("", source)) != source:
        source = shorter
    return source
