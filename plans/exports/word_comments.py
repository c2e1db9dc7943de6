"""Comments, their replies and answers as comments of a Word file."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from docx.comments import Comment as WordComment
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.run import Run as WordRun

from forum.models import Post
from plans.exports.collect import Comment, author_of, reason_of, words_of
from plans.exports.richtext import printable
from plans.exports.word_parts import Threads
from plans.models import Anchor, Answer


class CommentWriter:
    """Writes each comment at the words that it quotes; its replies and its answer follow it there, as a thread."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._threads = Threads()

    def add(self, runs: list[WordRun], comment: Comment) -> None:
        """The comment at the runs, in order; of one that is not readable only that it was there."""
        post = comment.post
        if comment.readable:
            thread = self._write(runs, author_of(post), post.submit_date, _lines(comment))
        else:
            thread = self._write(runs, post.get_status_display(), post.submit_date, [f"({post.get_status_display()})"])
        follow = [(post.submit_date, *_reply(post)) for post in comment.replies]
        if comment.answer:
            follow.append((comment.answer.answered_at, *_answer(comment.answer)))
        for at, author, lines in sorted(follow, key=lambda reply: reply[0]):
            self._write(runs, author, at, lines, thread)

    def attach(self) -> None:
        """To be called once, when every comment is written."""
        self._threads.attach(self._document)

    def _write(self, runs: list[WordRun], author: str, at: datetime, lines: list[str], thread: str = "") -> str:
        text = "\n".join(printable(line) for line in lines)
        written = self._document.add_comment(
            [runs[0], runs[-1]], text=text, author=printable(author), initials=_initials(author)
        )
        _set_time(written, at)
        return self._threads.add(written._comment_elm, thread)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2] if word[0].isalpha())


def _set_time(comment: WordComment, at: datetime) -> None:
    """Word shows the time as written, whatever zone it names."""
    comment._comment_elm.set(qn("w:date"), timezone.localtime(at).strftime("%Y-%m-%dT%H:%M:%SZ"))


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


def _reply(post: Post) -> tuple[str, list[str]]:
    if not post.readable:
        return post.get_status_display(), [f"({post.get_status_display()})"]
    return author_of(post), [words_of(post)]


def _answer(answer: Answer) -> tuple[str, list[str]]:
    name = answer.answered_by.display_name if answer.answered_by else ""
    author = " · ".join(part for part in (_("The platform's answer"), name) if part)
    return author, [answer.get_decision_display(), reason_of(answer)]
