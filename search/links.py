"""Writes of links between discussions and plan sections."""

from collections.abc import Mapping

from django.db import transaction

from members.models import User
from search.models import Link


@transaction.atomic
def set_citations(*, cited_in: str, discussion_key: str, cited: Mapping[str, str], by: User | None) -> None:
    """Make the links of one post's text be exactly `cited`: a section's number as written → the section's key."""
    Link.objects.filter(cited_in=cited_in).exclude(cited_as__in=cited).delete()
    kept = set(Link.objects.filter(cited_in=cited_in).values_list("cited_as", flat=True))
    Link.objects.bulk_create(
        Link(section_key=key, discussion_key=discussion_key, cited_in=cited_in, cited_as=number, created_by=by)
        for number, key in sorted(cited.items())
        if number not in kept
    )


def move_citations(*, cited_in: str, discussion_key: str) -> None:
    """What a post's text cites belongs to this discussion from now on; with "", to none."""
    Link.objects.filter(cited_in=cited_in).update(discussion_key=discussion_key)


def citations_in(document_key: str) -> dict[str, str]:
    """What a post's text cites: a section's number as written → the section's key."""
    return dict(Link.objects.filter(cited_in=document_key).values_list("cited_as", "section_key"))
