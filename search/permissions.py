"""Who may propose links between discussions and plan sections, who decides about them, and who may save a search."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from members.models import City, Role, User
from members.permissions import Person, is_signed_in
from search.models import SavedSearch
from search.registry import Content


def can_propose_link(person: Person) -> bool:
    """Everybody with an account, between what they can read."""
    return is_signed_in(person)


@dataclass(frozen=True)
class LinkRights:
    """What a person may decide, asked once for many links. At most two queries."""

    person: Person

    @cached_property
    def _edited(self) -> frozenset[str]:
        return self._cities(Role.EDITOR)

    @cached_property
    def _moderated(self) -> frozenset[str]:
        return self._cities(Role.MODERATOR)

    def _cities(self, role: Role) -> frozenset[str]:
        if not isinstance(self.person, User):
            return frozenset()
        return frozenset(City.objects.with_role(self.person, role).values_list("slug", flat=True))

    def may_decide(self, section: Content, discussion: Content) -> bool:
        """The editors of the section's city, and the editors and moderators of the discussion's."""
        about = {content.city.slug for content in (section, discussion) if content.city}
        of_discussion = discussion.city.slug if discussion.city else ""
        return bool(about & self._edited) or of_discussion in self._moderated


def can_decide_link(person: Person, section: Content, discussion: Content) -> bool:
    return LinkRights(person).may_decide(section, discussion)


def can_save_search(person: Person) -> bool:
    """Everybody with an account."""
    return is_signed_in(person)


def can_remove_saved_search(person: Person, saved: SavedSearch) -> bool:
    """Their own."""
    return is_signed_in(person) and saved.user_id == person.pk
