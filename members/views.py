"""The choice of a city, and a person's own page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.addresses import safe_address
from members import actions
from members.forms import ProfileForm, RepresentationForm
from members.middleware import remember_city
from members.models import City, User
from members.permissions import can_leave_city
from members.requests import MemberRequest, SiteRequest


def enter(request: HttpRequest) -> HttpResponse:
    """Wagtail sends here who may not enter. Its own sign-in forms have no limits: there is one way in. Who is signed in
    already is told that the page is not open to them."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"{reverse('account_login')}?{request.META['QUERY_STRING']}")


def cities(request: HttpRequest) -> HttpResponse:
    """Choose a city."""
    return render(request, "members/cities.html", {"city_list": City.objects.in_alphabetical_order()})


@require_POST
def choose_city(request: SiteRequest) -> HttpResponse:
    """Remember the chosen city, and lead there."""
    city = get_object_or_404(City, slug=request.POST.get("city", ""))
    response = redirect(safe_address(request, request.POST.get("next", ""), default=city.get_absolute_url()))
    if isinstance(request.user, User):  # no cookie, which would stay on the device when they sign out
        actions.choose_city(user=request.user, city=city)
    else:
        remember_city(response, city)
    return response


@login_required
@require_POST
def join(request: MemberRequest) -> HttpResponse:
    """Become a member of a city."""
    city = get_object_or_404(City, slug=request.POST.get("city", ""))
    actions.join_city(user=request.user, city=city)
    messages.success(request, _("You are now a member of this city: %(city)s.") % {"city": city})
    return redirect(safe_address(request, request.POST.get("next", ""), default="members:profile"))


@login_required
def leave(request: MemberRequest, slug: str) -> HttpResponse:
    """Give up one's place in a city, after a question."""
    city = get_object_or_404(City, slug=slug)
    if not can_leave_city(request.user, city):
        raise PermissionDenied
    if request.method == "POST":
        try:
            actions.leave_city(user=request.user, city=city)
        except actions.LastCoordinatorError:
            messages.error(request, _("You are the last coordinator. Make somebody else a coordinator first."))
        else:
            messages.success(request, _("You are no longer a member of this city: %(city)s.") % {"city": city})
        return redirect("members:profile")
    return render(request, "members/leave.html", {"city": city})


@login_required
def profile(request: MemberRequest) -> HttpResponse:
    """One's display name, cities, roles and organisations."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_profile(user=request.user, **form.cleaned_data)
        except ValidationError as error:  # somebody has taken the name meanwhile
            form.add_error(None, error)
        else:
            messages.success(request, _("Your account has been changed."))
            return redirect("members:profile")
    return _render_profile(request, form, RepresentationForm(person=request.user))


def _render_profile(request: MemberRequest, form: ProfileForm, asking: RepresentationForm) -> HttpResponse:
    every_city = City.objects.in_alphabetical_order()
    context = {
        "form": form,
        "own_cities": [
            {"city": city, "roles": roles} for city in every_city if (roles := sorted(request.user.roles_in(city)))
        ],
        "other_cities": [city for city in every_city if not request.user.roles_in(city)],
        "representations": request.user.representations.select_related("organisation__city"),
        "representation_form": asking if asking.is_bound or asking.has_choices else None,
    }
    return render(request, "members/profile.html", context)


@login_required
@require_POST
def request_representation(request: MemberRequest) -> HttpResponse:
    """Ask to speak for an organisation of one of one's cities."""
    form = RepresentationForm(request.POST, person=request.user)
    if not form.is_valid():
        return _render_profile(request, ProfileForm(instance=request.user), form)
    actions.request_representation(user=request.user, organisation=form.cleaned_data["organisation"])
    messages.success(request, _("Asked. A coordinator of the city will confirm."))
    return redirect("members:profile")


@login_required
def drafts(request: MemberRequest) -> HttpResponse:
    """What one typed and could not send, the newest first."""
    return render(request, "members/drafts.html", {"drafts": request.user.drafts.all()})


@login_required
@require_POST
def delete_draft(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    get_object_or_404(request.user.drafts, pk=pk).delete()
    messages.success(request, _("The draft has been deleted."))
    return redirect("members:drafts")
