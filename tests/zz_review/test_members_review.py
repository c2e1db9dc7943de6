import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from members import actions
from members.models import Role, User
from members.names import name_key, validate_display_name
from tests import factories
from tests.factories import PASSWORD, UserFactory

NEW = {
    "display_name": "Deniz",
    "email": "deniz@example.org",
    "password1": "kavun-karpuz-1453",
    "password2": "kavun-karpuz-1453",
}


@pytest.mark.parametrize(
    "other",
    ["Ada\ufe0f", "Ada\u034f", "\u0410da", "Ad\u00e1", "Ada.", "A\u0308da", "Ada\u3164"],
    ids=["variation selector", "joiner", "cyrillic A", "á", "dot", "Ä", "hangul filler"],
)
def test_names_that_look_the_same_are_refused(other):
    try:
        validate_display_name(other)
    except ValidationError:
        return
    assert name_key(other) == name_key("Ada")


@pytest.mark.parametrize(
    "name",
    ["\u3164\u3164", "\u2800\u2800", "\ufe0f\ufe0f", "--"],
    ids=["hangul filler", "braille blank", "selectors", "dashes"],
)
def test_a_name_that_nobody_sees_is_refused(name):
    with pytest.raises(ValidationError):
        validate_display_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Moderatör-Ayşe",
        "Editör:",
        "Moderatör\ufe0f",
        "Moderatörü",
        "Koordinatörlük",
        "Y\u00f6netici.",
        "Yönetim/Destek",
    ],
)
def test_a_name_like_a_role_is_refused(name):
    with pytest.raises(ValidationError):
        validate_display_name(name)


def test_signing_up_twice_does_not_tell_whether_the_address_is_known(db):
    UserFactory(email="ada@example.org", display_name="Ada")
    told = []
    for address in ("ada@example.org", "kimse@example.org"):
        probe = f"Sonda {address[:3]}"
        Client().post(reverse("account_signup"), NEW | {"email": address, "display_name": probe})
        second = Client().post(reverse("account_signup"), NEW | {"email": f"ben{address}", "display_name": probe})
        told.append(second.status_code)
    assert told[0] == told[1], told


def test_asking_for_anothers_address_looks_the_same(db):
    UserFactory(email="ada@example.org", display_name="Ada")
    told = []
    for number, address in enumerate(("ada@example.org", "kimse@example.org")):
        me = UserFactory(display_name=f"Ben {number}")
        client = Client()
        client.post(reverse("account_login"), {"login": me.email, "password": PASSWORD})
        asked = client.post(reverse("account_email"), {"action_add": "1", "email": address})
        page = client.post(asked.url, {"password": PASSWORD}, follow=True).content.decode()
        told.append(("form-errors" in page, address in page))
    assert told[0] == told[1], told


def test_sign_up_over_the_limit_is_a_page_with_time_and_words(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/h/ip"}
    client.post(reverse("account_signup"), NEW)
    response = client.post(reverse("account_signup"), NEW | {"email": "b@example.org", "display_name": "Başka Deniz"})
    assert response.status_code == 429
    page = response.content.decode()
    print(page[page.index("<h1") :][:600], response.headers)
    assert response.headers["Retry-After"] != "60"
    assert "Başka Deniz" in page


def test_reset_over_the_limit_is_a_page(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    for _ in range(2):
        response = client.post(reverse("account_reset_password"), {"email": "a@example.org"})
    assert response.status_code == 429
    page = response.content.decode()
    print(page[page.index("<h1") :][:600])


def test_a_stranger_does_not_lock_somebody_out(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
    UserFactory(email="ada@example.org", display_name="Ada")
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(5):
        stranger.post(reverse("account_login"), {"login": "ada@example.org", "password": "yanlış"})
    owner = Client(REMOTE_ADDR="198.51.100.7")
    owner.post(reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD})
    assert "_auth_user_id" in owner.session


@pytest.mark.parametrize("name", ["members:profile", "members:drafts", "account_email"])
def test_private_pages_are_not_kept_by_the_browser(client_of, member, name):
    headers = client_of(member).get(reverse(name)).headers
    assert "no-store" in headers.get("Cache-Control", ""), headers.get("Cache-Control")


def test_signing_out_forgets_the_city_that_signing_in_brought(client, city):
    UserFactory(email="ada@example.org", city=city)
    client.post(reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD})
    response = client.post(reverse("account_logout"))
    assert client.cookies["kent"].value == "", client.cookies["kent"]


def test_membership_is_nobodys_to_grant(city, coordinator, stranger):
    with pytest.raises(PermissionDenied):
        actions.grant_role(by=coordinator, user=stranger, city=city, role=Role.MEMBER)


def test_only_members_get_roles(city, coordinator, stranger):
    with pytest.raises(PermissionDenied):
        actions.grant_role(by=coordinator, user=stranger, city=city, role=Role.MODERATOR)


def test_two_confirmations_keep_the_first(city, coordinator, member):
    organisation = factories.OrganisationFactory(city=city)
    representation = actions.request_representation(user=member, organisation=organisation)
    first = actions.confirm_representation(by=coordinator, representation=representation).confirmed_at
    again = actions.confirm_representation(by=coordinator, representation=representation).confirmed_at
    assert first == again


def test_an_editors_upload_is_no_page_with_scripts_at_this_sites_address(client, client_of, editor):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from wagtail.documents import get_document_model
    from wagtail.models import Collection

    desk = client_of(editor)
    for name, words in (("zz.html", b"<script src='zz.js'></script>"), ("zz.js", b"alert(1)")):
        desk.post(
            "/yonetim/documents/add/",
            {"title": name, "collection": Collection.get_first_root_node().pk, "file": SimpleUploadedFile(name, words)},
        )
    page, script = (get_document_model().objects.filter(title=name).first() for name in ("zz.html", "zz.js"))
    if page is None:
        return  # refused at the upload: good
    answers = [client.get(f"/media/{found.file.name}").headers for found in (page, script)]
    runs = answers[0]["Content-Type"].startswith("text/html") and "javascript" in answers[1]["Content-Type"]
    assert not runs, [(one["Content-Type"], one.get("Content-Security-Policy", "")[:120]) for one in answers]


def test_same_work_for_a_known_and_an_unknown_address(db, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    UserFactory(email="ada@example.org", display_name="Ada")
    calls = []
    original = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *a, **k: (calls.append(1), original(self, *a, **k))[1]
    )
    counts = []
    for address in ("ada@example.org", "kimse@example.org"):
        calls.clear()
        Client().post(reverse("account_login"), {"login": address, "password": "yanlış-parola"})
        counts.append(len(calls))
    assert counts[0] == counts[1], counts


REAL = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "signup": "10/h/ip",
    "reset_password": "10/m/ip,5/m/key",
    "confirm_email": "1/3m/key",
}


def test_signing_in_soon_after_signing_up_is_no_error(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = REAL
    client.raise_request_exception = False
    client.post(reverse("account_signup"), NEW)
    response = Client(raise_request_exception=False).post(
        reverse("account_login"), {"login": NEW["email"], "password": NEW["password1"]}
    )
    assert response.status_code in (302, 429), response.status_code


def test_the_eleventh_of_a_workshop_signs_up(db, settings):
    settings.ACCOUNT_RATE_LIMITS = REAL
    statuses = []
    for n in range(12):
        browser = Client(raise_request_exception=False)
        statuses.append(
            browser.post(
                reverse("account_signup"), NEW | {"email": f"k{n}@example.org", "display_name": f"Katılan {n}"}
            ).status_code
        )
    assert 500 not in statuses, statuses
    assert set(statuses) == {302}, statuses


def test_asking_for_the_link_again_at_once(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = REAL
    me = UserFactory(email="ben@example.org", display_name="Ben")
    client.raise_request_exception = False
    client.post(reverse("account_login"), {"login": me.email, "password": PASSWORD})
    asked = client.post(reverse("account_email"), {"action_add": "1", "email": "yeni@example.org"})
    client.post(asked.url, {"password": PASSWORD}, follow=True)
    response = client.post(reverse("account_email"), {"action_send": "1", "email": "yeni@example.org"})
    assert response.status_code != 500


def test_a_mail_server_that_is_away_loses_nothing(client, db, settings, monkeypatch):
    from django.core.mail.backends.locmem import EmailBackend

    def refuse(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    client.raise_request_exception = False
    response = client.post(reverse("account_signup"), NEW)
    assert response.status_code != 500
    assert not User.objects.exists()


def test_deleted_moderator_in_the_log(client_of, city, member, another_member, coordinator):
    from forum import actions as forum
    from forum.models import Post

    moderator = factories.person(city, "moderator", display_name="Giden")
    topic = factories.topic(city, member)
    post = factories.reply(Post.objects.on(topic).get(), another_member)
    forum.hide_post(by=moderator, post=post, reason="x")
    User.objects.get(pk=moderator.pk).delete()
    page = client_of(coordinator).get(reverse("forum:moderation", args=[city.slug])).content.decode()
    assert "None" not in page
