"""Who may do what with plans, comments on them and answers."""

from django.contrib.contenttypes.models import ContentType

from forum.models import Post
from members.models import City, User
from members.permissions import Person, can_edit_city
from plans.models import PlanPage, Section


def can_import_plan(user: Person, city: City) -> bool:
    return can_edit_city(user, city)


def can_publish_version(user: Person, plan: PlanPage) -> bool:
    return can_edit_city(user, plan.city)


def can_comment_on_plan(user: Person, plan: PlanPage) -> bool:
    """Every signed-in person, on a published plan."""
    return isinstance(user, User) and user.is_active and plan.live and plan.versions.exists()


def can_comment_on_section(user: Person, section: Section) -> bool:
    return can_comment_on_plan(user, section.plan)


def can_answer_comment(user: Person, post: Post) -> bool:
    """An editor of the city answers published comments that open a thread about a section; nobody answers their own."""
    if not post.is_root or post.status != Post.Status.PUBLISHED or post.user_id == getattr(user, "pk", None):
        return False
    return _is_about_a_section(post) and can_edit_city(user, post.city)


def _is_about_a_section(post: Post) -> bool:
    return post.content_type_id == ContentType.objects.get_for_model(Section).pk
