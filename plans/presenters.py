"""Comments and answers as the components `comment`, `answer` and `post` want them (docs/design.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forum.models import Post
from forum.presenters import present_post
from members.permissions import Person
from plans.discussion import Placed, Places, Thread
from plans.models import Anchor, Answer, Change, SectionText, Suggestion
from plans.permissions import CommentRights, can_answer_comment, can_settle_anchor, is_mergeable, is_supportable
from plans.text.decoration import sentence_at
from plans.text.differences import compare_words, shortened

SENTENCE = "cumle"  # the parameter of the reading page with the name of a sentence


def sentence_id(text: SectionText, number: int) -> str:
    """The element's id of a sentence on the reading page: `b-2-3-c4`."""
    return f"{text.fragment}-c{number}"


def sentence_url(version_url: str, text: SectionText, number: int) -> str:
    """The address at which a version opens with a sentence: the page gives it a name and marks it when it is asked for."""
    name = sentence_id(text, number)
    return f"{version_url}?{SENTENCE}={name}#{name}"


def quote_fragment(text: SectionText, anchor: Anchor) -> str:
    """The element's id where the words of a comment begin."""
    number = sentence_at(text.html, anchor.start or 0)
    return text.fragment if number is None else sentence_id(text, number)


def present_answer(answer: Answer | None, changes: Iterable[Change] = ()) -> dict[str, Any] | None:
    """The component `answer`'s values; `changes` are those that name the comment as their cause."""
    if answer is None:
        return None
    name = answer.answered_by.display_name if answer.answered_by else ""
    led_to = [{"version": change.version.number, "url": change.section.get_absolute_url()} for change in changes]
    return {
        "decision": answer.decision,
        "body": answer.body,
        "author_name": name,
        "at": answer.answered_at,
        "led_to": led_to,
        "earlier_url": reverse("plans:thread", args=[answer.post_id]) if getattr(answer, "was_changed", False) else "",
    }


def present_suggestion(suggestion: Suggestion | None, quote_url: str = "") -> dict[str, Any] | None:
    """The component `suggestion`'s values, of one that was read with `for_reading`; `quote_url` leads to the words in the
    text."""
    if suggestion is None:
        return None
    return {
        "parts": shortened(compare_words(suggestion.quoted, suggestion.words)),
        "support_count": suggestion.support_count,
        "is_supported": suggestion.is_supported,
        "is_merged": suggestion.merged_at is not None,
        "is_in_text": suggestion.is_in_text is not False,
        "quote_url": quote_url,
    }


def _suggestion_actions(suggestion: Suggestion, person: Person, rights: CommentRights) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = []
    if rights.support and is_supportable(person, suggestion):
        supported = suggestion.is_supported
        action = {"url": reverse("plans:support_suggestion", args=[suggestion.post_id]), "method": "post"}
        action |= (
            {"label": _("Withdraw my support"), "icon": "x"} if supported else {"label": _("Support"), "icon": "plus"}
        )
        actions.append({**action, "fields": {"destek": "" if supported else "1"}})
    if rights.merge and is_mergeable(person, suggestion):
        url = reverse("plans:merge_suggestion", args=[suggestion.post_id])
        actions.append({"label": _("Merge into the draft"), "url": url, "icon": "layers"})
    return actions


def _answer_action(post: Post, answer: Answer | None) -> dict[str, Any]:
    label = _("Change the answer") if answer else _("Answer as the platform")
    return {"label": label, "url": reverse("plans:answer", args=[post.pk]), "icon": "check"}


def _whole_thread_action(thread: Thread) -> dict[str, Any]:
    label = _("All %(count)s replies") % {"count": thread.reply_count}
    return {"label": label, "url": reverse("plans:thread", args=[thread.root.pk]), "icon": "message-square"}


def _present_verdict(anchor: Anchor, root: Post) -> dict[str, str]:
    """`{verdict, verdict_label}`: what became of its words; where that is not certain, with what people decided. Without a
    label, the badge has the verdict's own."""
    if not root.readable or anchor.verdict == Anchor.Verdict.SAME:
        return {"verdict": ""}
    parts = [anchor.get_verdict_display(), anchor.get_decision_display()]
    label = " · ".join(filter(None, parts)) if anchor.is_uncertain or anchor.is_moved_and_edited else ""
    return {"verdict": anchor.verdict, "verdict_label": label}


def _place_url(anchor: Anchor, root: Post, person: Person) -> str:
    """Where the person may decide about the comment's place; empty where there is nothing for them to decide."""
    if not root.readable or not anchor.possible_decisions:
        return ""
    anchor.quote.post = root  # read already
    return reverse("plans:place", args=[root.pk]) if can_settle_anchor(person, anchor) else ""


def _place_action(url: str) -> dict[str, Any]:
    return {"label": _("Where does it belong?"), "url": url, "icon": "map-pin"}


def present_comment(
    placed: Placed, thread: Thread, person: Person, *, rights: CommentRights, quote_url: str = ""
) -> dict[str, Any]:
    """A comment with its quote, what it proposes, verdict, answer and first replies; `quote_url` leads to its words in the
    text."""
    root, answer, anchor = thread.root, thread.answer, placed.anchor
    suggestion = thread.suggestion if root.readable else None
    shown = present_post(root, person, may_reply=rights.reply, is_fixed=answer is not None)
    if suggestion is not None:
        suggestion.post = root
        shown["actions"] = [*_suggestion_actions(suggestion, person, rights), *shown["actions"]]
    if root.readable and can_answer_comment(person, root):
        shown["actions"] = [_answer_action(root, answer), *shown["actions"]]
    place_url = _place_url(anchor, root, person)
    asks_author = anchor.is_open and root.user_id == getattr(person, "pk", None)  # in a notice of its own
    if place_url and not asks_author:
        shown["actions"] = [_place_action(place_url), *shown["actions"]]
    if thread.reply_count > len(thread.replies):
        shown["actions"] = [*shown["actions"], _whole_thread_action(thread)]
    return {
        **shown,
        **_present_verdict(anchor, root),
        "place_url": place_url if asks_author else "",
        "quote": anchor.quote.exact if root.readable else "",
        "quote_url": quote_url,
        "suggestion": present_suggestion(suggestion, quote_url),
        "waiting": answer is None and root.readable and root.status == Post.Status.PUBLISHED,
        "answer": present_answer(answer, thread.changes) if root.readable else None,
        "replies": [present_post(post, person, may_reply=rights.reply) for post in thread.replies],
    }


def present_comments(
    comments: Iterable[Placed],
    threads: dict[int, Thread],
    person: Person,
    *,
    rights: CommentRights,
    text: SectionText | None = None,
    page: str = "",
) -> list[dict[str, Any]]:
    """Comments that stand in `text` (None: orphans); `page` is the reading page's address where this is another page."""
    presented = []
    for placed in comments:
        if thread := threads.get(placed.pk):
            quoted = text is not None and placed.anchor.quote.exact
            quote_url = f"{page}#{quote_fragment(text, placed.anchor)}" if text is not None and quoted else ""
            presented.append(present_comment(placed, thread, person, rights=rights, quote_url=quote_url))
    return presented


def present_beside(
    places: Places, threads: dict[int, Thread], person: Person, *, rights: CommentRights, text: SectionText
) -> dict[str, Any]:
    """What the component `plan_section` shows of a section's comments: those beside its text, and where the others are."""
    placed, beside = places.of(text.section_id), places.beside(text.section_id)
    return {
        "comments": present_comments(beside, threads, person, rights=rights, text=text),
        "comment_count": places.count_of(text.section_id),
        "comments_url": reverse("plans:section_comments", args=[text.section_id, text.version.number]),
        "has_more_comments": len(placed) > len(beside),
    }
