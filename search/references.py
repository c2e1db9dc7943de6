"""`§2.3` in a text, or a section's address pasted into it. The app that has sections registers how to find one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from members.models import City

SIGN = re.compile(r"§\s?(\d{1,3}(?:\.\d{1,3})*)")
NUMBER = re.compile(r"(?:§\s?)?(\d{1,3}(?:\.\d{1,3})*)")
ADDRESS = re.compile(r"(?<![\w/])(?:https?://[^\s/<>\"]{1,100})?/[^\s<>\"'()\[\]]{1,300}")


@dataclass(frozen=True)
class Reference:
    """What a sign stands for: the number in it, the document key of the section, an address without language prefix. Of an
    address (`is_address`), the number that the section has now."""

    number: str
    key: str
    url: str
    is_address: bool = False

    @property
    def cited_as(self) -> str:
        """What tells it from the text's other references: the number, of an address the section itself."""
        return f"#{self.key.partition(':')[2]}" if self.is_address else self.number


@dataclass(frozen=True)
class Resolver:
    """`by_number(city, "2.3")` gives (key, address) of the section that has this number now, `by_key` the address of one
    that was found before, `by_address("https://…")` what an address leads to; None where there is no such section."""

    by_number: Callable[[City, str], tuple[str, str] | None]
    by_key: Callable[[str], str | None]
    by_address: Callable[[str], Reference | None]


_resolvers: list[Resolver] = []


def register(resolver: Resolver) -> None:
    """Add a way to find what a sign means. Raises ValueError when it has been added."""
    if resolver in _resolvers:
        raise ValueError("this resolver of references is registered twice")
    _resolvers.append(resolver)


def find_references(
    body: str, city: City | None, known: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Reference]:
    """The signs in a text that stand for something: `{"§2.3": Reference}`; and the addresses of sections.

    `known` (number → key) is what the text cited before it was edited: those signs go on meaning the same sections,
    whatever numbers these have now.
    """
    found: dict[str, Reference] = {}
    for match in SIGN.finditer(body):
        sign, number = match[0], match[1]
        if sign not in found and (reference := _resolve(number, city, known)):
            found[sign] = reference
    for match in ADDRESS.finditer(body):
        if reference := _at(match[0]):
            found.setdefault(match[0], reference)
    return found


def _resolve(number: str, city: City | None, known: Mapping[str, str]) -> Reference | None:
    for resolver in _resolvers:
        if number in known and (url := resolver.by_key(known[number])):
            return Reference(number, known[number], url)
        if city is not None and (found := resolver.by_number(city, number)):
            return Reference(number, *found)
    return None


def _at(address: str) -> Reference | None:
    return next((found for resolver in _resolvers if (found := resolver.by_address(address))), None)


def read_reference(typed: str, city: City | None) -> Reference | None:
    """What somebody means who types "2.3", "§2.3" or a section's address. None where there is no such section."""
    typed = typed.strip()
    if ADDRESS.fullmatch(typed):
        return _at(typed)
    number = NUMBER.fullmatch(typed)
    return _resolve(number[1], city, {}) if number else None
