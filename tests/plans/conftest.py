import pytest

from plans.actions.publish_version import publish_version
from plans.models import PlanPage, PlanVersion
from tests.plans.making import two_chapters


@pytest.fixture
def plan(city, editor) -> PlanPage:
    """Two chapters with three sections (making.py)."""
    return two_chapters(city, by=editor)


@pytest.fixture
def version(plan, editor) -> PlanVersion:
    """Version 1 of the plan."""
    return publish_version(by=editor, plan=plan)
