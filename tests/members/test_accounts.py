"""Sign-up, sign-in, passwords and addresses: what allauth does, in our pages and mails."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from config.settings import base
from members.models import Role, User
from tests.factories import PASSWORD, UserFactory

NEW = {
    "display_name": "Deniz",
    "email": "deniz@example.org",
    "password1": "kavun-karpuz-1453",
    "password2": "kavun-karpuz-1453",
}


@pytest.fixture
def person(db) -> User:
    return UserFactory(email="ada@example.org", display_name="Ada")


def link_in(message: mail.EmailMessage) -> str:
    """The path of the first address in a mail."""
    return re.search(r"https?://[^/\s]+(/\S+)", message.body)[1]


def sign_up(client: Client, **changes: str):
    return client.post(reverse("account_signup"), NEW | changes)


def sign_in(client: Client, password: str = PASSWORD, address: str = "ada@example.org", query: str = ""):
    return client.post(reverse("account_login") + query, {"login": address, "password": password})


def ask_for_address(client: Client, address: str) -> None:
    """Ask for another address, and say the password that is asked for before."""
    asked = client.post(reverse("account_email"), {"action_add": "1", "email": address})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    client.post(asked.url, {"password": PASSWORD}, follow=True)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_who_signs_up_confirms_by_a_press_and_is_signed_in(client, city):
    response = sign_up(client, city=city.pk)
    assert response.url == reverse("account_email_verification_sent")
    assert client.get(response.url).status_code == 200
    assert not is_signed_in(client)
    link = link_in(mail.outbox[0])
    assert client.get(link).status_code == 200
    assert not EmailAddress.objects.get(
        email=NEW["email"]
    ).verified  # opening the link, as mail scanners do, confirms nothing
    response = client.post(link)
    assert response.url == f"/tr/{city.slug}/"
    assert is_signed_in(client)
    user = User.objects.get(email=NEW["email"])
    assert (user.display_name, user.city) == ("Deniz", city)
    assert user.roles_in(city) == {Role.MEMBER}


def test_a_link_confirmed_in_another_browser_leads_to_sign_in(client, city):
    sign_up(client)
    elsewhere = Client()
    assert elsewhere.post(link_in(mail.outbox[0])).url == reverse("account_login")
    assert not is_signed_in(elsewhere)
    assert EmailAddress.objects.get(email=NEW["email"]).verified


def test_the_city_chosen_before_is_offered_at_sign_up(client, city):
    client.post(reverse("members:choose_city"), {"city": city.slug})
    assert f'<option value="{city.pk}" selected>' in client.get(reverse("account_signup")).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"display_name": "d"}, "display_name"),
        ({"display_name": "deniz@example.org"}, "display_name"),
        ({"display_name": "De\u202eniz"}, "display_name"),
        ({"email": "deniz"}, "email"),
        ({"password1": "kisa", "password2": "kisa"}, "password1"),
        ({"password2": "baska-bir-parola-9"}, "password2"),
    ],
)
def test_a_wrong_field_says_so_beside_it_and_the_rest_stays(client, db, changes, field):
    response = sign_up(client, **changes)
    page = response.content.decode()
    assert list(response.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in page
    assert f'value="{(NEW | changes)["email"]}"' in page
    assert not User.objects.exists()


def test_signing_up_with_a_known_address_looks_the_same_and_writes_to_its_owner(client, person):
    known = sign_up(client, email="ADA@example.org")
    unknown = sign_up(Client(), display_name="Derya")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    to_owner, to_new = mail.outbox
    assert to_owner.to == ["ada@example.org"]
    assert link_in(to_owner) == reverse("account_reset_password")
    assert to_new.to == [NEW["email"]]
    assert User.objects.filter(email__iexact="ada@example.org").count() == 1


def test_a_person_signs_in_to_their_city(client, city):
    UserFactory(email="ada@example.org", city=city)
    response = sign_in(client)
    assert response.url == f"/tr/{city.slug}/"
    assert city.name in client.get("/tr/bilgi/sozluk/").content.decode()
    client.post(reverse("account_logout"))
    assert "kent" not in client.cookies  # nothing on the device says which city was theirs


def test_the_editors_desk_speaks_the_language_of_the_sign_in_page(client, editor):
    client.post(reverse("account_login"), {"login": editor.email, "password": PASSWORD})
    page = client.get(reverse("plan_desk"), headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="tr"' in page


def test_an_address_typed_in_capitals_is_the_same(client, person):
    sign_in(client, address="ADA@EXAMPLE.ORG")
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_say_the_same(client, person):
    pages = [sign_in(client, password="yanlış"), sign_in(client, address="yok@example.org")]
    errors = [list(page.context["form"].non_field_errors()) for page in pages]
    assert len(errors[0]) == 1
    assert errors[0] == errors[1]
    assert 'value="ada@example.org"' in pages[0].content.decode()
    assert not is_signed_in(client)


def test_too_many_wrong_passwords_are_answered_with_429_and_the_longest_wait(client, person, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/5m/key"}
    statuses = [sign_in(client, "yanlış parola").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert sign_in(client).headers["Retry-After"] == "3600"
    assert not is_signed_in(client)


@pytest.mark.parametrize("name", ["Ada", "ADA", "a d a", "Âda", "Koordinatör Ada", "MODERATOR", "Müşterek"])
def test_nobody_takes_a_name_that_looks_like_anothers_or_like_a_role(client, person, name):
    page = sign_up(client, display_name=name)
    assert page.status_code == 200
    assert page.context["form"].errors["display_name"]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "target", ["https://kotu.example/", "//kotu.example/", "javascript:alert(1)", "/\\kotu.example"]
)
def test_sign_in_returns_to_this_site_alone(client, person, target):
    assert sign_in(client, query=f"?next={target}").url == reverse("members:cities")


def test_sign_in_returns_to_where_one_was(client, person):
    assert sign_in(client, query="?next=/tr/bilgi/sozluk/").url == "/tr/bilgi/sozluk/"


def test_an_unconfirmed_person_gets_the_link_again_instead_of_a_session(client, person):
    EmailAddress.objects.update(verified=False)
    assert sign_in(client).url == reverse("account_email_verification_sent")
    assert not is_signed_in(client)
    assert mail.outbox[0].to == [person.email]


def test_a_closed_account_does_not_enter(client, person):
    User.objects.update(is_active=False)
    told = sign_in(client).url
    assert client.get(told).status_code == 200
    assert not is_signed_in(client)


def test_a_forgotten_password_is_replaced_through_the_mail(client, person):
    asked = client.post(reverse("account_reset_password"), {"email": person.email})
    assert asked.url == reverse("account_reset_password_done")
    page = client.get(link_in(mail.outbox[0]), follow=True)
    new = "yepyeni-parola-77"
    done = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done.url == reverse("account_reset_password_from_key_done")
    assert client.get(done.url).status_code == 200
    sign_in(client, password=new)
    assert is_signed_in(client)


def test_asking_for_the_password_of_an_unknown_address_looks_the_same(client, person):
    known = client.post(reverse("account_reset_password"), {"email": person.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "yok@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_used_password_link_says_so(client, person):
    page = client.get(reverse("account_reset_password_from_key", args=["1", "set-password"]))
    assert page.status_code == 200
    assert page.context["token_fail"]
    assert reverse("account_reset_password") in page.content.decode()


def test_a_password_is_changed_with_the_old_one(client, person):
    sign_in(client)
    url, new = reverse("account_change_password"), "yepyeni-parola-77"
    refused = client.post(url, {"oldpassword": "yanlış", "password1": new, "password2": new})
    assert list(refused.context["form"].errors) == ["oldpassword"]
    assert client.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new}).url == reverse(
        "members:profile"
    )
    assert is_signed_in(client)
    person.refresh_from_db()
    assert person.check_password(new)
    assert mail.outbox[-1].to == [person.email]


def test_an_address_changes_when_the_new_one_is_confirmed(client, person):
    sign_in(client)
    ask_for_address(client, "yeni@example.org")
    person.refresh_from_db()
    assert person.email == "ada@example.org"
    assert "yeni@example.org" in client.get(reverse("account_email")).content.decode()
    confirmation = mail.outbox[-1]
    assert confirmation.to == ["yeni@example.org"]
    client.post(link_in(confirmation))
    person.refresh_from_db()
    assert person.email == "yeni@example.org"
    told = mail.outbox[-1]
    assert told.to == ["ada@example.org"]
    assert "yeni@example.org" not in told.body  # the old mailbox may be read by somebody else


def test_a_change_of_address_can_be_taken_back(client, person):
    sign_in(client)
    ask_for_address(client, "yeni@example.org")
    client.post(reverse("account_email"), {"action_remove": "1", "email": "yeni@example.org"})
    assert [address.email for address in person.emailaddress_set.all()] == ["ada@example.org"]


def test_changing_the_address_needs_the_password(client, person):
    sign_in(client)
    asked = client.post(reverse("account_email"), {"action_add": "1", "email": "yeni@example.org"})
    assert client.get(asked.url).status_code == 200
    refused = client.post(asked.url, {"password": "yanlış"})
    assert list(refused.context["form"].errors) == ["password"]
    assert not EmailAddress.objects.filter(email="yeni@example.org").exists()


def test_signing_out_is_a_question_and_a_press(client, person):
    sign_in(client)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


@pytest.mark.parametrize("path", ["/yonetim/login/", "/tr/_util/login/"])
def test_wagtails_own_sign_in_forms_are_closed(client, db, path):
    assert client.get(f"{path}?next=/yonetim/").url == f"{reverse('account_login')}?next=/yonetim/"
    assert client.post(path, {"username": "ada@example.org", "password": PASSWORD}).status_code == 302
    assert not is_signed_in(client)


def test_a_member_is_told_that_the_desk_is_not_open_to_them(client_of, member):
    response = client_of(member).get("/yonetim/", follow=True)
    assert response.status_code == 403
    assert 'class="error-page' in response.content.decode()


@pytest.mark.parametrize("language", ["tr", "en"])
def test_mails_are_plain_text_with_subjects_that_tell_nothing(client, person, language):
    def at(name: str) -> str:
        return reverse(name).replace("/tr/", f"/{language}/")

    client.post(at("account_signup"), NEW)
    client.post(at("account_signup"), NEW | {"email": person.email, "display_name": "Başka Deniz"})
    client.post(at("account_reset_password"), {"email": person.email})
    client.post(at("account_reset_password"), {"email": "yok@example.org"})
    assert len(mail.outbox) == 4
    for message in mail.outbox:
        assert message.subject.startswith("Müşterek: ")
        assert not re.search("eşitlik|cinsiyet|kadın|equality|gender|women", message.subject + message.body, re.I)
        assert getattr(message, "alternatives", []) == []
        assert "example.com" not in message.body
        assert f"/{language}/" in message.body
        assert "&#x27;" not in message.body
        assert "&amp;" not in message.body


def test_asking_for_a_name_twice_does_not_tell_whether_the_address_is_known(person):
    told = []
    for number, address in enumerate((person.email, "kimse@example.org")):
        asked = {"display_name": f"Sonda {number}"}
        for mine in (address, f"ben{number}@example.org"):
            assert sign_up(Client(), email=mine, **asked).status_code == 302
        me = User.objects.get(email=mine)
        assert Client().post(link_in(mail.outbox[-1])).status_code == 302
        EmailAddress.objects.get(user=me, verified=True)
        sign_in(Client(), NEW["password1"], mine)
        me.refresh_from_db()
        told.append(me.display_name)
    assert told == ["Sonda 0", "Sonda 1"]  # and whoever comes after has another


def test_a_name_is_held_by_who_confirms_first(client, city):
    sign_up(client, city=city.pk)
    other = Client()
    sign_up(other, email="b@example.org", city=city.pk)
    assert list(User.objects.filter(email__in=[NEW["email"], "b@example.org"]).values_list("name_key")) == [(None,)] * 2
    first, second = (link_in(message) for message in mail.outbox)
    other.post(second)
    assert not User.objects.get(email=NEW["email"]).roles_in(city)  # nobody belongs anywhere before
    page = client.post(first, follow=True).content.decode()
    assert "Deniz 2" in page
    names = User.objects.filter(memberships__city=city).order_by("pk").values_list("display_name", "name_key")
    assert list(names) == [("Deniz 2", "deniz2"), ("Deniz", "deniz")]
    assert sign_up(Client(), email="c@example.org").context["form"].errors["display_name"]


def test_a_sign_up_over_the_limit_is_a_page_with_the_words(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/h/ip"}
    sign_up(client)
    refused = sign_up(client, email="b@example.org", display_name="Başka Deniz")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Başka Deniz" in refused.content.decode()


def test_a_workshop_signs_up_from_one_address(db, settings):
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    asked = [sign_up(Client(), email=f"k{n}@example.org", display_name=f"Katılan {n}") for n in range(12)]
    assert {response.status_code for response in asked} == {302}


def test_a_stranger_does_not_lock_somebody_out(person, settings, monkeypatch):
    """However long they go on: a quarter of an hour, from one address."""
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    stranger, owner = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.7")
    now, statuses = time.time(), []
    for second in range(0, 15 * 60, 6):
        monkeypatch.setattr(time, "time", lambda at=now + second: at)
        statuses.append(sign_in(stranger, password="yanlış").status_code)
    assert statuses[-1] == 429
    sign_in(owner)
    assert is_signed_in(owner)


def test_the_limits_are_not_forgotten_among_many_requests(client, person, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/5m/key"}
    for _attempt in range(3):
        sign_in(client, "yanlış parola")
    for number in range(1000):
        cache.set(f"baska-{number}", True)
    assert sign_in(client).status_code == 429


def test_a_link_in_a_mail_leads_to_the_sites_own_address(client, person, settings):
    elsewhere = {"host": "kotu.example"}
    for address in (person.email, "kimse@example.org"):  # the second has no account
        client.post(reverse("account_reset_password"), {"email": address}, headers=elsewhere)
        client.post(reverse("account_signup"), NEW | {"email": address}, headers=elsewhere)
    client.force_login(person)
    new = {"oldpassword": PASSWORD, "password1": NEW["password1"], "password2": NEW["password1"]}
    client.post(reverse("account_change_password"), new, headers=elsewhere)
    assert len(mail.outbox) == 5
    for message in mail.outbox:
        assert "kotu.example" not in message.body
        assert settings.BASE_URL in message.body


def test_a_mail_server_that_is_away_loses_nobodys_account(client, db, monkeypatch):
    sent = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    page = client.post(reverse("account_signup"), NEW, follow=True)
    assert "gönderilemedi" in page.content.decode()
    monkeypatch.setattr(EmailBackend, "send_messages", sent)
    client.post(reverse("account_login"), {"login": NEW["email"], "password": NEW["password1"]})
    assert [message.to for message in mail.outbox] == [[NEW["email"]]]


def refuse(backend, messages):
    raise ConnectionRefusedError


@pytest.mark.parametrize("name", ["members:profile", "members:drafts", "account_email", "knowledge:my_experiences"])
def test_private_pages_are_not_kept_by_the_browser(client_of, member, name):
    assert "no-store" in client_of(member).get(reverse(name)).headers["Cache-Control"]


def test_what_is_read_is_kept_by_the_browser(client_of, member):
    assert "no-store" not in client_of(member).get("/tr/bilgi/sozluk/").headers.get("Cache-Control", "")
