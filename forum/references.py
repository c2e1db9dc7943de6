"""`§2.3` in a post. The app that has sections registers how to find one; the forum only knows the sign."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from members.models import City

SIGN = re.compile(r"§\s?\d+(?:\.\d+)*")


@dataclass(frozen=True)
class Reference:
    """What a sign stands for: the document key of the section and an address without language prefix."""

    key: str
    url: str


Resolver = Callable[[City, str], Reference | None]
_resolvers: list[Resolver] = []


def register(resolver: Resolver) -> None:
    """`resolver(city, "2.3")` gives a Reference, or None where the city's plan has no such section."""
    _resolvers.append(resolver)


def find_references(body: str, city: City | None) -> dict[str, Reference]:
    """The signs in a text that stand for something: `{"§2.3": Reference}`."""
    found: dict[str, Reference] = {}
    if city is None:
        return found
    for sign in set(SIGN.findall(body)):
        number = sign.lstrip("§").strip()
        for resolver in _resolvers:
            if reference := resolver(city, number):
                found[sign] = reference
                break
    return found
