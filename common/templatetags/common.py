"""Template tags that every template has (settings.TEMPLATES)."""

from typing import Any

from django import template
from django.template.context import RequestContext

from common.text import turkish_upper

register = template.Library()


@register.filter
def upper_tr(text: str) -> str:
    """Upper case with Turkish i and ı; for the rare text that CSS cannot capitalise."""
    return turkish_upper(text)


@register.simple_tag(takes_context=True)
def query_with(context: RequestContext, **changes: Any) -> str:
    """The current query string with some parameters changed; None drops one: `?{% query_with sayfa=2 %}`."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value not in (None, ""):
            parameters[name] = value
    return parameters.urlencode()
