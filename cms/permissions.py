"""Who may do what with the platform's cities."""

from members.models import User
from members.permissions import Person


def can_open_city(user: Person) -> bool:
    """Administrators of all cities."""
    return isinstance(user, User) and user.is_superuser
