"""The comments of one version, read in a fixed number of queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from forum.models import Post
from forum.presenters import post_actions
from members.permissions import Person
from plans.models import Anchor, Answer, PlanVersion, SectionText
from plans.permissions import can_answer_comment, can_comment_on_plan

# (comment, its answer or None) → the link with which an editor answers
AnswerAction = Callable[[Post, Answer | None], dict[str, Any]]


@dataclass
class VersionDiscussion:
    """Comments as the component `comment` wants them, by the section in which they stand in the version; and orphans."""

    by_section: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    orphans: list[dict[str, Any]] = field(default_factory=list)
    anchors: dict[int, list[Anchor]] = field(default_factory=lambda: defaultdict(list))

    @property
    def count(self) -> int:
        return sum(len(comments) for comments in self.by_section.values()) + len(self.orphans)


def _threads(anchors: list[Anchor], person: Person) -> dict[int, list[Post]]:
    """Root id → the thread's posts that the person is shown, in reading order."""
    roots = [anchor.quote.post_id for anchor in anchors]
    threads: dict[int, list[Post]] = defaultdict(list)
    posts = Post.objects.filter(thread_id__in=roots).for_reading(person).order_by("thread_id", "path")
    for post in posts:
        threads[post.thread_id].append(post)
    return threads


def _answers(anchors: list[Anchor]) -> dict[int, Answer]:
    answers = Answer.objects.filter(post__in=[anchor.quote.post_id for anchor in anchors])
    return {answer.post_id: answer for answer in answers.select_related("answered_by")}


def _present_answer(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    name = answer.answered_by.display_name if answer.answered_by else ""
    return {"decision": answer.decision, "body": answer.body, "author_name": name, "at": answer.answered_at}


def _present(post: Post, person: Person, may_reply: bool) -> dict[str, Any]:
    return {"post": post, "actions": post_actions(post, person, may_reply=may_reply) if post.readable else []}


def _quoted_words(anchor: Anchor, post: Post) -> str:
    return anchor.quote.exact if post.readable else ""


def read_discussion(
    version: PlanVersion, person: Person, texts: dict[int, SectionText], answer_url: AnswerAction
) -> VersionDiscussion:
    """Every comment of the version that the person may see; `texts` are its section texts by section id."""
    anchors = list(Anchor.objects.filter(version=version).select_related("quote").order_by("start", "quote__post_id"))
    threads, answers = _threads(anchors, person), _answers(anchors)
    may_reply = can_comment_on_plan(person, version.plan)
    discussion = VersionDiscussion()
    for anchor in anchors:
        posts = threads.get(anchor.quote.post_id)
        if not posts or posts[0].pk != anchor.quote.post_id:
            continue  # the root may not be seen
        comment = _comment(anchor, posts, answers.get(anchor.quote.post_id), person, answer_url, may_reply)
        if anchor.section_id is None:
            discussion.orphans.append(comment)
        else:
            comment["quote_url"] = "" if not anchor.quote.exact else f"#{texts[anchor.section_id].fragment}"
            discussion.by_section[anchor.section_id].append(comment)
            if posts[0].readable:
                discussion.anchors[anchor.section_id].append(anchor)
    return discussion


def _comment(
    anchor: Anchor,
    posts: list[Post],
    answer: Answer | None,
    person: Person,
    answer_url: AnswerAction,
    may_reply: bool,
) -> dict[str, Any]:
    root = posts[0]
    shown = _present(root, person, may_reply)
    if root.readable and can_answer_comment(person, root):
        shown["actions"] = [answer_url(root, answer), *shown["actions"]]
    return {
        **shown,
        "quote": _quoted_words(anchor, root),
        "verdict": "" if anchor.verdict == Anchor.Verdict.SAME else anchor.verdict,
        "waiting": answer is None and root.readable,
        "answer": _present_answer(answer),
        "replies": [_present(post, person, may_reply) for post in posts[1:]],
    }
