"""When a consultation really was: prolonged, shortened or left early, it is one, and ends when it ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from plans.actions.comment_on_section import comment_on_section
from plans.actions.enter_phase import enter_phase
from plans.consultations import consultations_of
from plans.models import Phase, PlanPage
from plans.outcomes import balance_of
from tests.plans.making import section_of


@pytest.fixture
def enter(plan, editor):
    def enter(kind, days=None) -> Phase:
        ends_at = timezone.now() + timedelta(days=days) if days else None
        return enter_phase(by=editor, plan=PlanPage.objects.get(pk=plan.pk), kind=kind, ends_at=ends_at)

    return enter


def say(version, author, words):
    return comment_on_section(author=author, section=section_of(version, "1.1"), version=version, body=words)


def test_a_plan_without_phases_has_none(plan):
    assert consultations_of(plan) == []


def test_prolonging_does_not_begin_another_one(plan, version, member, another_member, editor, enter):
    first = enter(Phase.Kind.CONSULTATION, days=5)
    say(version, member, "Erken söz")
    second = enter(Phase.Kind.CONSULTATION, days=20)
    say(version, another_member, "Geç söz")
    [consultation] = consultations_of(plan)
    assert (consultation.pk, consultation.ends_at) == (first.pk, second.ends_at)
    assert balance_of(plan, editor, consultation).said == 2


def test_what_is_said_after_it_was_left_early_is_not_counted(plan, version, member, editor, enter):
    enter(Phase.Kind.CONSULTATION, days=5)
    draft = enter(Phase.Kind.DRAFT)
    say(version, member, "Görüş alma bittikten sonra")
    [consultation] = consultations_of(plan)
    assert consultation.ends_at == draft.starts_at
    assert balance_of(plan, editor, consultation).said == 0


def test_one_after_another_phase_is_another_one(plan, version, enter):
    enter(Phase.Kind.CONSULTATION, days=5)
    enter(Phase.Kind.REVISION)
    enter(Phase.Kind.CONSULTATION, days=5)
    assert len(consultations_of(plan)) == 2
