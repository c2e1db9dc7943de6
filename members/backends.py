"""Who signs in, and to whom a session belongs."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from members.models import User


class MemberBackend(AuthenticationBackend):
    """By e-mail address and password, as allauth does it. The person of a request comes with their roles: nearly every page
    asks for them."""

    def get_user(self, user_id: int) -> User | None:
        """Nobody who has been deactivated. One query."""
        person = User.objects.read_with_roles(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
