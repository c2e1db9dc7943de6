"""The demo's pages by name: what every visitor sees, and what those see who write, edit and moderate."""

from django.http import QueryDict
from django.urls import reverse
from playwright.sync_api import Page

from demo.accounts import demo_address
from forum.models import Post, Topic
from knowledge.models import ArticlePage, Term
from members.models import City, Role, User
from plans.actions.enter_phase import enter_phase
from plans.models import Anchor, Phase, PlanPage, Quote, Suggestion
from search.saved import save_search, token_of

COORDINATOR, MEMBER = "gulsen", "elif"
REFUSED = {"not found": 404, "forbidden": 403}


def visit(page: Page, name: str, address: str) -> None:
    """Open one of the pages below, and make sure that it is the page and no error."""
    response = page.goto(address)
    assert response is not None
    assert response.status == REFUSED.get(name, 200), f"{name}: {response.status}"


def person(handle: str) -> User:
    return User.objects.get(email=demo_address(handle))


def _city() -> City:
    return City.objects.get(slug="defnekent")


def _plan() -> PlanPage:
    return PlanPage.objects.get(city=_city())


def _longest_topic() -> Topic:
    return Topic.objects.filter(board__city=_city()).order_by("-post_count").first()


def _comment_form(plan: PlanPage, number: str = "2.1") -> str:
    version = plan.current_version
    text = version.texts.get(number=number)
    return reverse("plans:comment", args=[text.section_id, version.number])


def _busiest_section(plan: PlanPage) -> str:
    anchor = Anchor.objects.filter(version=plan.current_version, section__isnull=False).first()
    return reverse("plans:section_comments", args=[anchor.section_id, plan.current_version.number])


def _answered(plan: PlanPage) -> Quote:
    return Quote.objects.filter(section__plan=plan, post__answer__isnull=False).first()


def _suggestion() -> Suggestion:
    return Suggestion.objects.get(merged_at=None, post__answer=None)


def _removed_section(plan: PlanPage) -> str:
    return plan.identities.exclude(texts__version=plan.current_version).first().get_absolute_url()


def _open_place(plan: PlanPage) -> str:
    anchor = Anchor.objects.open().filter(version=plan.current_version).select_related("quote").first()
    return reverse("plans:place", args=[anchor.quote.post_id])


def public_pages() -> dict[str, str]:
    """Name → address of what everybody sees."""
    city, plan, topic = _city(), _plan(), _longest_topic()
    articles = ArticlePage.objects.live()
    return {
        "home": "/tr/",
        "home in English": "/en/",
        "about": "/tr/hakkinda/",
        "cities": reverse("members:cities"),
        "city": city.page.get_url(),
        "organisations": reverse("members:organisations", args=[city.slug]),
        "plan": plan.get_url(),
        "older version": f"{plan.get_url()}surum/1/",
        "versions": f"{plan.get_url()}surumler/",
        "versions compared": f"{plan.get_url()}surum/2/fark/1/",
        "versions side by side": f"{plan.get_url()}surum/2/fark/1/?gorunum=yan",
        "removed section": _removed_section(plan),
        "comments of a section": _busiest_section(plan),
        "comment and replies": reverse("plans:thread", args=[_answered(plan).post_id]),
        "comments without a place": reverse("plans:orphans", args=[plan.pk, plan.current_version.number]),
        "you said, we did": reverse("plans:said_and_done", args=[plan.pk]),
        "map of the plan": reverse("plans:map", args=[plan.pk]),
        "open interface": reverse("plans:api"),
        "comment form": f"{_comment_form(plan)}?cumle=0",
        "comment form for a section": _comment_form(plan),
        "forum": reverse("forum:index", args=[city.slug]),
        "board": topic.board.get_absolute_url(),
        "topic": topic.get_absolute_url(),
        "articles": "/tr/bilgi/",
        "experience": articles.filter(kind="experience").first().get_url(),
        "guide": articles.filter(kind="guide").first().get_url(),
        "explainer": articles.filter(kind="explainer").first().get_url(),
        "glossary": reverse("knowledge:glossary"),
        "term": Term.objects.first().get_absolute_url(),
        "search": reverse("search:search"),
        "search with results": f"{reverse('search:search')}?q=gece+otobusu",
        "search in one kind": f"{reverse('search:search')}?q=gece&tur=comment",
        "search in plans": f"{reverse('search:search')}?q=gece+otobusu&tur=section",
        "search without results": f"{reverse('search:search')}?q=zzzzqqq",
        "search with too many filters": f"{reverse('search:search')}?q=gece&kent=yildizova&tur=term",
        "sign in": reverse("account_login"),
        "sign up": reverse("account_signup"),
        "password reset": reverse("account_reset_password"),
        "mail sent": reverse("account_email_verification_sent"),
        "expired link": reverse("account_confirm_email", args=["expired"]),
        "not found": "/tr/yok-boyle-bir-sayfa/",
    }


def member_pages() -> dict[str, str]:
    """Name → address of forms and lists for COORDINATOR, who may do everything in the city."""
    city, plan, topic = _city(), _plan(), _longest_topic()
    post = Post.objects.on(topic).exclude(user=person(COORDINATOR)).last()
    saved = save_search(by=person(COORDINATOR), parameters=QueryDict("q=gece+otobüsü&kent=defnekent"))
    waiting = Quote.objects.filter(section__plan=plan, post__answer__isnull=True).first()
    return {
        "city": city.page.get_url(),
        "plan": plan.get_url(),
        "topic": topic.get_absolute_url(),
        "map of the plan": reverse("plans:map", args=[plan.pk]),
        "propose a link": f"{reverse('search:propose_link')}?konu=topic:{topic.pk}",
        "new topic": reverse("forum:new_topic", args=[city.slug, topic.board.theme.slug]),
        "reply": reverse("forum:reply", args=[post.pk]),
        "hide a post": reverse("forum:hide_post", args=[post.pk]),
        "lock a topic": f"{reverse('forum:moderate_topic', args=[topic.pk])}?verb=lock_topic",
        "moderation": reverse("forum:moderation", args=[city.slug]),
        "comment form": f"{_comment_form(plan)}?cumle=0",
        "unanswered": reverse("plans:unanswered", args=[plan.pk]),
        "answer": reverse("plans:answer", args=[waiting.post_id]),
        "merge a suggestion": reverse("plans:merge_suggestion", args=[_suggestion().post_id]),
        "comments without a sure place": reverse("plans:places", args=[plan.pk]),
        "place of a comment": _open_place(plan),
        "article comment": reverse("knowledge:comment", args=[ArticlePage.objects.live().first().pk]),
        "experience form": reverse("knowledge:submit_experience"),
        "my experiences": reverse("knowledge:my_experiences"),
        "profile": reverse("members:profile"),
        "save a search": f"{reverse('search:save_search')}?q=gece&kent=defnekent",
        "saved searches": reverse("search:saved_searches"),
        "no more mails about a search": reverse("search:stop_saved_search", args=[token_of(saved)]),
        "roles": reverse("members:roles", args=[city.slug]),
        "grant a role": reverse("members:grant_role", args=[city.slug, person(MEMBER).pk, Role.EDITOR]),
        "add an organisation": reverse("members:add_organisation", args=[city.slug]),
        "leave the city": reverse("members:leave", args=[city.slug]),
        "organisations": reverse("members:organisations", args=[city.slug]),
        "addresses": reverse("account_email"),
        "change password": reverse("account_change_password"),
        "sign out": reverse("account_logout"),
        "forbidden": reverse("forum:moderation", args=["yildizova"]),
    }


def desk_pages() -> dict[str, str]:
    """Name → address of the editors' own pages in Wagtail's admin. The consultation is over: nothing is published in it."""
    enter_phase(by=person(COORDINATOR), plan=_plan(), kind=Phase.Kind.REVISION)
    return {
        "plan desk": reverse("plan_desk"),
        "import": reverse("plan_import", args=["defnekent"]),
        "publish": reverse("plan_publish", args=[_plan().pk]),
    }
