"""The comments of a plan apart from its text: of a section (a page, or a part to put beside it), a thread, those without a
place."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from common.addresses import PAGE, address_with, page_addresses
from forum.forms import PostForm
from forum.models import Post
from forum.paging import thread_page
from forum.presenters import present_post
from forum.targets import visible_targets
from members.requests import SiteRequest, show_city
from plans.discussion import (
    Placed,
    Thread,
    answers_to,
    changes_led_to,
    place_comments,
    read_threads,
    suggestions_among,
    support_counts,
)
from plans.models import Anchor, AnswerRevision, PlanPage, PlanVersion, Quote, SectionText
from plans.permissions import CommentRights, rights_on_comments, takes_comments
from plans.phase_wording import why_closed
from plans.presenters import present_beside, present_comment, present_comments, quote_fragment
from plans.settlements import present_settlements

COMMENTS_ON_A_PAGE = 20
ORDER, BY_SUPPORT = "sira", "destek"  # the parameter and its value


def readable_text(request: SiteRequest, pk: int, number: int) -> SectionText:
    """The text of section `pk` in version `number` of its plan; 404 where the person may not read it, or for a chapter."""
    texts = SectionText.objects.visible_to(request.user).exclude(kind=SectionText.Kind.CHAPTER)
    found = texts.select_related("section", "version__plan__city")
    text = get_object_or_404(found, section_id=pk, version__number=number)
    text.section.plan = text.version.plan
    show_city(request, text.version.plan.city)
    return text


def version_address(version: PlanVersion) -> str:
    """Where a version is read: the current one at the plan's own address."""
    plan = version.plan
    return plan.get_url() if version == plan.current_version else version.get_absolute_url()


def _list_comments(
    request: SiteRequest, version: PlanVersion, comments: list[Placed], text: SectionText | None
) -> dict[str, Any]:
    """One page of comments, for the templates."""
    page = Paginator(comments, COMMENTS_ON_A_PAGE).get_page(request.GET.get(PAGE))
    rights = rights_on_comments(request.user, version.plan)
    threads = read_threads(page.object_list, request.user)
    presented = present_comments(
        page.object_list, threads, request.user, rights=rights, text=text, page=version_address(version)
    )
    return {
        "version": version,
        "comments": presented,
        **page_addresses(page, request.GET),
    }


def section_comments(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    """All comments of one section in one version, as the text goes; with `?sira=destek`, the suggestions that most people
    support come first."""
    text = readable_text(request, pk, number)
    comments = place_comments(text.version, request.user).of(text.section_id)
    counts = support_counts(comments)
    by_support = bool(counts) and request.GET.get(ORDER) == BY_SUPPORT
    if by_support:
        comments = sorted(comments, key=lambda placed: -counts.get(placed.pk, -1))
    context = {
        "text": text,
        "back": f"{version_address(text.version)}#{text.fragment}",
        "why_closed": "" if takes_comments(text.version.plan) else why_closed(text.version.plan),
        "orders": _orders(request, by_support=by_support) if counts else [],
    }
    return render(
        request, "plans/section_comments.html", context | _list_comments(request, text.version, comments, text)
    )


def comments_beside(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    """The first comments of one section as they stand beside its text: loaded into the reading page when asked for."""
    text = readable_text(request, pk, number)
    places = place_comments(text.version, request.user)
    places.opened = text.section_id
    threads = read_threads(places.beside(text.section_id), request.user)
    rights = rights_on_comments(request.user, text.version.plan)
    section = present_beside(places, threads, request.user, rights=rights, text=text)
    return render(request, "components/comments_beside.html", {"section": section, "is_open": True})


def _orders(request: SiteRequest, *, by_support: bool) -> list[dict[str, Any]]:
    """`[{label, url, selected}]`, for the template."""
    orders = [("", _("as the text goes")), (BY_SUPPORT, _("most supported suggestions first"))]
    return [
        {
            "label": label,
            "url": address_with(request.GET, ORDER, value),
            "selected": by_support == (value == BY_SUPPORT),
        }
        for value, label in orders
    ]


def orphans(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    """All comments whose text is no longer in a version of plan `pk`."""
    plan = readable_plan(request, pk)
    version = get_object_or_404(plan.versions, number=number)
    version.plan = plan
    comments = place_comments(version, request.user).orphans
    context = {"back": f"{version_address(version)}#sahipsiz"}
    return render(request, "plans/orphans.html", context | _list_comments(request, version, comments, None))


def readable_plan(request: SiteRequest, pk: int) -> PlanPage:
    """The plan with this pk; 404 where the person may not read it."""
    plan = get_object_or_404(PlanPage.objects.visible_to(request.user).select_related("city"), pk=pk)
    show_city(request, plan.city)
    return plan


def thread(request: SiteRequest, pk: int) -> HttpResponse:
    """One comment with all that was replied, a page at a time. The address of a reply leads to its place there."""
    post = get_object_or_404(Post.objects.filter(visible_targets(request.user)).for_reading(request.user), pk=pk)
    if not post.is_root:
        return redirect(f"{reverse('plans:thread', args=[post.thread_id])}?from={post.path}#p{post.pk}")
    quote = get_object_or_404(Quote.objects.select_related("section__plan__city"), post=post)
    quote.post = post
    show_city(request, quote.section.plan.city)
    anchor = _current_anchor(quote)
    text = anchor.version.texts.filter(section=anchor.section_id).select_related("version").first()
    rights = rights_on_comments(request.user, quote.section.plan)
    replies = Post.objects.filter(thread_id=post.pk).exclude(pk=post.pk).for_reading(request.user)
    page = thread_page(replies, start=request.GET.get("from", ""))
    context = {
        "plan": quote.section.plan,
        "text": text,
        "written_in": _written_in(quote) if text and anchor.section_id != quote.section_id else None,
        "comment": _alone(request, post, anchor, text, rights),
        "posts": [present_post(reply, request.user, may_reply=rights.reply) for reply in page.posts],
        "previous_url": f"?from={page.previous}" if page.previous is not None else "",
        "next_url": f"?from={page.next}" if page.next else "",
        "earlier_answers": _earlier_answers(post),
        "form": PostForm(person=request.user) if rights.reply and post.status == Post.Status.PUBLISHED else None,
        "settlements": present_settlements(quote) if post.readable else [],  # with its author's remarks
    }
    return render(request, "plans/thread.html", context)


def _written_in(quote: Quote) -> SectionText:
    """The section in which the words were quoted, as it was then."""
    return SectionText.objects.get(version=quote.version_id, section=quote.section_id)


def _earlier_answers(post: Post) -> QuerySet[AnswerRevision]:
    """None of a comment whose words may not be read: answers quote them."""
    revisions = AnswerRevision.objects.filter(answer__post=post).order_by("-answered_at")
    return revisions if post.readable else revisions.none()


def _current_anchor(quote: Quote) -> Anchor:
    """Where the comment stands now: every comment has an anchor in the newest version."""
    anchor = quote.anchors.select_related("version").order_by("-version__number")[0]
    anchor.quote, anchor.version.plan = quote, quote.section.plan
    return anchor


def _alone(
    request: HttpRequest, post: Post, anchor: Anchor, text: SectionText | None, rights: CommentRights
) -> dict[str, Any]:
    """The comment without its replies, which stand below it."""
    answer = next(iter(answers_to([post.pk])), None)
    url = ""
    if text is not None and anchor.quote.exact:
        url = f"{anchor.version.plan.get_url()}#{quote_fragment(text, anchor)}"
    changes = changes_led_to([post.pk]).get(post.pk, [])
    suggestion = suggestions_among([post.pk], request.user).get(post.pk)
    shown = Thread(root=post, replies=[], reply_count=0, answer=answer, changes=changes, suggestion=suggestion)
    placed = Placed(anchor, post.readable)
    return present_comment(placed, shown, request.user, rights=rights, quote_url=url)
