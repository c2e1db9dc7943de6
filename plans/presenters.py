"""Comments and answers as the components `comment`, `answer` and `post` want them (docs/design.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forum.models import Post
from forum.presenters import present_post
from members.permissions import Person
from plans.decoration import sentence_at
from plans.discussion import Placed, Thread
from plans.models import Anchor, Answer, Change, SectionText
from plans.permissions import can_answer_comment


def sentence_id(text: SectionText, number: int) -> str:
    """The element's id of a sentence on the reading page: `b-2-3-c4`."""
    return f"{text.fragment}-c{number}"


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
    }


def _answer_action(post: Post, answer: Answer | None) -> dict[str, Any]:
    label = _("Change the answer") if answer else _("Answer as the platform")
    return {"label": label, "url": reverse("plans:answer", args=[post.pk]), "icon": "check"}


def _whole_thread_action(thread: Thread) -> dict[str, Any]:
    label = _("All %(count)s replies") % {"count": thread.reply_count}
    return {"label": label, "url": reverse("plans:thread", args=[thread.root.pk]), "icon": "message-square"}


def present_comment(
    placed: Placed, thread: Thread, person: Person, *, may_reply: bool, quote_url: str = ""
) -> dict[str, Any]:
    """A comment with its quote, verdict, answer and first replies; `quote_url` leads to its words in the text."""
    root, answer, anchor = thread.root, thread.answer, placed.anchor
    shown = present_post(root, person, may_reply=may_reply)
    if root.readable and can_answer_comment(person, root):
        shown["actions"] = [_answer_action(root, answer), *shown["actions"]]
    if thread.reply_count > len(thread.replies):
        shown["actions"] = [*shown["actions"], _whole_thread_action(thread)]
    return {
        **shown,
        "quote": anchor.quote.exact if root.readable else "",
        "quote_url": quote_url,
        "verdict": anchor.verdict if root.readable and anchor.verdict != Anchor.Verdict.SAME else "",
        "waiting": answer is None and root.readable and root.status == Post.Status.PUBLISHED,
        "answer": present_answer(answer, thread.changes),
        "replies": [present_post(post, person, may_reply=may_reply) for post in thread.replies],
    }


def present_comments(
    comments: Iterable[Placed],
    threads: dict[int, Thread],
    person: Person,
    *,
    may_reply: bool,
    text: SectionText | None = None,
    page: str = "",
) -> list[dict[str, Any]]:
    """Comments that stand in `text` (None: orphans); `page` is the reading page's address where this is another page."""
    presented = []
    for placed in comments:
        if thread := threads.get(placed.pk):
            quoted = text is not None and placed.anchor.quote.exact
            quote_url = f"{page}#{quote_fragment(text, placed.anchor)}" if text is not None and quoted else ""
            presented.append(present_comment(placed, thread, person, may_reply=may_reply, quote_url=quote_url))
    return presented
