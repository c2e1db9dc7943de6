"""What Wagtail does with plans, and what follows from it here."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import post_page_move

from plans.models import PlanPage


def on_move(instance: Page, **kwargs: Any) -> None:
    """Moving passes by `save`, which gives a plan the city of its new place."""
    for plan in PlanPage.objects.descendant_of(instance, inclusive=True):
        plan.save(clean=False)


post_page_move.connect(on_move, dispatch_uid="plans")
