"""Comments, their replies and answers as comments of a Word file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.utils import timezone
from django.utils.translation import gettext as _
from docx.document import Document
from docx.text.run import Run as WordRun
from lxml import etree

from forum.models import Post
from plans.exports.collect import Comment, author_of, reason_of, words_of
from plans.exports.richtext import printable
from plans.exports.word_parts import Threads, element
from plans.models import Anchor, Answer


@dataclass(frozen=True)
class Remark:
    """One comment of the file; the first of a thread, or one that follows it."""

    author: str
    at: datetime
    lines: list[str]


def thread_of(comment: Comment) -> list[Remark]:
    """The comment, then its replies and its answer in the order in which they were given; of what is not readable only that
    it was there."""
    post = comment.post
    first = Remark(author_of(post), post.submit_date, _lines(comment)) if comment.readable else _unreadable(post)
    follow = [_reply(reply) for reply in comment.replies]
    if comment.answer:
        follow.append(_answer(comment.answer))
    return [first, *sorted(follow, key=lambda remark: remark.at)]


class CommentWriter:
    """Writes each comment at the words that it quotes; its replies and its answer follow it there, as a thread."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._comments = document.part._comments_part.element
        self._ids = count()
        self._threads = Threads()

    def add(self, runs: list[WordRun], comment: Comment) -> None:
        """The comment and what follows it at the runs, in order."""
        thread = ""
        for remark in thread_of(comment):
            identity = self._write(runs, remark, thread)
            thread = thread or identity

    def attach(self) -> None:
        """To be called once, when every comment is written."""
        self._threads.attach(self._document)

    def _write(self, runs: list[WordRun], remark: Remark, thread: str) -> str:
        # python-docx's `add_comment` looks through all comments for a free number, each time.
        number = next(self._ids)
        comment = _comment_element(number, remark)
        self._comments.append(comment)
        runs[0].mark_comment_range(runs[-1], number)
        return self._threads.add(comment, thread)


def _comment_element(number: int, remark: Remark) -> etree._Element:
    """Word shows the time as written, whatever zone it names."""
    author, at = printable(remark.author), timezone.localtime(remark.at).strftime("%Y-%m-%dT%H:%M:%SZ")
    comment = element("w:comment", id=str(number), author=author, initials=_initials(remark.author), date=at)
    for line in printable("\n".join(remark.lines)).split("\n"):
        paragraph = element("w:p")
        paragraph.style = "CommentText"
        if not len(comment):
            paragraph.append(_reference())
        comment.append(paragraph)
        paragraph.add_r().text = line
    return comment


def _reference() -> etree._Element:
    """The sign with which a comment's text begins."""
    run = element("w:r")
    run.style = "CommentReference"
    run.append(element("w:annotationRef"))
    return run


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2] if word[0].isalpha())


def _lines(comment: Comment) -> list[str]:
    """The comment's words, after what a reader must know of its place, before what it proposes."""
    anchor, lines = comment.anchor, []
    if anchor.verdict != Anchor.Verdict.SAME:
        quoted = f" “{comment.quoted}”" if comment.quoted else ""
        lines.append(f"[{anchor.get_verdict_display()}]{quoted}")
    lines.append(words_of(comment.post))
    if suggestion := comment.suggestion:
        lines.append(_("Proposed words:") + " " + (suggestion.words or _("(to strike the words out)")))
    return lines


def _unreadable(post: Post) -> Remark:
    return Remark(post.get_status_display(), post.submit_date, [f"({post.get_status_display()})"])


def _reply(post: Post) -> Remark:
    return Remark(author_of(post), post.submit_date, [words_of(post)]) if post.readable else _unreadable(post)


def _answer(answer: Answer) -> Remark:
    name = answer.answered_by.display_name if answer.answered_by else ""
    author = " · ".join(part for part in (_("The platform's answer"), name) if part)
    return Remark(author, answer.answered_at, [answer.get_decision_display(), reason_of(answer)])
