"""Comment on a section of a plan, or on words in it."""

from django.db import transaction
from django.db.models import Q

from forum.actions import post_comment
from forum.models import Post
from members.models import Organisation, User
from plans.anchors import CONTEXT, Follower, anchors_of, texts_by_key
from plans.models import Anchor, PlanPage, PlanVersion, Quote, Section, SectionText
from plans.quoting import locate_words

PROPOSES_NOTHING = Q(suggestion__isnull=True)


@transaction.atomic
def comment_on_section(
    *,
    author: User,
    section: Section,
    version: PlanVersion,
    body: str,
    exact: str = "",
    prefix: str = "",
    suffix: str = "",
    start: int = 0,
    organisation: Organisation | None = None,
    alike: Q = PROPOSES_NOTHING,
) -> Post:
    """A comment on the section as it stands in `version`, on the words `exact` or (without) on the whole.

    The words are found again on the server, whatever the browser said of their place. `alike`: which comments on the same
    words it could be a repetition of. Raises PermissionDenied, PostError, QuoteNotFoundError, or SectionText.DoesNotExist
    where the version has no such section.
    """
    # A version that is being published does not see this comment yet, nor this comment that version: without waiting for
    # each other (`publish_version` holds the same row) the comment would have no place in it. Whether the plan takes comments
    # is asked of the row as it is now: a phase may have begun since the person's page was read.
    section.plan = PlanPage.objects.select_for_update(of=("self",)).select_related("city").get(pk=section.plan_id)
    text = SectionText.objects.get(version=version, section=section)
    begin, end = locate_words(text, exact, prefix=prefix, suffix=suffix, start=start)
    start = begin if exact else 0
    same_words = Post.objects.filter(alike, quote__section=section, quote__exact=exact, quote__start=start)
    post = post_comment(author=author, target=section, body=body, organisation=organisation, among=same_words)
    quote = Quote.objects.create(
        post=post,
        section=section,
        version=version,
        exact=exact,
        prefix=text.text[max(0, begin - CONTEXT) : begin] if exact else "",
        suffix=text.text[end : end + CONTEXT] if exact else "",
        start=start,
    )
    Anchor.objects.create(
        quote=quote, version=version, verdict=Anchor.Verdict.SAME, section=section, start=begin, end=end
    )
    _carry_to_newer_versions(quote)
    return post


def _carry_to_newer_versions(quote: Quote) -> None:
    """A comment written on an older version stands in the newer ones as well, as if it had been there already."""
    section_pks = dict(quote.section.plan.identities.values_list("key", "pk"))
    newest = None
    for newer in quote.section.plan.versions.filter(number__gt=quote.version.number).order_by("number"):
        placement = Follower(texts_by_key(newer)).follow(quote, newest)
        [newest] = Anchor.objects.bulk_create(anchors_of([placement], newer, section_pks))
