"""The coordinators' page: who holds which role in their city; granting and withdrawing roles."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import turkish_fold, turkish_sort_key
from members import actions
from members.models import City, Membership, Role, User
from members.permissions import can_grant_role
from members.requests import MemberRequest, show_city

# Membership itself is nobody's to grant: people join.
GRANTED = (Role.COORDINATOR, Role.EDITOR, Role.MODERATOR)
WHAT_IT_MAY = {
    Role.COORDINATOR: gettext_lazy("grants roles, confirms who speaks for organisations, and may do all that follows"),
    Role.EDITOR: gettext_lazy("writes the plan and articles, answers comments, reviews experiences"),
    Role.MODERATOR: gettext_lazy("hides posts and locks topics, with a reason"),
}
MOST_FOUND = 50

Held = dict[User, list[str]]


def _city(request: MemberRequest, slug: str) -> City:
    city = get_object_or_404(City, slug=slug)
    show_city(request, city)
    if not can_grant_role(request.user, city):
        raise PermissionDenied
    return city


def _people(city: City) -> Held:
    """Everybody in the city with their roles, in the order of the alphabet; two queries whatever their number."""
    held: Held = {}
    for membership in city.memberships.filter(user__is_active=True).select_related("user"):
        held.setdefault(membership.user, []).append(membership.role)
    return dict(sorted(held.items(), key=lambda item: turkish_sort_key(item[0].display_name)))


def _present(city: City, user: User, held: list[str]) -> dict[str, Any]:
    """A row of the page: the person, their roles, and what can be done about each."""

    def address(name: str, role: Role) -> str:
        return reverse(f"members:{name}", args=[city.slug, user.pk, role.value])

    given = [role for role in GRANTED if role in held]
    open_roles = [role for role in GRANTED if role not in held]
    return {
        "user": user,
        "roles": given,
        "actions": [
            {"label": _("Withdraw: %(role)s") % {"role": role.label}, "url": address("withdraw_role", role)}
            for role in given
        ]
        + [
            {"label": _("Grant: %(role)s") % {"role": role.label}, "url": address("grant_role", role)}
            for role in open_roles
        ],
    }


@login_required
def roles(request: MemberRequest, slug: str) -> HttpResponse:
    """Those with roles; and, searched by display name, every member. Parameter: ad."""
    city = _city(request, slug)
    people, words = _people(city), request.GET.get("ad", "").strip()
    if words:
        shown = {user: held for user, held in people.items() if turkish_fold(words) in turkish_fold(user.display_name)}
    else:
        shown = {user: held for user, held in people.items() if set(held) & set(GRANTED)}
    context = {
        "city": city,
        "words": words,
        "member_count": len(people),
        "found": len(shown),
        "rows": [_present(city, user, held) for user, held in list(shown.items())[:MOST_FOUND]],
        "most_found": MOST_FOUND,
        "explained": [{"role": role, "may": WHAT_IT_MAY[role]} for role in GRANTED],
    }
    return render(request, "members/roles.html", context)


def _role(name: str) -> Role:
    if name not in GRANTED:
        raise Http404
    return Role(name)


@login_required
def grant_role(request: MemberRequest, slug: str, pk: int, role: str) -> HttpResponse:
    """Give a member of the city a role, after a question."""
    city, granted = _city(request, slug), _role(role)
    user = get_object_or_404(User.objects.filter(is_active=True, memberships__city=city).distinct(), pk=pk)
    if request.method == "POST":
        actions.grant_role(by=request.user, user=user, city=city, role=granted)
        messages.success(request, _("Role granted. %(name)s: %(role)s") % {"name": user, "role": granted.label})
        return redirect("members:roles", slug=city.slug)
    context = {"city": city, "person": user, "role": granted, "may": WHAT_IT_MAY[granted]}
    return render(request, "members/grant_role.html", context)


@login_required
def withdraw_role(request: MemberRequest, slug: str, pk: int, role: str) -> HttpResponse:
    """Take a role back, after a question."""
    city, withdrawn = _city(request, slug), _role(role)
    membership = get_object_or_404(
        Membership.objects.select_related("user", "city"), city=city, user_id=pk, role=withdrawn
    )
    if request.method == "POST":
        return _withdraw(request, membership)
    context = {"city": city, "person": membership.user, "role": withdrawn, "own": membership.user == request.user}
    return render(request, "members/withdraw_role.html", context)


def _withdraw(request: MemberRequest, membership: Membership) -> HttpResponse:
    city, user = membership.city, membership.user
    try:
        actions.withdraw_role(by=request.user, membership=membership)
    except actions.LastCoordinatorError:
        messages.error(request, _("This is the last coordinator. Make somebody else a coordinator first."))
    else:
        done = {"name": user, "role": Role(membership.role).label}
        messages.success(request, _("Role withdrawn. %(name)s: %(role)s") % done)
    still_allowed = can_grant_role(User.objects.get(pk=request.user.pk), city)
    return redirect("members:roles", slug=city.slug) if still_allowed else redirect("members:profile")
