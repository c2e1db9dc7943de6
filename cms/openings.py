"""What a new city begins with. Each app registers its own step, so that `open_city` knows none of them."""

from collections.abc import Iterable
from typing import Protocol

from members.models import City, User


class Opening(Protocol):
    """An action of an app; done twice, it changes nothing."""

    def __call__(self, *, by: User, city: City) -> object: ...


_openings: list[Opening] = []


def register(opening: Opening) -> None:
    """Add a step; the steps are taken in the order of their registration. Raises ValueError when it has been added."""
    if opening in _openings:
        raise ValueError(f"{opening!r} is registered twice as an opening of cities")
    _openings.append(opening)


def openings() -> Iterable[Opening]:
    return tuple(_openings)
