"""The comments of one version: where each stands, and their threads, in a fixed number of queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Exists, F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from forum.models import Post
from members.permissions import Person
from plans.models import Anchor, Answer, AnswerRevision, Change, PlanVersion, Suggestion

# Beside a section's text stand at most so many comments; the others stand on the section's own page of comments. Where a
# version has more than BESIDE_ALL_SECTIONS, its reading page begins with none: a section's are loaded when they are asked
# for (docs/architecture.md). A long thread stands on its own page.
BESIDE_A_SECTION = 20
BESIDE_ALL_SECTIONS = 200
REPLIES_BESIDE = 3
ASKED = "yorum"  # the reading page's parameter with the comment that an address leads to


@dataclass(frozen=True)
class Placed:
    """A comment that the person is shown, by its place in the version. Of one that is not `readable` (removed or hidden, but
    with replies) no word may be shown, nor what it quoted."""

    anchor: Anchor
    readable: bool

    @property
    def pk(self) -> int:
        return self.anchor.quote.post_id


def _readable(comments: Iterable[Placed]) -> int:
    return sum(placed.readable for placed in comments)


@dataclass
class Places:
    """A version's comments by section, in the order of the text; and the orphans, oldest first. `opened` is the section whose
    comments were asked for."""

    by_section: dict[int, list[Placed]] = field(default_factory=lambda: defaultdict(list))
    orphans: list[Placed] = field(default_factory=list)
    opened: int | None = None

    @property
    def count(self) -> int:
        """All readable comments."""
        return sum(map(self.count_of, self.by_section)) + self.orphan_count

    @property
    def orphan_count(self) -> int:
        """The readable orphans."""
        return _readable(self.orphans)

    def count_of(self, section_pk: int) -> int:
        """The readable comments of a section."""
        return _readable(self.of(section_pk))

    @cached_property
    def are_few(self) -> bool:
        """Whether the comments stand beside the text from the start."""
        return sum(map(len, self.by_section.values())) <= BESIDE_ALL_SECTIONS

    def open_at(self, pk: int) -> None:
        """The comments of the section in which comment `pk` stands are asked for."""
        placed = ((section, one.pk) for section, comments in self.by_section.items() for one in comments)
        self.opened = next((section for section, found in placed if found == pk), None)

    def of(self, section_pk: int) -> list[Placed]:
        return self.by_section.get(section_pk, [])

    def beside(self, section_pk: int) -> list[Placed]:
        """The section's comments that stand beside its text."""
        shown = self.are_few or section_pk == self.opened
        return self.of(section_pk)[:BESIDE_A_SECTION] if shown else []

    def orphans_shown(self) -> list[Placed]:
        """The orphans that stand at the end of the text."""
        return self.orphans[:BESIDE_A_SECTION] if self.are_few else []

    def on_the_reading_page(self) -> list[Placed]:
        beside = [placed for section_pk in self.by_section for placed in self.beside(section_pk)]
        return beside + self.orphans_shown()


def place_comments(version: PlanVersion, person: Person) -> Places:
    """Where each comment that the person is shown stands in the version. One query."""
    shown = Post.objects.for_reading(person).filter(pk=OuterRef("quote__post_id"))
    anchors = Anchor.objects.filter(version=version).annotate(readable=Subquery(shown.values("readable")))
    places = Places()
    for anchor in anchors.select_related("quote").order_by("start", "quote__post_id"):
        if anchor.readable is None:
            continue
        anchor.version = version  # with its plan: who may decide about it is asked without a query
        placed = Placed(anchor, anchor.readable)
        if anchor.section_id is None:
            places.orphans.append(placed)
        else:
            places.by_section[anchor.section_id].append(placed)
    return places


@dataclass(frozen=True)
class Thread:
    """A comment with its first replies. `reply_count` counts all that the person is shown."""

    root: Post
    replies: list[Post]
    reply_count: int
    answer: Answer | None
    changes: list[Change] = field(default_factory=list)
    suggestion: Suggestion | None = None


def read_threads(comments: Iterable[Placed], person: Person) -> dict[int, Thread]:
    """The comments' threads by their root's pk. Four queries."""
    roots = [placed.pk for placed in comments]
    first_posts = (
        Post.objects.filter(thread_id__in=roots)
        .for_reading(person)
        .annotate(
            place=Window(RowNumber(), partition_by="thread_id", order_by="path"),
            shown=Window(Count("pk"), partition_by="thread_id"),
        )
        .filter(place__lte=1 + REPLIES_BESIDE)
        .order_by("thread_id", "path")
    )
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in first_posts:
        posts[post.thread_id].append(post)
    answers = {answer.post_id: answer for answer in answers_to(roots)}
    changes, suggestions = changes_led_to(roots), suggestions_among(roots, person)
    return {
        pk: Thread(found[0], found[1:], found[0].shown - 1, answers.get(pk), changes.get(pk, []), suggestions.get(pk))
        for pk, found in posts.items()
        if found[0].pk == pk
    }


def answers_to(roots: Iterable[int]) -> Iterable[Answer]:
    """With `was_changed`: whether it read otherwise before."""
    changed = Exists(AnswerRevision.objects.filter(answer=OuterRef("pk")))
    return Answer.objects.filter(post__in=list(roots)).select_related("answered_by").annotate(was_changed=changed)


def changes_led_to(roots: Iterable[int]) -> dict[int, list[Change]]:
    """By comment, the changes that name it as their cause, the earliest first."""
    named = Change.objects.filter(comments__in=list(roots)).annotate(comment=F("comments"))
    found: dict[int, list[Change]] = defaultdict(list)
    for change in named.select_related("version", "section__plan").order_by("version__number", "pk"):
        found[change.comment].append(change)
    return found


def suggestions_among(roots: Iterable[int], person: Person) -> dict[int, Suggestion]:
    """By comment, the words that it proposes, with what `for_reading` adds."""
    found = Suggestion.objects.filter(post__in=list(roots)).for_reading(person)
    return {suggestion.post_id: suggestion for suggestion in found}


def support_counts(comments: Iterable[Placed]) -> dict[int, int]:
    """By comment that proposes other words and can be read, how many support it. One query."""
    readable = [placed.pk for placed in comments if placed.readable]
    counted = Suggestion.objects.filter(post__in=readable).annotate(count=Count("supports"))
    return dict(counted.values_list("post_id", "count"))


def replies_before(post: Post, person: Person) -> int:
    """How many posts of its thread, the root not counted, the person is shown before this one."""
    earlier = Post.objects.filter(thread_id=post.thread_id, path__lt=post.path).exclude(pk=F("thread_id"))
    return earlier.for_reading(person).count()
