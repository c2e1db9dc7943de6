"""What Wagtail does with plans, and what follows from it here."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from plans.models import PlanPage
from search.indexing import enqueue


def on_move(instance: Page, **kwargs: Any) -> None:
    """Moving passes by `save`, which gives a plan the city of its new place."""
    for plan in PlanPage.objects.descendant_of(instance, inclusive=True):
        plan.save(clean=False)


def on_change(instance: PlanPage, raw: bool = False, **kwargs: Any) -> None:
    """Where a plan is, and whether it is published, its sections have in the index."""
    if not raw:
        enqueue("section", instance.identities.values_list("pk", flat=True))


def on_restriction(instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """Raises PermissionDenied where it would close an adopted plan: nobody withdraws what the platform stands behind."""
    below = PlanPage.objects.none() if raw else PlanPage.objects.descendant_of(instance.page, inclusive=True)
    if below.filter(versions__adoption__isnull=False).exists():
        raise PermissionDenied(_("There is an adopted plan here: everybody may read it."))


post_save.connect(on_change, sender=PlanPage, dispatch_uid="plans.on_change")
post_page_move.connect(on_move, dispatch_uid="plans")
pre_save.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="plans")
