"""The mail about a saved search. It names no word of it: a mailbox is not always read by one person alone."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from members.mails import tell
from search.models import SavedSearch
from search.saved import token_of

NEWS = _("Müşterek: something new for you")


def tell_of_news(saved: SavedSearch, count: int) -> bool:
    """`count` new results have come; whether the mail was sent."""
    with override(settings.LANGUAGE_CODE):
        stop_url = f"{settings.BASE_URL}{reverse('search:stop_saved_search', args=[token_of(saved)])}"
    return tell(
        saved.user,
        NEWS,
        "search/email/news.txt",
        path=lambda: f"{reverse('search:saved_searches')}#a{saved.pk}",
        count=count,
        stop_url=stop_url,
    )
