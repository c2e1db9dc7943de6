"""When the demo's people wrote: days before today, at hours at which people are awake."""

from datetime import datetime, timedelta

from django.utils import timezone

FIRST_HOUR, HOURS = 8, 14


def days_ago(days: float) -> datetime:
    """So many days before this morning."""
    morning = timezone.localtime().replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0)
    return morning - timedelta(days=days)


def awake(moment: datetime) -> datetime:
    """The same day between 8 and 22 o'clock; what was earlier stays earlier."""
    local = timezone.localtime(moment)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=FIRST_HOUR) + (local - midnight) * HOURS / 24
