"""What is new to saved searches, and the mails about it: once a day for each search, never twice about a document.

New is what was published after the search was saved and has not been told yet; of that, what came to light within LOOK_BACK
after its date. A post that was held for review is told when it is published, though it bears the day on which it was written.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from search.asking import read_query
from search.mails import tell_of_news
from search.models import SavedSearch
from search.queries import Found, find

LOOK_BACK = timedelta(days=30)
PAUSE = timedelta(hours=20)  # between two looks: cron is not always on the minute
MOST_NEW = 200  # of one look


def tell_all() -> int:
    """Look for news for every search whose turn it is, and send the mails; gives their number. Raises EngineError.

    May be stopped at any moment, and run twice at once: who has claimed a search looks. What could not be looked for, or has
    no mail sent, waits for the next run.
    """
    return sum(map(_tell, list(_due(timezone.now()).values_list("pk", flat=True))))


def _due(now: datetime) -> QuerySet[SavedSearch]:
    """Of people who are there and want mails."""
    is_turn = Q(looked_at=None) | Q(looked_at__lt=now - PAUSE)
    return SavedSearch.objects.filter(is_turn, user__is_active=True, user__wants_mails=True)


def _tell(pk: int) -> bool:
    """Whether a mail was sent. No transaction is open while the engine and the mail server work."""
    now = timezone.now()
    saved = _due(now).filter(pk=pk).select_related("user").first()
    itself = SavedSearch.objects.filter(pk=pk)
    if saved is None or not itself.filter(looked_at=saved.looked_at).update(looked_at=now):
        return False  # removed, or another run has it
    is_done = False
    try:
        news = news_of(saved, now)
        if is_sent := bool(news) and tell_of_news(saved, len(news)):
            itself.update(told=[*saved.told, *(found.key for found in news)], told_at=now)
        is_done = is_sent or not news
    finally:
        if not is_done:
            itself.update(looked_at=saved.looked_at)
    return is_sent


def news_of(saved: SavedSearch, now: datetime) -> list[Found]:
    """What is new to the search of what its owner may see now, the newest first; nothing of their own. Raises EngineError.

    Results show what has any of the words, best first; told is what has them all.
    """
    asked = read_query(QueryDict(saved.address))
    earliest = max(saved.saved_at, now - LOOK_BACK).astimezone(UTC).date().isoformat()
    query = replace(
        asked,
        text="",
        phrases=[*asked.text.split(), *asked.phrases],
        since=max(asked.since, earliest),
        newest_first=True,
        limit=MOST_NEW,
    )
    told = set(saved.told)
    return [found for found in find(saved.user, query).found if found.key not in told and _is_new_to(saved, found)]


def _is_new_to(saved: SavedSearch, found: Found) -> bool:
    at = found.content.published_at
    return at is not None and at > saved.saved_at and found.source.author_pk(found.obj) != saved.user_id
