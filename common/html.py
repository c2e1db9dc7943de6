"""The one sanitiser: the allow-lists of HTML that people's and editors' texts may hold; and how stored HTML is shown."""

import re

import bleach
import nh3
from bleach.linkifier import LinkifyFilter
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_INLINE = {"a", "abbr", "b", "strong", "i", "em", "code", "s", "del", "sub", "sup", "br"}
_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "hr", "h2", "h3", "h4", "h5", "h6"}
_TABLES = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
TAGS = frozenset(_INLINE | _BLOCKS | _TABLES)
_SCHEMES = frozenset({"http", "https", "mailto"})
_HREF = re.compile(r"^(https?://|mailto:|/(?!/)|#)", re.IGNORECASE)
# Links of this site are stored without a language; these addresses have none.
_LANGUAGES = "|".join(code for code, _name in settings.LANGUAGES)
_NEUTRAL_LINK = re.compile(rf'(<a href=")/(?!(?:{_LANGUAGES}|media|static|belgeler|yonetim)/|/)')
_LINK_REL = "nofollow ugc noopener"


def _allowed_attribute(tag: str, name: str, value: str) -> bool:
    if tag == "a" and name == "href":
        return bool(_HREF.match(value))
    if tag == "th" and name == "scope":
        return value in ("col", "row")
    return tag in ("th", "td") and name in ("colspan", "rowspan") and value.isdigit()


def _mark_link(attributes: dict, new: bool = False) -> dict:
    attributes[(None, "rel")] = _LINK_REL
    return attributes


def _leave_bare_addresses(attributes: dict, new: bool = False) -> dict | None:
    """Linkify `https://…` as typed, but not `belediye.tr`: a word with a dot is more often a missing space."""
    if new and not str(attributes.get("_text", "")).startswith(("http://", "https://")):
        return None
    return attributes


_cleaner = bleach.Cleaner(
    tags=TAGS,
    attributes=_allowed_attribute,
    protocols=_SCHEMES,
    strip=True,
    filters=[
        lambda source: LinkifyFilter(source, callbacks=[_leave_bare_addresses, _mark_link], skip_tags={"pre", "code"})
    ],
)


def sanitise(html: str) -> str:
    """HTML in, HTML out that holds only TAGS, safe links and table spans.

    Bleach does the work; nh3, with the same list, is a second, independent check behind it.
    """
    return nh3.clean(
        _cleaner.clean(html),
        tags=set(TAGS),
        attributes={"a": {"href"}, "th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}},
        url_schemes=set(_SCHEMES),
        link_rel=_LINK_REL,
    )


def stored_html(html: str) -> SafeString:
    """HTML that `sanitise` had cleaned when it was stored, for a page: links of this site lead into the reader's language."""
    return mark_safe(_NEUTRAL_LINK.sub(rf"\1/{get_language()}/", html))  # noqa: S308
