"""Plans on other apps' pages."""

from typing import Any

from django import template
from django.template.context import RequestContext

from members.models import City
from plans.models import Anchor, PlanPage, SectionText
from plans.permissions import can_read_plan
from plans.phase_wording import describe_phase
from plans.registrations import current_plan as find_current_plan

register = template.Library()


@register.inclusion_tag("plans/_current_plan.html", takes_context=True)
def current_plan(context: RequestContext, city: City) -> dict[str, Any]:
    """A city's plan: its current version, how long it is, how much it is talked about. Of a plan that the person may not
    read, only where it would be."""
    person = context["request"].user
    plan = find_current_plan(city)
    version = plan.current_version if plan else None
    if plan is None or version is None:
        return {"plan": None}
    if not can_read_plan(person, plan):
        return {"plan": None, "members_only": plan}
    others = PlanPage.objects.visible_to(person).filter(city=city, versions__isnull=False).exclude(pk=plan.pk)
    return {
        "others": others.distinct().order_by("-first_published_at"),
        "plan": {
            "title": version.title,
            "url": plan.get_url(),
            "period": plan.period,
            "phase": describe_phase(plan, version),
            "version": version.number,
            "published_at": version.published_at,
            "section_count": version.texts.exclude(kind=SectionText.Kind.CHAPTER).count(),
            "comment_count": Anchor.objects.filter(version=version, quote__post__status="published").count(),
        },
    }
