"""What is exported of a version: its texts, and what a visitor could read of the discussion, in one place.

A file is passed on. So it holds nothing but what is public in the plan, whoever asks for it: no hidden, held or removed
words, though a moderator may read these on the site. Whether the person may have the plan at all is asked before
(`plans.views.comments.readable_plan`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from forum.models import Post, PostQuerySet
from plans.discussion import Placed, Places, place_comments
from plans.models import Anchor, Answer, PlanVersion, Quote, SectionText, Suggestion
from plans.text.plaintext import plain_text

VISITOR = AnonymousUser()


@dataclass(frozen=True)
class Comment:
    """A comment in one version. `text` and `chapter` are where it stands, None for an orphan. One that is not `readable`
    (removed or hidden, with replies) has no words and no quote."""

    post: Post
    anchor: Anchor
    text: SectionText | None
    chapter: SectionText | None
    replies: list[Post]

    @property
    def readable(self) -> bool:
        return self.post.readable

    @property
    def quoted(self) -> str:
        return self.anchor.quote.exact if self.readable else ""

    @property
    def answer(self) -> Answer | None:
        return getattr(self.post, "answer", None) if self.readable else None

    @property
    def suggestion(self) -> Suggestion | None:
        return getattr(self.post, "suggestion", None) if self.readable else None

    @property
    def reply_count(self) -> int:
        return sum(reply.readable for reply in self.replies)


def words_of(post: Post) -> str:
    """A post's text without markup, paragraphs on lines of their own."""
    return plain_text(post.body_html)


def reason_of(answer: Answer) -> str:
    return plain_text(answer.reason_html)


def site_address(path: str) -> str:
    """The whole address, without a language: the reader's own is added when it is followed."""
    languages = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)
    return settings.BASE_URL + (path[3:] if path.startswith(languages) else path)


@dataclass
class Export:
    """One version with its discussion, in at most five queries however long both are (`version.plan` is read already)."""

    version: PlanVersion

    @cached_property
    def texts(self) -> list[SectionText]:
        return list(self.version.texts.select_related("section"))

    @cached_property
    def chapters(self) -> list[tuple[SectionText, list[SectionText]]]:
        """Each chapter with its sections."""
        chapters: list[tuple[SectionText, list[SectionText]]] = []
        for text in self.texts:
            if text.is_chapter:
                chapters.append((text, []))
            else:
                chapters[-1][1].append(text)
        return chapters

    @cached_property
    def comments(self) -> list[Comment]:
        """In the order of the text, then those without a place, the oldest first."""
        ordered = [placed for text in self.texts for placed in self._places.of(text.section_id)] + self._places.orphans
        # A post that was taken down between two queries is in neither.
        return [self._comment(placed) for placed in ordered if placed.pk in self._threads]

    def comments_on(self, text: SectionText | None) -> list[Comment]:
        """Those that stand in a section, in the order of its words; with None those without a place."""
        return self._comments_by_section.get(text.section_id if text else None, [])

    @cached_property
    def _comments_by_section(self) -> dict[int | None, list[Comment]]:
        found: dict[int | None, list[Comment]] = {}
        for comment in self.comments:
            found.setdefault(comment.text.section_id if comment.text else None, []).append(comment)
        return found

    @property
    def site(self) -> str:
        """Goes before the links of the site's own in texts."""
        return settings.BASE_URL

    @cached_property
    def plan_address(self) -> str:
        return site_address(self.version.plan.get_url())

    @property
    def address(self) -> str:
        """The version's permanent address."""
        return f"{self.plan_address}surum/{self.version.number}/"

    @cached_property
    def _places(self) -> Places:
        return place_comments(self.version, VISITOR)

    @cached_property
    def _text_of(self) -> dict[int, tuple[SectionText, SectionText]]:
        """Section → its text and its chapter's."""
        return {text.section_id: (text, chapter) for chapter, texts in self.chapters for text in (chapter, *texts)}

    @cached_property
    def _threads(self) -> dict[int, list[Post]]:
        threads: dict[int, list[Post]] = {}
        for post in posts_of(self.version):
            threads.setdefault(post.thread_id, []).append(post)
        return {root: posts for root, posts in threads.items() if posts[0].pk == root}

    def _comment(self, placed: Placed) -> Comment:
        root, *replies = self._threads[placed.pk]
        text, chapter = self._text_of.get(placed.anchor.section_id or 0, (None, None))
        return Comment(root, placed.anchor, text, chapter, replies)

    def origin_of(self, comment: Comment) -> SectionText:
        """The section as it was when the comment was written; its words are not read."""
        quote = comment.anchor.quote
        return self._origins[quote.version_id, quote.section_id]

    @cached_property
    def _origins(self) -> dict[tuple[int, int], SectionText]:
        quotes = Quote.objects.filter(anchors__version=self.version)
        written_in = quotes.filter(version=OuterRef("version"), section=OuterRef("section"))
        texts = SectionText.objects.filter(Exists(written_in)).select_related("version")
        return {(text.version_id, text.section_id): text for text in texts.defer("html", "text")}


def posts_of(version: PlanVersion) -> QuerySet[Post]:
    """All posts of a version's threads, with author, organisation, answer and suggestion."""
    roots = Anchor.objects.filter(version=version).values("quote__post_id")
    posts: PostQuerySet = Post.objects.filter(thread_id__in=roots).for_reading(VISITOR)
    return posts.select_related("user", "organisation", "answer__answered_by", "suggestion").order_by(
        "thread_id", "path"
    )


def author_of(post: Post) -> str:
    """ "Name" or "Name (organisation)"."""
    return f"{post.author_name} ({post.organisation_name})" if post.organisation_name else post.author_name
