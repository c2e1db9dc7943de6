"""A person's own page, and the choice of a city."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members import actions
from members.forms import DisplayNameForm, RepresentationForm
from members.middleware import remember_city
from members.models import City, Organisation, Representation, User
from members.permissions import can_coordinate_city
from members.requests import MemberRequest


def _safe_next(request: HttpRequest, default: str) -> str:
    target = request.POST.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else default


def cities(request: HttpRequest) -> HttpResponse:
    """Choose a city."""
    return render(request, "members/cities.html", {"city_list": City.in_alphabetical_order()})


@require_POST
def choose_city(request: HttpRequest) -> HttpResponse:
    """Remember the chosen city, and lead there."""
    city = get_object_or_404(City, slug=request.POST.get("city", ""))
    response = redirect(_safe_next(request, default=f"/{request.LANGUAGE_CODE}/{city.slug}/"))
    remember_city(response, city)
    return response


@login_required
@require_POST
def join(request: MemberRequest) -> HttpResponse:
    """Become a member of a city."""
    city = get_object_or_404(City, slug=request.POST.get("city", ""))
    actions.join_city(user=request.user, city=city)
    messages.success(request, _("You are now a member of this city: %(city)s.") % {"city": city})
    response = redirect(_safe_next(request, default="members:profile"))
    remember_city(response, city)
    return response


@login_required
def profile(request: MemberRequest) -> HttpResponse:
    """One's display name, cities, roles and organisations."""
    form = DisplayNameForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_display_name(user=request.user, display_name=form.cleaned_data["display_name"])
        messages.success(request, _("Your display name has been changed."))
        return redirect("members:profile")
    context = {
        "form": form,
        "memberships": request.user.memberships.select_related("city").order_by("city__name", "role"),
        "representations": request.user.representations.select_related("organisation__city"),
        "representation_form": RepresentationForm(city=request.user.city),
        "city_list": [city for city in City.in_alphabetical_order() if not request.user.roles_in(city)],
    }
    return render(request, "members/profile.html", context)


@login_required
@require_POST
def request_representation(request: MemberRequest) -> HttpResponse:
    """Ask to speak for an organisation of one's city."""
    form = RepresentationForm(request.POST, city=request.user.city)
    if not form.is_valid():
        messages.error(request, _("Please choose an organisation of your city."))
        return redirect("members:profile")
    actions.request_representation(user=request.user, organisation=form.cleaned_data["organisation"])
    messages.success(request, _("Asked. A coordinator of the city will confirm."))
    return redirect("members:profile")


def organisations(request: HttpRequest, slug: str) -> HttpResponse:
    """A city's member bodies; for its coordinators, also who asks to speak for them."""
    city = get_object_or_404(City, slug=slug)
    waiting = Representation.objects.filter(organisation__city=city, confirmed_at__isnull=True)
    context = {
        "city": city,
        "organisation_list": Organisation.objects.filter(city=city),
        "waiting": waiting.select_related("user", "organisation") if can_coordinate_city(request.user, city) else [],
    }
    return render(request, "members/organisations.html", context)


@login_required
@require_POST
def confirm_representation(request: MemberRequest, pk: int) -> HttpResponse:
    """A coordinator confirms that somebody speaks for an organisation."""
    representation = get_object_or_404(Representation.objects.select_related("organisation__city"), pk=pk)
    actions.confirm_representation(by=request.user, representation=representation)
    messages.success(request, _("Confirmed."))
    return redirect("members:organisations", slug=representation.organisation.city.slug)
