"""A city's member bodies, and who speaks for them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members import actions
from members.forms import OrganisationForm
from members.models import City, Representation
from members.permissions import can_add_organisation, can_coordinate_city, can_end_representation
from members.requests import MemberRequest, SiteRequest, show_city


def organisations(request: SiteRequest, slug: str) -> HttpResponse:
    """A city's member bodies; for its coordinators, also who speaks or asks to speak for them."""
    city = get_object_or_404(City, slug=slug)
    show_city(request, city)
    may_coordinate = can_coordinate_city(request.user, city)
    representations = Representation.objects.filter(organisation__city=city).select_related("user", "organisation")
    if not may_coordinate:
        representations = representations.none()
    context = {
        "city": city,
        "organisation_list": city.organisations.in_alphabetical_order(),
        "may_coordinate": may_coordinate,
        "waiting": [found for found in representations if found.confirmed_at is None],
        "confirmed": [found for found in representations if found.confirmed_at is not None],
    }
    return render(request, "members/organisations.html", context)


@login_required
def add_organisation(request: MemberRequest, slug: str) -> HttpResponse:
    """A coordinator adds a member body to the city."""
    city = get_object_or_404(City, slug=slug)
    show_city(request, city)
    if not can_add_organisation(request.user, city):
        raise PermissionDenied
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_organisation(by=request.user, city=city, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            messages.success(request, _("The organisation has been added."))
            return redirect("members:organisations", slug=city.slug)
    return render(request, "members/add_organisation.html", {"city": city, "form": form})


def _representation(pk: int) -> Representation:
    return get_object_or_404(Representation.objects.select_related("user", "organisation__city"), pk=pk)


@login_required
@require_POST
def confirm_representation(request: MemberRequest, pk: int) -> HttpResponse:
    """A coordinator confirms that somebody speaks for an organisation."""
    representation = _representation(pk)
    actions.confirm_representation(by=request.user, representation=representation)
    messages.success(request, _("Confirmed."))
    return redirect("members:organisations", slug=representation.organisation.city.slug)


@login_required
def end_representation(request: MemberRequest, pk: int) -> HttpResponse:
    """The person, or a coordinator, ends it or turns it down, after a question."""
    representation = _representation(pk)
    if not can_end_representation(request.user, representation):
        raise PermissionDenied
    own, city = representation.user_id == request.user.pk, representation.organisation.city
    if request.method == "POST":
        actions.end_representation(by=request.user, representation=representation)
        messages.success(request, _("It has ended."))
        return redirect("members:profile") if own else redirect("members:organisations", slug=city.slug)
    context = {"representation": representation, "own": own, "city": city}
    return render(request, "members/end_representation.html", context)
