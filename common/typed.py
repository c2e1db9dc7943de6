"""What a person typed into a form that cannot be answered now, for the page that says so."""

from django.http import HttpRequest


def typed_words(request: HttpRequest) -> list[str]:
    """The texts of a posted form: what holds a space or stands in a field for text. Never a password, token or choice."""
    fields = ((name, value) for name, values in request.POST.lists() for value in values)
    return [
        value
        for name, value in fields
        if value.strip() and "password" not in name and (" " in value.strip() or name in ("title", "body"))
    ]
