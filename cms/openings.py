"""What a new city begins with. Each app registers its own step, so that `open_city` knows none of them."""

from typing import Protocol

from members.models import City, User


class Opening(Protocol):
    """An action of an app; done twice, it changes nothing."""

    def __call__(self, *, by: User, city: City) -> object: ...


openings: list[Opening] = []
