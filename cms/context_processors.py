"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cms.navigation import entries_for
from members.models import City
from members.permissions import can_enter_desk

LANGUAGE_NAMES = {"tr": "Türkçe", "en": "English"}


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    current = get_language()
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES[code],
            "url": translate_url(request.get_full_path(), code),
            "is_current": code == current,
        }
        for code, _name in settings.LANGUAGES
    ]


def site(request: HttpRequest) -> dict[str, Any]:
    """`current_city`, `cities`, `can_enter_desk`, `nav`, `footer_nav`, `languages`, `demo_mode`, `quick_exit_url`.

    Lazy where it needs the database, so that a fragment costs no query.
    """
    return {
        "current_city": getattr(request, "city", None),
        "cities": SimpleLazyObject(City.objects.in_alphabetical_order),
        "can_enter_desk": SimpleLazyObject(lambda: can_enter_desk(request.user)),
        "nav": SimpleLazyObject(lambda: entries_for(request)),
        "footer_nav": SimpleLazyObject(lambda: entries_for(request, in_footer=True)),
        "languages": SimpleLazyObject(lambda: _languages(request)),
        "demo_mode": settings.DEMO_MODE,
        "quick_exit_url": settings.QUICK_EXIT_URL,
    }
