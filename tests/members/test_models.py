from members.models import City, User


def test_an_address_is_kept_in_lower_case_by_root_rules(db):
    user = User.objects.create_user(" IRMAK@Example.ORG ", "bir-parola-42", display_name="Irmak")
    assert user.email == "irmak@example.org"  # with Turkish rules it would begin with ı


def test_an_administrator_is_made_with_a_name(db):
    user = User.objects.create_superuser("yonetici@example.org", "bir-parola-42", display_name="Yönetici")
    assert user.is_superuser
    assert str(user) == user.get_full_name() == "Yönetici"


def test_roles_are_read_once_a_request(member, city, django_assert_num_queries):
    person = User.objects.get(pk=member.pk)
    with django_assert_num_queries(1):
        assert person.roles_in(city)
        assert person.roles_in(city)
        assert not person.roles_in(None)


def test_cities_stand_in_turkish_order(db):
    for name in ("Zara", "Işık", "İnci", "Çay", "Ceviz"):
        City.objects.create(name=name, slug=str(abs(hash(name))))
    assert [city.name for city in City.objects.in_alphabetical_order()] == ["Ceviz", "Çay", "Işık", "İnci", "Zara"]
