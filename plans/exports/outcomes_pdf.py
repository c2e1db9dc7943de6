"""“You said, we did” as a PDF: every answered comment with its answer, in the order of the plan."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from forum.models import Post
from plans.consultations import Consultation
from plans.exports.collect import site_address
from plans.exports.richtext import printable
from plans.exports.typesetting import LANGUAGE, Document
from plans.exports.typst_data import answer_data, contribution_data, proposal_data
from plans.models import Answer, PlanPage, SectionText
from plans.outcomes import Balance, Outcome
from plans.views.outcomes import CONSULTATION


def outcomes_pdf(plan: PlanPage, balance: Balance) -> Document:
    with override(LANGUAGE):
        data = _front(plan, balance) | {"balance": _balance(balance), "sections": _sections(balance.outcomes)}
    return Document("outcomes", _changed_at(plan, balance), data)


def _changed_at(plan: PlanPage, balance: Balance) -> datetime:
    """When the last answer was given."""
    return max((outcome.answer.answered_at for outcome in balance.outcomes), default=plan.first_published_at)


def _front(plan: PlanPage, balance: Balance) -> dict[str, Any]:
    title = printable(plan.title)
    address = site_address(reverse("plans:said_and_done", args=[plan.pk]))
    return {
        "title": _("You said, we did"),
        "city": plan.city.name,
        "description": title,
        "subtitle": f"{title} · {_period(balance.consultation)}",
        "edition": title,
        "address": f"{address}?{CONSULTATION}={balance.consultation.pk}" if balance.consultation else address,
        "lead": _("What people said about the plan, and what became of it."),
        "words": {
            "page": _("Page"),
            "answer": _("We did"),
            "you_said": _("You said"),
            "proposal": _("Proposed words:"),
            "answers": _("Answer"),
            "comments": _("Comments"),
            "change": _("Led to a change:"),
            "nothing": _("No comment has been answered yet."),
        },
    }


def _period(consultation: Consultation | None) -> str:
    return consultation.period if consultation else _("Since the beginning")


def _balance(balance: Balance) -> list[dict[str, Any]]:
    """The rows of the table of figures: `{label, count}`, all comments in the last."""
    rows = [(str(Answer.Decision(value).label), count) for value, count in balance.decisions]
    if balance.waiting:
        rows.append((_("Waiting for an answer"), balance.waiting))
    return [{"label": label, "count": count} for label, count in [*rows, (_("All comments"), balance.said)]]


def _sections(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    groups = groupby(outcomes, key=lambda outcome: outcome.text)
    return [{"heading": _heading(text), "outcomes": [_outcome(outcome) for outcome in found]} for text, found in groups]


def _heading(text: SectionText | None) -> str:
    return f"§{text.number} {printable(text.heading)}" if text else _("No longer in the plan")


def _outcome(outcome: Outcome) -> dict[str, Any]:
    count = len(outcome.posts)
    is_unchanged = outcome.answer.decision == Answer.Decision.DECLINED and not outcome.changes
    heading = ngettext("You said (%(n)s comment)", "You said (%(n)s comments)", count) % {"n": count}
    return {
        "heading": _("You said") if count == 1 else heading,
        "comments": [_comment(post) for post in outcome.posts],
        "answer": answer_data(outcome.answer, settings.BASE_URL),
        "effect": _("No change, because:") if is_unchanged else "",
        "changes": [
            {"label": _("version %(number)s") % {"number": change["version"]}, "address": site_address(change["url"])}
            for change in outcome.changes
        ],
    }


def _comment(post: Post) -> dict[str, Any]:
    return {
        "quote": printable(post.quote.exact),
        "proposal": proposal_data(post.suggested, getattr(post.suggested, "is_in_text", None)),
        **contribution_data(post, settings.BASE_URL),
    }
