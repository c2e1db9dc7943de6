"""What a display name may be, and which ones look the same."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from members.models import User
from members.names import name_key, validate_display_name
from tests.factories import UserFactory


@pytest.mark.parametrize(
    "name",
    [
        "Ayşe Gül",
        "Işıl İnan",
        "Rojîn Xelîl",
        "Bêrîvan",
        "Ç. Wanlı",
        "O'Brien",
        "Sa’diye",
        "Ayşe-Nur",
        "Üç Çocuk Annesi",
        "Gece Kuşu 42",
        "Zoë",
        "Maryam al-Hasan",
        "Łucja",
    ],
)
def test_people_are_called_as_they_are_called(name):
    validate_display_name(name)


@pytest.mark.parametrize("other", ["ADA", "A d a", "Adá", "Äda", "A\u0308da", "Ada.", "A-da", "Â’da"])
def test_names_that_look_the_same_have_the_same_key(other):
    assert name_key(other) == name_key("Ada")


@pytest.mark.parametrize(
    "name",
    [
        "Ada\ufe0f",
        "Ada\u034f",
        "Ada\u3164",
        "\u0410da",
        "\u3164\u3164",
        "\u2800\u2800",
        "Ada\u200b",
        "👩👩",
        "--",
        "42",
        "a@b.c",
    ],
)
def test_what_looks_like_another_name_or_like_nothing_is_refused(name):
    with pytest.raises(ValidationError):
        validate_display_name(name)


@pytest.mark.parametrize(
    "name", ["Moderatör-Ayşe", "Editör.", "Moderatörü", "KOORDİNATÖRLÜK", "Yönetici", "Ayşe (yönetim)", "Müşterek"]
)
def test_a_name_like_a_role_is_refused(name):
    with pytest.raises(ValidationError):
        validate_display_name(name)


def test_of_people_whose_names_look_the_same_now_the_first_keeps_it(db):
    people = [UserFactory(display_name=f"Kişi {letter}") for letter in "abc"]
    for person, name in zip(people, ["Ada", "Ada.", "Adá"], strict=True):
        User.objects.filter(pk=person.pk).update(display_name=name, name_key=name)
    importlib.import_module("members.migrations.0004_names_that_look_the_same").renew_keys(apps, None)
    names = list(
        User.objects.filter(pk__in=[person.pk for person in people]).order_by("pk").values_list("display_name")
    )
    assert names == [("Ada",), (f"Ada. {people[1].pk}",), (f"Adá {people[2].pk}",)]
    for person in User.objects.all():
        assert person.name_key == name_key(person.display_name)
