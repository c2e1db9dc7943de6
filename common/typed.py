"""What a person typed into a form that cannot be answered now, for the page that says so."""

from collections.abc import Iterable

from django.http import HttpRequest

# What a form sends besides what is typed. A field that is forgotten here is shown; were texts named instead, one that is
# forgotten would be lost.
_NOT_TYPED = frozenset(
    {
        "csrfmiddlewaretoken",
        "next",
        "seen",
        "read",
        "expected",
        "action",
        "onizle",
        "decision",
        "for_all",
        "proposes",
        "organisation",
        "city",
        "theme",
        "board",
        "kind",
        "audience",
        "last_day",
        "tracked",
        "verb",
        "bolum",
        "cumle",
        "destek",
        "geri",
        "karar",
        "yorum",
        "version",
        "user",
        "role",
    }
)


def typed_words(request: HttpRequest) -> list[str]:
    """The texts of a posted form."""
    return words_among((name, value) for name, values in request.POST.lists() for value in values)


def words_among(fields: Iterable[tuple[str, str]]) -> list[str]:
    """Of a form's fields, what holds a space or stands in a field for text. Never a password, token or choice."""
    return [
        value
        for name, value in fields
        if value.strip() and "password" not in name and (" " in value.strip() or _is_for_text(name))
    ]


def _is_for_text(name: str) -> bool:
    """Of "reason-<key>" the reason is typed; the other names with a hyphen are of the machinery of sets of forms."""
    return name.startswith("reason-") or ("-" not in name and name not in _NOT_TYPED)
