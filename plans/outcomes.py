"""What became of what people said: “you said, we did”, and who has not spoken yet."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from forum.models import Post
from members.permissions import Person
from plans.consultations import Consultation
from plans.discussion import changes_led_to, suggestions_among
from plans.models import Anchor, Answer, PlanPage, PlanVersion, SectionText
from plans.presenters import present_suggestion


@dataclass
class Outcome:
    """One answer with the comments it was given to, and the changes they led to. `text`: the section of the current
    version in which the first of them stands, None where it is no longer in the plan."""

    answer: Answer
    text: SectionText | None
    posts: list[Post] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Balance:
    """What was said about a plan, in one consultation or of all time, and what became of it."""

    consultation: Consultation | None
    said: int  # comments, answered or not
    outcomes: list[Outcome]

    @property
    def decisions(self) -> list[tuple[str, int]]:
        """(decision, number of comments so answered), in the order of Answer.Decision."""
        counts = Counter(outcome.answer.decision for outcome in self.outcomes for _post in outcome.posts)
        return [(value, counts[value]) for value in Answer.Decision.values if counts[value]]

    @property
    def waiting(self) -> int:
        return self.said - sum(count for _decision, count in self.decisions)


def balance_of(plan: PlanPage, person: Person, consultation: Consultation | None = None) -> Balance:
    said = Post.objects.visible_to(person).filter(comments_of(plan, consultation)).count()
    return Balance(consultation, said, outcomes_of(plan, person, consultation))


def comments_of(plan: PlanPage, consultation: Consultation | None) -> Q:
    """The condition on posts that they open a published thread about the plan, in that consultation if one is given."""
    condition = Q(quote__section__plan=plan, status=Post.Status.PUBLISHED)
    if consultation is not None:
        condition &= Q(submit_date__gte=consultation.starts_at, submit_date__lte=consultation.ends_at)
    return condition


def outcomes_of(plan: PlanPage, person: Person, consultation: Consultation | None = None) -> list[Outcome]:
    """The answered comments in the order of the plan, those that were answered together as one; each post with
    `suggested`, the words that it proposes, `proposed`, the same for the component `suggestion`, and `place`, the section in
    which it stands now. Six queries."""
    asked = Post.objects.visible_to(person).filter(comments_of(plan, consultation), answer__isnull=False)
    posts = list(asked.select_related("answer__answered_by", "quote__section", "user").order_by("pk"))
    places = _places(plan)
    led_to = changes_led_to([post.pk for post in posts])
    suggestions = suggestions_among([post.pk for post in posts], person)
    outcomes: dict[object, Outcome] = {}
    for post in sorted(posts, key=lambda post: _position(places.get(post.pk))):
        answer = post.answer
        outcome = outcomes.setdefault(answer.group or answer.pk, Outcome(answer, places.get(post.pk)))
        post.suggested = suggestions.get(post.pk)
        post.proposed = present_suggestion(post.suggested)
        post.place = places.get(post.pk)
        outcome.posts.append(post)
        for change in map(_present_change, led_to.get(post.pk, [])):
            if change not in outcome.changes:  # several of the comments may have led to it
                outcome.changes.append(change)
    return list(outcomes.values())


def _places(plan: PlanPage) -> dict[int, SectionText]:
    """By comment, the section of the current version in which it stands. Two queries."""
    version = plan.current_version
    if version is None:
        return {}
    texts = {text.section_id: text for text in version.texts.select_related("version__plan").defer("html", "text")}
    anchors = Anchor.objects.filter(version=version, section__isnull=False)
    return {post: texts[section] for post, section in anchors.values_list("quote__post_id", "section_id")}


def _position(text: SectionText | None) -> float:
    return math.inf if text is None else text.position


def _present_change(change: Any) -> dict[str, Any]:
    return {"version": change.version.number, "url": change.section.get_absolute_url()}


def voices_of(version: PlanVersion, person: Person) -> list[dict[str, Any]]:
    """`[{text, counts: Counter of comments by kind}]` for each section in order; a chapter's counts are its sections'."""
    visible = Post.objects.visible_to(person).filter(status=Post.Status.PUBLISHED)
    anchors = Anchor.objects.filter(version=version, section__isnull=False, quote__post__in=visible)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    grouped = anchors.values_list("section", "quote__post__organisation_kind").annotate(count=Count("pk"))
    for section, kind, count in grouped.order_by():
        counts[section][kind] += count
    rows: list[dict[str, Any]] = []
    chapter: Counter[str] = Counter()
    for text in version.texts.defer("html", "text"):
        own = counts[text.section_id]
        if text.is_chapter:
            chapter = own
        else:
            chapter += own  # the chapter's row holds the same object
        rows.append({"text": text, "counts": own})
    return rows
