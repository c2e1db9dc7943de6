"""Found objects as the component `search_hit` wants them (docs/design.md)."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.highlight import best_of, highlight
from search.queries import Found

SNIPPET_LENGTH = 220


def _marked(segments: Iterable[tuple[str, bool]]) -> SafeString:
    """Escaped text with the matches in `<mark>`."""
    return mark_safe("".join(f"<mark>{escape(part)}</mark>" if hit else escape(part) for part, hit in segments))  # noqa: S308


def present_hit(found: Found, query: str) -> dict[str, Any]:
    content = found.content
    return {
        "kind": found.source.kind,
        "lang": content.lang,
        "title_html": _marked(highlight(query, content.title, length=400, lang=content.lang)),
        "snippet_html": _marked(highlight(query, content.body, length=SNIPPET_LENGTH, lang=content.lang)),
        "url": _passage_url(found, query) or found.url,
        "place": found.source.place(found.obj),
        "city": content.city.name if content.city else "",
        "theme": content.theme.name if content.theme else "",
        "at": content.published_at,
    }


def _passage_url(found: Found, query: str) -> str:
    """The address of the sentence that answers the query best; "" where the object opens at none."""
    passages = found.source.passages(found.obj)
    if not passages:
        return ""
    content = found.content
    best = best_of(query, content.body, [(one.start, one.end) for one in passages], content.lang)
    return "" if best is None else passages[best].url


def present_title(found: Found) -> dict[str, Any]:
    """The same without words of the text, for what was found by its title alone."""
    return {**present_hit(found, ""), "snippet_html": ""}
