"""What a person typed into a form that cannot be answered now, for the page that says so."""

from collections.abc import Iterable

from django.http import HttpRequest


def typed_words(request: HttpRequest) -> list[str]:
    """The texts of a posted form."""
    return words_among((name, value) for name, values in request.POST.lists() for value in values)


def words_among(fields: Iterable[tuple[str, str]]) -> list[str]:
    """Of a form's fields, what holds a space or stands in a field for text. Never a password, token or choice."""
    return [
        value
        for name, value in fields
        if value.strip() and "password" not in name and (" " in value.strip() or name in ("title", "body"))
    ]
