"""Every write of the knowledge base outside Wagtail's admin: open the places for articles, submit and revise experiences."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask
from wagtail.users.models import UserProfile

from cms.models import HomePage, Theme
from cms.permissions import can_open_city
from cms.slugs import free_slug
from knowledge.experience import article_body
from knowledge.models import ArticlePage, ExperiencePage, ExperienceReview, KnowledgeIndexPage, Submission
from knowledge.permissions import can_revise_experience, can_submit_experience
from members.models import City, Organisation, User
from members.permissions import can_speak_for
from search.links import citations_in, set_citations
from search.references import find_references


class NoLibraryError(LookupError):
    """The city has no place for experiences yet."""


@transaction.atomic
def open_library(*, by: User, city: City) -> KnowledgeIndexPage:
    """The index of a city's articles, in whose workflow the city's editors approve what members submit; the index of all
    articles comes with the first one. Done twice, it changes nothing. Raises PermissionDenied."""
    if not can_open_city(by):  # it is a part of opening one
        raise PermissionDenied
    home = HomePage.objects.get()
    if not KnowledgeIndexPage.objects.child_of(home).exists():
        home.add_child(instance=KnowledgeIndexPage(title="Bilgi", slug="bilgi", show_in_menus=True))
    existing = KnowledgeIndexPage.objects.child_of(city.page).first()
    return existing or _open_city_index(city)


def _open_city_index(city: City) -> KnowledgeIndexPage:
    index = city.page.add_child(instance=KnowledgeIndexPage(title="Deneyimler", slug="deneyimler"))
    workflow = Workflow.objects.create(name=f"{city.name} · deneyim onayı")
    task = ExperienceReview.objects.create(name=f"{city.name} · editör onayı")
    task.groups.add(city.editors)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=index)
    return index


def _leave_mails_to_us(author: User) -> None:
    """Wagtail's mails about a review lead to its admin, which a member may not enter; knowledge/mails.py writes instead."""
    if not author.has_perm("wagtailadmin.access_admin"):
        UserProfile.objects.update_or_create(
            user=author, defaults={"approved_notifications": False, "rejected_notifications": False}
        )


@transaction.atomic
def submit_experience(
    *,
    author: User,
    city: City,
    title: str,
    summary: str,
    theme: Theme | None,
    answers: Mapping[str, str],
    organisation: Organisation | None = None,
) -> Submission:
    """A new experience, unpublished, in the city's review. Raises PermissionDenied or NoLibraryError."""
    speaks = organisation is None or can_speak_for(author, organisation)
    if not (can_submit_experience(author, city) and speaks):
        raise PermissionDenied
    index = KnowledgeIndexPage.objects.child_of(city.page).first()
    if index is None:
        raise NoLibraryError(city.slug)
    page = ExperiencePage(
        title=title,
        slug=free_slug(index, title, "deneyim"),
        summary=summary,
        theme=theme,
        city=city,
        credit=author.display_name,
        organisation=organisation,
        body=article_body(answers),
        owner=author,
        live=False,
        has_unpublished_changes=True,
    )
    index.add_child(instance=page)
    page.save_revision(user=author)
    _leave_mails_to_us(author)
    page.get_workflow().start(page, author)
    return Submission.objects.create(page=page, author=author, answers=dict(answers))


@transaction.atomic
def revise_experience(
    *, by: User, submission: Submission, title: str, summary: str, theme: Theme | None, answers: Mapping[str, str]
) -> None:
    """The author's new text of an experience that came back; it goes to the same reviewers again."""
    if not can_revise_experience(by, submission):
        raise PermissionDenied
    page = submission.page.get_latest_revision_as_object()
    page.title, page.summary, page.theme = title, summary, theme
    page.body = article_body(answers)
    page.save_revision(user=by)
    submission.answers = dict(answers)
    submission.save(update_fields=["answers"])
    submission.page.current_workflow_state.resume(user=by)


def cite_sections(*, article: ArticlePage) -> None:
    """What the published text of an experience cites (§2.3, the address of a section) links it there."""
    if key := article.discussion_key:
        text = "\n".join([article.summary, article.plain_text, *article.addresses])
        references = find_references(text, article.city, citations_in(key)).values()
        cited = {reference.cited_as: reference.key for reference in references}
        set_citations(cited_in=key, discussion_key=key, cited=cited, by=article.owner)


@transaction.atomic
def take_city_of_library(*, moved: Page) -> None:
    """Articles that were moved to another library, or with theirs, belong to its city (ArticlePage.full_clean)."""
    for article in ArticlePage.objects.descendant_of(moved, inclusive=True).specific():
        article.save()
