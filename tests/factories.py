"""Objects for tests. Traits name states; people and cities come into being through the same actions as on the site."""

import factory
from allauth.account.models import EmailAddress

from cms.models import Theme
from forum.actions import open_topic, post_comment
from forum.models import Board, Post, Topic
from members.actions import grant_role, join_city
from members.models import City, Organisation, OrganisationKind, Role, User

PASSWORD = "uzun-bir-parola-42"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"kisi{n}@example.org")
    display_name = factory.Sequence(lambda n: f"Kişi {n}")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or PASSWORD)
        self.save(update_fields=["password"])
        EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Kurum {n}")
    kind = OrganisationKind.CIVIL_SOCIETY


def person(city: City, role: Role, *, is_active: bool = True, **fields) -> User:
    """A member of a city who holds a role in it."""
    user = UserFactory(**fields)
    join_city(user=user, city=city)
    if role != Role.MEMBER:
        administrator = User.objects.filter(is_superuser=True).first() or UserFactory(is_superuser=True)
        grant_role(by=administrator, user=user, city=city, role=role)
    if not is_active:
        user.is_active = False
        user.save(update_fields=["is_active"])
    return user


def board(city: City, theme: str = "parklar") -> Board:
    return Board.objects.get(city=city, theme=Theme.objects.get(slug=theme))


def topic(city: City, author: User, *, title: str = "Parktaki banklar", body: str = "Bank yok.", **kwargs) -> Topic:
    created, _opening = open_topic(author=author, board=board(city, **kwargs), title=title, body=body)
    return created


def reply(parent: Post, author: User, body: str = "Katılıyorum.") -> Post:
    return post_comment(author=author, target=parent.content_object, body=body, parent=parent)
