"""Propose other words for a sentence or a section."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from common.text import LONGEST_TEXT
from forum.actions import PostError, PostTooLongError
from members.models import User
from plans.actions.comment_on_section import comment_on_section
from plans.models import PlanVersion, Section, SectionText, Suggestion
from plans.permissions import can_suggest
from plans.text.rewording import tidy


class SameWordsError(PostError):
    """What is proposed are the words as they stand."""


@transaction.atomic
def suggest_words(
    *, author: User, section: Section, version: PlanVersion, words: str, exact: str = "", **comment: Any
) -> Suggestion:
    """A comment that proposes `words` in place of `exact`, or of the section's whole text; no words strike it out.

    A suggestion gives its reason: the comment's `body`. `comment` is what `comment_on_section` takes besides. Raises what it
    raises, and SameWordsError.
    """
    words = tidy(words)
    if len(words) > LONGEST_TEXT:
        raise PostTooLongError
    quoted = exact or SectionText.objects.get(version=version, section=section).text
    if words == tidy(quoted):
        raise SameWordsError
    post = comment_on_section(
        author=author, section=section, version=version, exact=exact, alike=Q(suggestion__words=words), **comment
    )
    if not can_suggest(author, section.plan):  # as it is behind the lock that the comment has taken
        raise PermissionDenied
    return Suggestion.objects.create(post=post, words=words)
