"""People, cities, organisations, and who may speak and act where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, Group, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from common.text import turkish_slug, turkish_sort_key
from common.typed import words_among
from members.names import LONGEST_KEY, LONGEST_NAME, NAME_IS_TAKEN, name_key, validate_display_name


class UserManager(BaseUserManager["User"]):
    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Lower case by root rules (never Turkish ones): one person, one spelling of the address."""
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, *, display_name: str, **fields: object) -> User:
        return self.create_user(email, password, display_name=display_name, is_superuser=True, **fields)

    def read_with_roles(self, pk: int) -> User | None:
        """The person and their `roles_by_city` in one query: a row for each role. None where there is nobody."""
        rows = list(self.filter(pk=pk).annotate(held_in=F("memberships__city"), held=F("memberships__role")))
        if not rows:
            return None
        person: User = rows[0]
        person.roles_by_city = _by_city((row.held_in, row.held) for row in rows if row.held_in is not None)
        return person


def _by_city(held: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    roles: dict[int, set[str]] = {}
    for city_pk, role in held:
        roles.setdefault(city_pk, set()).add(role)
    return roles


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by an e-mail address that nobody sees and a display name that may be a pseudonym."""

    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(
        _("display name"),
        max_length=LONGEST_NAME,
        validators=[MinLengthValidator(2), validate_display_name],
        help_text=_("Shown beside what you write. It may be a pseudonym."),
    )
    # members.names.name_key; NULL until the first sign-in, for which an address is confirmed: then the name is theirs.
    name_key = models.CharField(max_length=LONGEST_KEY, unique=True, null=True, blank=True, default="", editable=False)
    city = models.ForeignKey(
        "City", verbose_name=_("city"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    wants_mails = models.BooleanField(
        _("mails about what concerns you"),
        default=True,
        help_text=_(
            "When something becomes of what you wrote or shared, before a consultation of your city ends, and when something "
            "new comes to a saved search."
        ),
    )
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        super().clean()
        self.email = User.objects.normalize_email(self.email)
        if User.objects.filter(name_key=name_key(self.display_name)).exclude(pk=self.pk).exists():
            raise ValidationError({"display_name": NAME_IS_TAKEN})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Two people never have names that look the same: one could pass for the other."""
        if self.name_key is not None:
            self.name_key = name_key(self.display_name)
        if (fields := kwargs.get("update_fields")) is not None and "display_name" in fields:
            kwargs["update_fields"] = {*fields, "name_key"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    def roles_in(self, city: City | None) -> frozenset[str]:
        """The roles held in a city."""
        return frozenset(self.roles_by_city.get(city.pk, ())) if city else frozenset()

    @cached_property
    def roles_by_city(self) -> dict[int, set[str]]:
        """All roles held, by the city's pk; read once an instance, of who is signed in along with the person."""
        return _by_city(self.memberships.values_list("city_id", "role"))


def display_name(user: User) -> str:
    return user.display_name


class CityQuerySet(models.QuerySet["City"]):
    def with_role(self, person: User | AnonymousUser, *roles: Role) -> CityQuerySet:
        """The cities in which the person holds one of the roles: those for which members.permissions.has_role is true."""
        if not isinstance(person, User) or not person.is_active:
            return self.none()
        if person.is_superuser:
            return self.all()
        held = person.memberships.filter(role__in={*roles, Role.COORDINATOR})
        return self.filter(pk__in=held.values("city"))

    def in_alphabetical_order(self) -> list[City]:
        """By the Turkish alphabet, which no database here knows."""
        return sorted(self, key=lambda city: turkish_sort_key(city.name))


class City(models.Model):
    """A city with its platform. `editors` is the Wagtail group that may work on the city's pages."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), unique=True, blank=True)  # made of the name; it stays when the name changes
    editors = models.OneToOneField(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="city")

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The city's own page (cms.CityPage), without a query."""
        return reverse("wagtail_serve", args=[f"{self.slug}/"])

    def clean(self) -> None:
        super().clean()
        if self._state.adding:
            self.slug = self.slug or turkish_slug(self.name)
            if not self.slug or City.objects.filter(slug=self.slug).exists() or not self._has_free_address():
                raise ValidationError({"name": _("Another page has this address already. Please choose another name.")})

    def _has_free_address(self) -> bool:
        """A city's pages are below /tr/<slug>/, which must not be the address of another part of the site."""
        with override(settings.LANGUAGE_CODE):  # the resolver knows the active language's addresses alone
            return resolve(self.get_absolute_url()).url_name == "wagtail_serve"


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    COORDINATOR = "coordinator", _("Coordinator")


class Membership(models.Model):
    """One role of one person in one city; a person may hold several."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("member"))
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("city"))
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "city", "role"], name="one_row_per_role")]

    def __str__(self) -> str:
        return f"{self.user} · {self.city} · {self.get_role_display()}"


class OrganisationKind(models.TextChoices):
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    ACADEMIA = "academia", _("Academia")
    PROFESSIONAL_CHAMBER = "professional_chamber", _("Professional chamber")
    TRADE_UNION = "trade_union", _("Trade union")
    LOCAL_GOVERNMENT = "local_government", _("Local government")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def spoken_for_by(self, person: User | AnonymousUser) -> OrganisationQuerySet:
        """The organisations for which the person may speak: a coordinator has confirmed it."""
        if not isinstance(person, User):
            return self.none()
        return self.filter(pk__in=person.representations.confirmed().values("organisation"))

    def in_alphabetical_order(self) -> list[Organisation]:
        """By the Turkish alphabet."""
        return sorted(self, key=lambda organisation: turkish_sort_key(organisation.name))


class Organisation(models.Model):
    """A member body of a city's platform."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("city"))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=["city", "name"],
                name="organisation_named_once_per_city",
                violation_error_message=_("The city has an organisation of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RepresentationQuerySet(models.QuerySet["Representation"]):
    def confirmed(self) -> RepresentationQuerySet:
        return self.filter(confirmed_at__isnull=False)


class Representation(models.Model):
    """A person who may speak for an organisation, once a coordinator of its city has confirmed it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="representations", verbose_name=_("member"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="representations", verbose_name=_("organisation")
    )
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("confirmed by")
    )

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="one_representation_per_person")]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation}"


class Draft(models.Model):
    """What a person typed into the form at an address and could not send, or has not sent yet. Nobody else reads it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts", verbose_name=_("member"))
    path = models.TextField(_("address"))  # with its query, in which a long quote may stand
    title = models.CharField(_("title"), max_length=200, blank=True)
    fields = models.JSONField(_("fields"), default=dict)  # {name of the form's field: text}
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ("-saved_at",)

    def __str__(self) -> str:
        return self.title or self.path

    @property
    def texts(self) -> list[str]:
        """What was typed, without the title, and without the words of the plan that a comment may change."""
        return words_among((name, value) for name, value in self.fields.items() if name not in ("title", "words"))
