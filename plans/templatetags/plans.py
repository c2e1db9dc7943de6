"""Plans on other apps' pages."""

from typing import Any

from django import template

from members.models import City
from plans.models import Anchor, PlanPage, SectionText
from plans.registrations import current_plan as find_current_plan

register = template.Library()


@register.inclusion_tag("plans/_current_plan.html")
def current_plan(city: City) -> dict[str, Any]:
    """A city's plan: its current version, how long it is, how much it is talked about."""
    plan = find_current_plan(city)
    version = plan.current_version if plan else None
    if plan is None or version is None:
        return {"plan": None}
    others = PlanPage.objects.live().public().filter(city=city, versions__isnull=False).exclude(pk=plan.pk)
    return {
        "others": others.distinct().order_by("-first_published_at"),
        "plan": {
            "title": version.title,
            "url": plan.get_url(),
            "period": plan.period,
            "version": version.number,
            "published_at": version.published_at,
            "section_count": version.texts.exclude(kind=SectionText.Kind.CHAPTER).count(),
            "comment_count": Anchor.objects.filter(version=version, quote__post__status="published").count(),
        },
    }
