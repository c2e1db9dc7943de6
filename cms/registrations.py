"""This app's own entry of the navigation: the page about the platform."""

from django.utils.translation import gettext_lazy as _

from cms import navigation

navigation.register(
    navigation.Entry(
        name="about", label=_("About"), order=10, page=lambda page: page.slug == "hakkinda", in_footer=True
    )
)
