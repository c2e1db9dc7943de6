"""Every registry refuses what it has already: two apps that answer to one name would shadow each other."""

import pytest

from cms import keeping, navigation, openings
from cms.search_documents import _related_themes
from forum import targets
from forum.actions import open_boards
from forum.models import Topic
from forum.registrations import _is_discussed
from forum.search_documents import _closed_topics
from plans import registrations as plans
from search import references, registry

TWICE = {
    "what can be discussed": lambda: targets.register(targets.target_of(Topic())),
    "what a sign means": lambda: references.register(
        references.Resolver(
            by_number=plans._section_by_number, by_key=plans._section_by_key, by_address=plans._section_by_address
        )
    ),
    "what can be found": lambda: registry.register(registry.source("topic")),
    "what the values of a facet are called": lambda: registry.register_values("city", dict),
    "which themes go together": lambda: registry.register_related_themes(_related_themes),
    "what is closed": lambda: registry.register_closing(_closed_topics),
    "what discussions are linked to": lambda: registry.register_sections(registry.sections()),
    "the menu": lambda: navigation.register(navigation.Entry(name="forum", label="", order=1, url=lambda city: "")),
    "what a new city begins with": lambda: openings.register(open_boards),
    "why a page may not be deleted": lambda: keeping.register(_is_discussed),
}


@pytest.mark.parametrize("register", TWICE.values(), ids=TWICE)
def test_nothing_is_registered_twice(register):
    with pytest.raises(ValueError, match="twice"):
        register()
