"""django-comments-xtd without its signal handler."""

from django_comments_xtd.apps import CommentsXtdConfig


class CommentsConfig(CommentsXtdConfig):
    """Its `ready` connects a handler that, at every save of a comment, publishes the held replies below it and counts
    them again; state changes here go through forum/actions.py instead."""

    default = False

    def ready(self) -> None:
        pass
