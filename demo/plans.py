"""The demo's plans: imported from Word, put to consultation, commented on, answered, revised, and published again."""

from datetime import datetime, timedelta
from typing import Any

from demo.dates import awake, days_ago
from demo.people import Cast
from demo.phases import enter
from demo.reading import CITIES, CONTENT, read_toml
from demo.revision import revise
from demo.talk import date_post
from forum.actions import post_comment
from forum.models import Post
from members.models import User
from plans.actions.answer_comment import answer_comment
from plans.actions.comment_on_section import comment_on_section
from plans.actions.import_plan import import_plan
from plans.actions.mark_as_read import mark_as_read
from plans.actions.merge_suggestion import merge_suggestion
from plans.actions.publish_version import Why, publish_version
from plans.actions.suggest_words import suggest_words
from plans.actions.support_suggestion import support_suggestion
from plans.causes import comments_by_section, is_taken_up
from plans.models import Answer, Phase, PlanVersion, ReadMark, Suggestion

FIRST_VERSION_DAYS_AGO = 75
REVISION_DAYS_AGO = 33
SECOND_VERSION_DAYS_AGO = 12
FIRST_READERS = ("elif", "gulsen")  # they marked version 1 as read, and are shown what has changed since
EDITORS = {"defnekent": "nermin", "yildizova": "ferda"}


def load_first_versions(cast: Cast) -> list[PlanVersion]:
    """Each city's plan, imported from Word, published as version 1, put to consultation, commented on and answered."""
    return [_load_first_version(cast, slug) for slug in CITIES]


def _load_first_version(cast: Cast, slug: str) -> PlanVersion:
    editor = cast.people[EDITORS[slug]]
    with (CONTENT / slug / "plan.docx").open("rb") as file:
        plan, _losses = import_plan(by=editor, city=cast.cities[slug], file=file)
    version = publish_version(by=editor, plan=plan, note="Görüşe açılan ilk taslak.")
    _date_version(version, FIRST_VERSION_DAYS_AGO)
    enter(editor, plan, Phase.Kind.CONSULTATION, since=FIRST_VERSION_DAYS_AGO, days=1)
    comments = read_toml(f"{slug}/comments.toml")["comment"]
    for number, row in enumerate(comments):
        _load_comment(cast, version, row, version.published_at + timedelta(days=1 + 40 * number / len(comments)))
    for handle in FIRST_READERS:
        _mark_as_read(cast.people[handle], version)
    return version


def _mark_as_read(reader: User, version: PlanVersion) -> None:
    mark_as_read(by=reader, version=version, wanted=True)
    read_at = awake(version.published_at + timedelta(days=3))
    ReadMark.objects.filter(user=reader, version=version).update(read_at=read_at)


def load_second_versions(cast: Cast, first_versions: list[PlanVersion]) -> None:
    """What the editors made of the comments, published as version 2."""
    for slug, first in zip(CITIES, first_versions, strict=True):
        editor = cast.people[EDITORS[slug]]
        enter(editor, first.plan, Phase.Kind.REVISION, since=REVISION_DAYS_AGO)
        revise(by=editor, plan=first.plan, version=first, changes=read_toml(f"{slug}/revision.toml")["change"])
        taken_up = {
            key: Why(comments=[post.pk for post in posts if is_taken_up(post)])
            for key, posts in comments_by_section(first.plan).items()
        }
        note = "Yorumlara verilen yanıtlara göre düzeltilen metin."
        second = publish_version(by=editor, plan=first.plan, note=note, why=taken_up)
        _date_version(second, SECOND_VERSION_DAYS_AGO)


def _date_version(version: PlanVersion, days: int) -> None:
    version.published_at = days_ago(days)
    PlanVersion.objects.filter(pk=version.pk).update(published_at=version.published_at)


def _load_comment(cast: Cast, version: PlanVersion, row: dict[str, Any], written_at: datetime) -> None:
    text = version.texts.select_related("section").get(number=row["section"])
    exact = row.get("quote", "")
    given: dict[str, Any] = {
        "author": cast.people[row["author"]],
        "section": text.section,
        "version": version,
        "body": row["body"],
        "exact": exact,
        "start": text.text.index(exact),
        "organisation": cast.organisations.get(row.get("organisation", "")),
    }
    post = _suggest(cast, row, written_at, given) if "words" in row else comment_on_section(**given)
    date_post(post, written_at)
    for number, reply in enumerate(row.get("reply", []), start=1):
        answered = post_comment(
            author=cast.people[reply["author"]], target=text.section, body=reply["body"], parent=post
        )
        date_post(answered, written_at + timedelta(hours=9 * number))
    if answer := row.get("answer"):
        _answer(cast, post, answer, written_at + timedelta(days=15))


def _suggest(cast: Cast, row: dict[str, Any], written_at: datetime, given: dict[str, Any]) -> Post:
    """A comment that proposes other words, with those who support them, and what an editor made of them."""
    suggestion = suggest_words(words=row["words"], **given)
    for handle in row.get("supports", []):
        support_suggestion(by=cast.people[handle], suggestion=suggestion, wanted=True)
    if row_of_merge := row.get("merge"):
        at = awake(written_at + timedelta(days=15))
        merge_suggestion(by=cast.people[row_of_merge["by"]], suggestion=suggestion, reason=row_of_merge["reason"])
        Suggestion.objects.filter(pk=suggestion.pk).update(merged_at=at)
        Answer.objects.filter(post=suggestion.post).update(answered_at=at)
    return suggestion.post


def _answer(cast: Cast, post: Post, row: dict[str, str], at: datetime) -> None:
    answer = answer_comment(
        by=cast.people[row["by"]], post=post, decision=Answer.Decision(row["decision"]), reason=row["reason"]
    )
    Answer.objects.filter(pk=answer.pk).update(answered_at=awake(at))
