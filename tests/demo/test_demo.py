"""The demo loads through the actions that people use: it is a test of the whole."""

import pytest
from django.core.management import call_command

from forum.models import Post, Topic
from knowledge.models import ArticlePage, Term
from members.models import City, OrganisationKind, User
from plans.models import Adoption, Anchor, Answer, PlanPage, Suggestion


@pytest.fixture
def demo(db):
    call_command("demo", verbosity=0)


def test_two_cities_stand_with_all_that_they_need(demo, client, settings):
    call_command("demo", verbosity=0)  # a second time changes nothing
    assert City.objects.count() == 2
    for plan in PlanPage.objects.all():
        assert plan.chapters.count() >= 8
        for version in plan.versions.all():
            assert version.texts.exclude(kind="chapter").count() >= 60
        assert plan.versions.count() == 2
    assert Answer.objects.count() >= 40
    suggestions = Suggestion.objects.for_reading(User.objects.get(email="elif@ornek.invalid"))
    assert sorted(suggestions.values_list("support_count", flat=True)) == [1, 3, 4]
    merged = Anchor.objects.get(version__number=2, quote__post__suggestion__merged_at__isnull=False)
    assert merged.verdict == "edited"
    assert Topic.objects.count() >= 30
    talk = Post.objects.filter(content_type__model="topic")
    assert talk.count() >= 150
    assert set(talk.exclude(organisation=None).values_list("organisation__kind", flat=True)) == set(OrganisationKind)
    assert ArticlePage.objects.live().count() >= 12
    assert set(ArticlePage.objects.values_list("kind", flat=True)) == set(ArticlePage.Kind)
    assert Term.objects.count() == 40
    assert set(Anchor.objects.values_list("verdict", flat=True)) == set(Anchor.Verdict)

    phases = {plan.city.slug: [phase.kind for phase in plan.phases.all()] for plan in PlanPage.objects.all()}
    assert phases == {
        "defnekent": ["consultation", "revision", "consultation"],
        "yildizova": ["consultation", "revision", "adopted", "monitoring"],
    }
    assert [adoption.version.plan.city.slug for adoption in Adoption.objects.all()] == ["yildizova"]
    assert set(Anchor.objects.open().values_list("version__plan__city__slug", flat=True)) == {"defnekent"}

    settings.DEMO_MODE = False
    assert "ornek.invalid" not in client.get("/tr/hesap/login/").content.decode()
    settings.DEMO_MODE = True
    offered = client.get("/tr/hesap/login/").content.decode()
    assert offered.count('value="elif@ornek.invalid"') == 1
    assert "nermin@ornek.invalid" in offered
    assert "sevda@ornek.invalid" not in offered
