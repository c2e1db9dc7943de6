"""The demo's cities, organisations and people."""

from __future__ import annotations

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress

from cms.actions import open_city
from cms.models import HomePage, TextPage
from common.markdown import render_markdown
from demo.accounts import DEMO_PASSWORD, demo_address
from demo.reading import CITIES, read_toml
from members.actions import add_organisation, confirm_representation, grant_role, join_city, request_representation
from members.models import City, Organisation, OrganisationKind, Role, User


@dataclass
class Cast:
    """Everybody and everything that the rest of the demo refers to by handle."""

    administrator: User
    cities: dict[str, City] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)


def load_cast() -> Cast:
    """Cities with their boards and libraries, organisations, and people in their roles."""
    cast = Cast(administrator=_person("yonetici", "Örnek Yönetici", is_superuser=True))
    _load_cities(cast)
    data = read_toml("people.toml")
    for row in data["organisation"]:
        cast.organisations[row["handle"]] = add_organisation(
            by=cast.administrator, city=cast.cities[row["city"]], name=row["name"], kind=OrganisationKind(row["kind"])
        )
    for row in data["person"]:
        cast.people[row["handle"]] = _cast_person(cast, row)
    return cast


def _load_cities(cast: Cast) -> None:
    site = read_toml("site.toml")
    home = HomePage.objects.get()
    home.intro = render_markdown(site["home"]["intro"])
    home.save_revision().publish()
    about = TextPage(title=site["home"]["about_title"], slug="hakkinda", show_in_menus=True)
    about.body = render_markdown(site["home"]["about_body"], top_heading=1)
    home.add_child(instance=about)
    for slug in CITIES:
        facts = site["city"][slug]
        page = open_city(
            by=cast.administrator,
            name=facts["name"],
            slug=slug,
            tagline=facts["tagline"],
            intro=render_markdown(facts["intro"]),
        )
        cast.cities[slug] = page.city


def _person(handle: str, name: str, password: str | None = None, **fields: object) -> User:
    user = User.objects.create_user(demo_address(handle), password, display_name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _cast_person(cast: Cast, row: dict[str, str]) -> User:
    city = cast.cities[row["city"]]
    user = _person(row["handle"], row["name"], DEMO_PASSWORD if row.get("demo_account") else None)
    join_city(user=user, city=city)
    if row["role"] != Role.MEMBER:
        grant_role(by=cast.administrator, user=user, city=city, role=Role(row["role"]))
    if handle := row.get("organisation"):
        representation = request_representation(user=user, organisation=cast.organisations[handle])
        confirm_representation(by=cast.administrator, representation=representation)
    return user
