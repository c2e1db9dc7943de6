"""Who may do what with articles."""

from knowledge.models import ArticlePage, ExperiencePage, Submission
from members.models import City, User
from members.permissions import Person, is_member_of, is_signed_in


def can_submit_experience(user: Person, city: City | None) -> bool:
    """Members of the city."""
    return city is not None and is_member_of(user, city)


def can_see_submission(user: Person, submission: Submission) -> bool:
    return isinstance(user, User) and submission.author_id == user.pk


def _words(page: ExperiencePage) -> tuple[object, ...]:
    """What readers see of an article. Wagtail's editor writes the same text in other HTML, so that HTML tells nothing."""
    return page.title, page.summary, page.theme_id, " ".join(page.plain_text.split())


def was_returned(page: ExperiencePage) -> bool:
    """Whether the reviewers have sent the article back and nobody else has changed its words since its author did."""
    state = page.current_workflow_state
    if state is None or state.status != state.STATUS_NEEDS_CHANGES:
        return False
    of_author = page.revisions.filter(user=page.owner_id).order_by("-created_at", "-pk").first()
    return of_author is not None and _words(of_author.as_object()) == _words(page.get_latest_revision_as_object())


def can_revise_experience(user: Person, submission: Submission) -> bool:
    """Its author, after it came back. What an editor has changed meanwhile is not overwritten."""
    return can_see_submission(user, submission) and was_returned(submission.page)


def can_comment_on_article(user: Person, article: ArticlePage) -> bool:
    return is_signed_in(user) and article.live
