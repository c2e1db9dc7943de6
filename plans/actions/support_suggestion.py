"""Stand behind a suggestion, or no longer."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from forum.models import Post
from members.models import User
from plans.models import Suggestion, Support
from plans.permissions import can_support


@transaction.atomic
def support_suggestion(*, by: User, suggestion: Suggestion, wanted: bool) -> None:
    """The person supports the suggestion, or does not: it counts once, however often it is said. Raises PermissionDenied."""
    # A post that is being removed or hidden is waited for: afterwards nobody supports it any more.
    post = Post.objects.select_for_update(of=("self",)).get(pk=suggestion.post_id)
    suggestion = Suggestion.objects.select_related("post__quote__section__plan").get(post=post)
    if not can_support(by, suggestion):
        raise PermissionDenied
    if wanted:
        Support.objects.get_or_create(suggestion=suggestion, user=by)
    else:
        Support.objects.filter(suggestion=suggestion, user=by).delete()
