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
        "Xwîşka Qedrî Wêran",
        "Çîçek Ûsiv",
        "Nərmin",
        "Kâmil Hâlâ",
        "Saʿd ibn Ḥāriṯ",
        "Sa‘diyya",
        "D'Angelo-Çelik",
        "mor_kedi",
        "Ñuñez Þór",
        "Ọ́ládélé",
        "i\u0307brahim",
    ],
)
def test_people_are_called_as_they_are_called(name):
    validate_display_name(name)


@pytest.mark.parametrize(
    "other",
    [
        "ADA",
        "A d a",
        "Adá",
        "Äda",
        "A\u0308da",
        "Ada.",
        "A-da",
        "Â’da",
        "\u0251da",
        "\u1d00da",
        "\u0410da",
        "Ada\u3164",
    ],
)
def test_names_that_look_the_same_have_the_same_key(other):
    assert name_key(other) == name_key("Ada")


@pytest.mark.parametrize(
    "name",
    [
        "Ada\ufe0f",
        "Ada\u034f",
        "Ada\u3164",
        "\u0410da",
        "A\u01c0i",
        "ʿʾ",
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
    "name",
    [
        "Moderatör-Ayşe",
        "Editör.",
        "Moderatörü",
        "KOORDİNATÖRLÜK",
        "Modératør",
        "mor_editör",
        "Yönetici",
        "Ayşe (yönetim)",
        "Müşterek",
    ],
)
def test_a_name_like_a_role_is_refused(name):
    with pytest.raises(ValidationError):
        validate_display_name(name)


def test_a_key_fits_and_keeps_the_number_at_the_end():
    assert name_key("ﬃ" * 48 + " 2") != name_key("ﬃ" * 48 + " 3")
    assert len(name_key("ﬃ" * 50)) <= User._meta.get_field("name_key").max_length


def test_of_people_whose_names_look_the_same_now_the_first_keeps_it(db):
    asked = ["Ada", "Ada.", "Adá", "ADA 2", "\u3164\u3164", "\u0410da", "Ada."[:3].ljust(50, "a")]
    people = [UserFactory(display_name=f"Kişi {letter}") for letter in "abcdefg"]
    for person, name in zip(people, asked, strict=True):
        User.objects.filter(pk=person.pk).update(display_name=name, name_key=name)
    importlib.import_module("members.migrations.0005_names_are_held_from_the_first_sign_in").renew_keys(apps, None)
    for person in people:
        person.refresh_from_db()
    names = [person.display_name for person in people]
    assert names == ["Ada", "Ada. 3", "Adá 4", "ADA 2", "\u3164\u3164 2", "\u0410da 5", asked[-1]]
    for person in User.objects.all():
        assert person.name_key == name_key(person.display_name)
