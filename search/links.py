"""Writes of links between discussions and plan sections."""

from collections.abc import Iterable

from django.db import transaction

from members.models import User
from search.models import Link


@transaction.atomic
def set_citations(*, cited_in: str, discussion_key: str, section_keys: Iterable[str], by: User | None) -> None:
    """Make the links that one post's text cites be exactly `section_keys`; earlier ones of that post go."""
    wanted = set(section_keys)
    kept = Link.objects.filter(cited_in=cited_in, discussion_key=discussion_key, section_key__in=wanted)
    Link.objects.filter(cited_in=cited_in).exclude(pk__in=kept.values("pk")).delete()
    missing = wanted - set(kept.values_list("section_key", flat=True))
    Link.objects.bulk_create(
        Link(section_key=key, discussion_key=discussion_key, cited_in=cited_in, created_by=by)
        for key in sorted(missing)
    )
