"""What the open interface gives out (plans/api/endpoints.py). The descriptions stand in the OpenAPI document in English, and
translated on the page about the interface (plans/api/docs.py)."""

# No `from __future__ import annotations`: Ninja reads the types when the classes are made.

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from forum.models import Post
from members.models import City
from plans.exports.collect import reason_of, site_address, words_of
from plans.models import Anchor, Answer, PlanPage, PlanVersion, SectionText

_SENTENCE = re.compile(r"</?span\b[^>]*>")
_OWN_LINK = re.compile(r'(<a href=")/(?!/)')


def public_html(html: str) -> str:
    """Stored HTML without the marks of sentences, its links with the site's whole address."""
    return _OWN_LINK.sub(rf"\1{settings.BASE_URL}/", _SENTENCE.sub("", html))


class CityOut(Schema):
    slug: str = Field(description=_("The city's name in addresses; it never changes."))
    name: str = Field(description=_("The city's name."))
    url: str = Field(description=_("The city's page."))

    @staticmethod
    def resolve_url(city: City) -> str:
        return site_address(city.page.get_url())


class PlanOut(Schema):
    id: int = Field(description=_("The plan's number; it never changes."))
    title: str = Field(description=_("The plan's title."))
    city: str = Field(description=_("The slug of its city."))
    period: str = Field(description=_("The years for which it is made."))
    phase: str | None = Field(
        description=_(
            "preparation, draft, consultation, revision, adopted, monitoring or archived; null where none was set."
        )
    )
    current_version: int | None = Field(description=_("The number of its newest version; null while there is none."))
    url: str = Field(description=_("The plan's page."))

    @staticmethod
    def resolve_city(plan: PlanPage) -> str:
        return plan.city.slug

    @staticmethod
    def resolve_phase(plan: Any) -> str | None:
        return plan.phase_kind

    @staticmethod
    def resolve_current_version(plan: Any) -> int | None:
        return plan.newest_number

    @staticmethod
    def resolve_url(plan: PlanPage) -> str:
        return site_address(plan.get_url())


class FilesOut(Schema):
    pdf: str = Field(description=_("The plan as a tagged PDF."))
    pdf_with_comments: str = Field(description=_("The same with comments and answers."))
    docx: str = Field(description=_("A Word file with the comments in its margin."))
    xlsx: str = Field(description=_("The comments as a table for Excel."))
    csv: str = Field(description=_("The comments as a table: UTF-8, separated by semicolons."))

    @staticmethod
    def of(version: PlanVersion) -> dict[str, str]:
        def url(name: str) -> str:
            return site_address(reverse(f"plans:{name}", args=[version.plan_id, version.number]))

        tables = {"xlsx": url("comments_xlsx"), "csv": url("comments_csv")}
        return {"pdf": url("pdf"), "pdf_with_comments": f"{url('pdf')}?yorumlar=1", "docx": url("word"), **tables}


class VersionOut(Schema):
    plan: int = Field(description=_("The plan's number; it never changes."))
    number: int = Field(description=_("Versions are counted from 1. A published version never changes."))
    title: str = Field(description=_("The plan's title in this version."))
    summary_html: str = Field(description=_("The plain summary as HTML."))
    note: str = Field(description=_("What changed, in the editors' words."))
    published_at: datetime = Field(description=_("When it was published."))
    url: str = Field(description=_("The version's permanent page."))
    files: FilesOut = Field(description=_("The version as files."))

    @staticmethod
    def resolve_plan(version: PlanVersion) -> int:
        return version.plan_id

    @staticmethod
    def resolve_summary_html(version: PlanVersion) -> str:
        return public_html(version.summary)

    @staticmethod
    def resolve_url(version: PlanVersion) -> str:
        return site_address(version.get_absolute_url())

    @staticmethod
    def resolve_files(version: PlanVersion) -> dict[str, str]:
        return FilesOut.of(version)


class SectionOut(Schema):
    id: int = Field(description=_("The section's number; the same in every version."))
    key: str = Field(description=_("The section's key in addresses; the same in every version."))
    position: int = Field(description=_("Its place in the version, counted from 0."))
    kind: str = Field(description=_("chapter, text, goal, objective, commitment or activity."))
    number: str = Field(description=_("Its number in this version: “2” is a chapter, “2.3” a section in it."))
    code: str = Field(description=_("The code of a goal or objective, such as A1.2."))
    heading: str = Field(description=_("Its heading."))
    theme: str | None = Field(description=_("The slug of the chapter's theme."))
    text: str = Field(
        description=_("Its plain text, paragraphs on lines of their own; places of comments count its characters.")
    )
    html: str = Field(description=_("Its text as HTML."))
    url: str = Field(
        description=_(
            "The section's permanent page: it leads into the newest version, or says what became of the section."
        )
    )

    @staticmethod
    def resolve_id(text: SectionText) -> int:
        return text.section_id

    @staticmethod
    def resolve_key(text: SectionText) -> str:
        return text.section.key

    @staticmethod
    def resolve_theme(text: SectionText) -> str | None:
        return text.theme.slug if text.theme else None

    @staticmethod
    def resolve_html(text: SectionText) -> str:
        return public_html(text.html)

    @staticmethod
    def resolve_url(text: SectionText) -> str:
        return site_address(text.section.get_absolute_url())


class QuoteOut(Schema):
    words: str = Field(
        description=_(
            "The words that the comment is about; empty where it is about the whole section. They never change."
        )
    )
    prefix: str = Field(description=_("The words before them."))
    suffix: str = Field(description=_("The words behind them."))
    version: int = Field(description=_("The version in which it was written."))


class PlaceOut(Schema):
    version: int = Field(description=_("The version that is spoken of."))
    verdict: str = Field(
        description=_(
            "same, moved, edited, check (people must look whether it is right) or orphan (its text is no longer in the plan)."
        )
    )
    section: str | None = Field(description=_("The key of the section in which it stands; null for an orphan."))
    start: int | None = Field(description=_("The first character of its words in the section's text."))
    end: int | None = Field(description=_("The place behind its last character."))
    score: float = Field(description=_("How sure the place is, from 0 to 1."))


class AnswerOut(Schema):
    decision: str = Field(description=_("accepted, partly, declined or noted."))
    text: str = Field(description=_("The reason as plain text."))
    html: str = Field(description=_("The reason as HTML."))
    answered_by: str = Field(description=_("The display name of who answered."))
    answered_at: datetime = Field(description=_("When."))

    @staticmethod
    def of(answer: Answer) -> dict[str, Any]:
        return {
            "decision": answer.decision,
            "text": reason_of(answer),
            "html": public_html(answer.reason_html),
            "answered_by": answer.answered_by.display_name if answer.answered_by else "",
            "answered_at": answer.answered_at,
        }


class PostOut(Schema):
    id: int = Field(description=_("The post's number; it never changes."))
    text: str = Field(description=_("What was said, as plain text."))
    html: str = Field(description=_("What was said, as HTML."))
    author: str = Field(description=_("The author's display name."))
    organisation: str = Field(
        description=_("The organisation for which the author spoke; empty for who spoke for themselves.")
    )
    organisation_kind: str = Field(
        description=_("civil_society, academia, professional_chamber, trade_union, local_government or empty.")
    )
    written_at: datetime = Field(description=_("When it was written."))
    edited_at: datetime | None = Field(description=_("When it was changed last; null where it never was."))
    url: str = Field(description=_("Its permanent link."))

    @staticmethod
    def resolve_text(post: Post) -> str:
        return words_of(post)

    @staticmethod
    def resolve_html(post: Post) -> str:
        return public_html(post.body_html)

    @staticmethod
    def resolve_author(post: Post) -> str:
        return post.author_name

    @staticmethod
    def resolve_organisation(post: Post) -> str:
        return post.organisation_name

    @staticmethod
    def resolve_written_at(post: Post) -> datetime:
        return post.submit_date

    @staticmethod
    def resolve_url(post: Post) -> str:
        return site_address(post.get_absolute_url())


class CommentOut(PostOut):
    """A comment. `place` is the anchor that the query has put into `post.quote.places`."""

    quote: QuoteOut = Field(description=_("What it is about."))
    place: PlaceOut = Field(description=_("Where that stands in the version that is spoken of."))
    proposal: str | None = Field(
        description=_("The words that it proposes instead; empty to strike them out, null where it proposes none.")
    )
    answer: AnswerOut | None = Field(description=_("The platform's answer; null while there is none."))
    reply_count: int = Field(description=_("How many replies can be read."))

    @staticmethod
    def resolve_quote(post: Any) -> dict[str, Any]:
        quote = post.quote
        return {
            "words": quote.exact,
            "prefix": quote.prefix,
            "suffix": quote.suffix,
            "version": quote.version.number,
        }

    @staticmethod
    def resolve_place(post: Any) -> dict[str, Any]:
        anchor: Anchor = post.quote.places[0]
        return {
            "version": anchor.version.number,
            "verdict": anchor.verdict,
            "section": anchor.section.key if anchor.section else None,
            "start": anchor.start,
            "end": anchor.end,
            "score": round(anchor.score, 3),
        }

    @staticmethod
    def resolve_proposal(post: Any) -> str | None:
        return post.suggestion.words if hasattr(post, "suggestion") else None

    @staticmethod
    def resolve_answer(post: Any) -> dict[str, Any] | None:
        return AnswerOut.of(post.answer) if hasattr(post, "answer") else None


class CommentWithReplies(CommentOut):
    replies: list[PostOut] = Field(description=_("What was replied, in reading order."))


class AboutOut(Schema):
    title: str = Field(description=_("The site's name."))
    licence: str = Field(description=_("The licence of the contents."))
    licence_url: str = Field(description=_("The licence's words."))
    documentation: str = Field(description=_("The page about this interface."))
    openapi: str = Field(description=_("This interface in the format OpenAPI 3.1."))
    cities: str = Field(description=_("The first list."))
    plans: str = Field(description=_("All plans."))


class ErrorOut(Schema):
    detail: str = Field(description=_("What is wrong, in the language of the request (Accept-Language)."))
    errors: list[str] = Field(default=[], description=_("The parameters that are wrong."))
