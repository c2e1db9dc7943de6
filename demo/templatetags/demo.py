"""The demo accounts, for the sign-in page."""

from typing import Any

from django import template
from django.template.context import RequestContext

from demo.accounts import DEMO_PASSWORD, DOMAIN
from members.models import Membership, Role

register = template.Library()


@register.inclusion_tag("demo/accounts.html", takes_context=True)
def demo_accounts(context: RequestContext) -> dict[str, Any]:
    """A button per demo account. Accounts of the demo that are offered have a usable password."""
    memberships = Membership.objects.filter(user__email__endswith=f"@{DOMAIN}").select_related("user", "city")
    offered: dict[int, Membership] = {}
    for membership in memberships.order_by("city__slug", "user_id", "pk"):
        if membership.user.has_usable_password():
            offered[membership.user_id] = membership  # the last role given is the one beyond "member"
    order = list(Role)
    accounts = sorted(offered.values(), key=lambda found: (found.city.slug, order.index(Role(found.role))))
    return {
        "accounts": accounts,
        "password": DEMO_PASSWORD,
        "csrf_token": context.get("csrf_token"),
        "next": context["request"].GET.get("next", ""),
    }
