"""An article that is moved in Wagtail comes into the city of its new library."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import post_page_move

from knowledge.actions import take_city_of_library


def on_move(instance: Page, **kwargs: Any) -> None:
    take_city_of_library(moved=instance)


post_page_move.connect(on_move, dispatch_uid="knowledge.take_city_of_library")
