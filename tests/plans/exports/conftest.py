"""What is given out, as files and by the open interface, of a plan with everything in it."""

import pytest

from plans.models import PlanPage
from tests.plans.exports.talking import Talk, rich_plan


@pytest.fixture
def plan(city, editor) -> PlanPage:
    return rich_plan(city, by=editor)


@pytest.fixture
def talk(version, member, stranger, editor, moderator) -> Talk:
    return Talk(version, member=member, stranger=stranger, editor=editor, moderator=moderator)
