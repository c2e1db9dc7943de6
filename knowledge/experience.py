"""The guided form of an experience: its questions, and the article that the answers make."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.markdown import render_markdown

# Field name → the heading that the answer gets in the article. Articles are Turkish, whatever the form's language.
HEADINGS = {
    "need": "İhtiyaç neydi?",
    "done": "Ne yapıldı?",
    "partners": "Kiminle?",
    "cost": "Kaça mal oldu?",
    "change": "Ne değişti?",
    "differently": "Bugün olsa neyi başka yapardık?",
}
QUESTIONS = {
    "need": _("What was the need?"),
    "done": _("What was done?"),
    "partners": _("With whom?"),
    "cost": _("What did it cost?"),
    "change": _("What changed?"),
    "differently": _("What would you do otherwise today?"),
}
REQUIRED = ("need", "done", "change")


def article_body(answers: Mapping[str, str]) -> list[tuple[str, Any]]:
    """The answers as blocks of an article: one text block per answered question, its heading first."""
    return [
        ("text", f"<h2>{heading}</h2>{render_markdown(answers[name])}")
        for name, heading in HEADINGS.items()
        if answers.get(name, "").strip()
    ]
