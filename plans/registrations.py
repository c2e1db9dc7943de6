"""What plans tell the others: sections can be discussed, published plans stay, and the navigation has an entry."""

import re
from datetime import datetime
from urllib.parse import unquote

from django.db.models import Case, F, Max, Q, Subquery, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from cms import keeping, navigation
from cms.routing import is_public
from forum import targets
from forum.models import Post
from members.models import City
from plans.models import Answer, ChapterPage, Phase, PlanPage, PlanVersion, Section, SectionText
from plans.permissions import can_comment_on_section
from plans.succession import clear_heir, heirs_of
from search import references
from search.registry import Sections, document_key, register_sections

_PERMANENT = re.compile(r"/bolum/([0-9A-Za-z-]{1,36})/?(?:[?#]|$)")
_PLACE = re.compile(
    r"(?P<plan>/(?P<slug>[^/?#]+)/)(?:surum/(?P<version>\d{1,9})/)?(?:\?[^#]*)?#b-(?P<number>\d{1,3}(?:-\d{1,3})*)(?:-c\d{1,6})?$"
)


def current_plan(city: City) -> PlanPage | None:
    """The city's plan of which a version was published last, of those that everybody may read if there are any; while there
    is no version yet, its newest public plan."""
    for_members = Q(audience=Phase.Audience.MEMBERS)
    plans = (
        PlanPage.objects.live()
        .filter(is_public(), city=city)
        .annotate(
            newest=Max("versions__published_at"),
            audience=Subquery(Phase.objects.of_outer_plan().values("audience")[:1]),
            is_closed=Case(
                When(for_members, then=Value(1)), When(newest__isnull=True, then=Value(2)), default=Value(0)
            ),
        )
    )
    return plans.order_by("is_closed", F("newest").desc(nulls_last=True), "-first_published_at").first()


def _plan_url(city: City | None) -> str:
    plan = current_plan(city) if city else None
    return plan.get_url() if plan else ""


def _comment_url(section: Section, post: Post) -> str:
    return f"{section.get_absolute_url()}?yorum={post.pk}"


def _why_fixed(post: Post) -> str:
    """An answer stands under the words to which it was given."""
    if not Answer.objects.filter(post=post).exists():
        return ""
    return gettext("The platform has answered this comment: its words stay as they were answered. You can reply to it.")


def _section_by_number(city: City, number: str) -> tuple[str, str] | None:
    """The section with this number in the current version of the city's newest plan."""
    plan = current_plan(city)
    version = plan.current_version if plan else None
    text = version.texts.filter(number=number).select_related("section").first() if version else None
    if text is None:
        return None
    text.section.plan = plan  # type: ignore[assignment]  # it has a version, so it is there
    return document_key("section", text.section_id), text.section.neutral_url


def _section_by_key(key: str) -> str | None:
    pk = key.removeprefix(document_key("section", ""))
    section = Section.objects.select_related("plan").filter(pk=int(pk)).first() if pk.isdecimal() else None
    return section.neutral_url if section else None


def _section_by_address(address: str) -> references.Reference | None:
    """A section of any city, by its permanent address or by the one that the reading page has then: "…/plan/#b-2-3"."""
    if permanent := _PERMANENT.search(address):
        section = Section.objects.filter(key=permanent[1]).with_texts().first()
        text = section.latest_text if section else None
    elif place := _PLACE.search(address):
        text = _text_at(address, place)
    else:
        return None
    if text is None or text.is_chapter:
        return None
    text = _as_it_goes_on(text)
    return references.Reference(
        text.number, document_key("section", text.section_id), text.section.neutral_url, is_address=True
    )


def _as_it_goes_on(text: SectionText) -> SectionText:
    """Of a section that is gone, the one that goes on as it, where that is clear."""
    current = text.section.plan.current_version
    if current is None or current.texts.filter(section=text.section_id).exists():
        return text
    heir = clear_heir(heirs_of(text.section, current))
    return heir.text if heir else text


def _text_at(address: str, place: re.Match[str]) -> SectionText | None:
    """The section that has the number of a place in its version, in the newest one where the address names none."""
    texts = SectionText.objects.filter(
        version__plan__slug=unquote(place["slug"]), number=place["number"].replace("-", ".")
    )
    if place["version"]:
        texts = texts.filter(version__number=place["version"])
    found = texts.select_related("section__plan", "version__plan").order_by("-version__number")
    return next((text for text in found if unquote(text.section.plan.get_url()) in unquote(address)), None)


def _mark_of_sections(city: str) -> str:
    newest = PlanVersion.objects.filter(plan__city__slug=city).aggregate(newest=Max("published_at"))["newest"]
    live = PlanPage.objects.live().filter(is_public(), city__slug=city).values_list("pk", flat=True)
    return f"{newest}:{sorted(live)}"


def _changed_since(section: Section, moment: datetime, was: str) -> str:
    """The comparison of the version that was the newest then and the one that is now. No query where texts were read, unless
    the text stood in another section."""
    now, texts = section.latest_text, section.texts.all()
    if was:
        texts = SectionText.objects.filter(section=int(was.partition(":")[2])).select_related("version").defer("html")
    then = max(
        (text for text in texts if text.version.published_at <= moment),
        key=lambda text: text.version.number,
        default=None,
    )
    if now is None or then is None or then.text == now.text:
        return ""
    later = f"{section.plan.get_url()}surum/{now.version.number}/"
    return f"{later}fark/{then.version.number}/#{now.fragment}"


def _is_published(pages: PageQuerySet) -> str:
    """What was published stays readable, with what people said about it."""
    published = PlanPage.objects.filter(pk__in=pages.values("pk"), versions__isnull=False).first()
    text = gettext("“%(plan)s” has published versions and cannot be deleted. You can unpublish it instead.")
    return text % {"plan": published.title} if published else ""


def why_chapters_stay(pages: PageQuerySet) -> str:
    """Of pages about to be withdrawn or deleted: that a chapter's plan is adopted or put away, as a sentence; else ""."""
    chapters = ChapterPage.objects.filter(pk__in=pages.values("pk")).values_list("path", flat=True)
    plans = PlanPage.objects.filter(path__in={path[: -ChapterPage.steplen] for path in chapters})
    fixed = next((plan for plan in plans if plan.is_fixed), None)
    text = gettext("The text of “%(plan)s” stays as it is until a coordinator begins an update: so do its chapters.")
    return text % {"plan": fixed.title} if fixed else ""


targets.register(
    targets.Target(
        model=Section,
        city=lambda section: section.city,
        visible_to=lambda person: Section.objects.visible_to(person),
        may_comment=can_comment_on_section,
        title=lambda section: str(section.latest_text or section),
        theme=lambda section: section.latest_text.theme if section.latest_text else None,
        scope=lambda section: document_key("plan", section.plan_id),
        reading=lambda: Section.objects.with_texts(),
        url=Section.get_absolute_url,
        post_url=_comment_url,
        why_fixed=_why_fixed,
    )
)
keeping.register(_is_published)
keeping.register(why_chapters_stay)
navigation.register(navigation.Entry(name="plan", label=_("Plan"), order=10, url=_plan_url))
references.register(
    references.Resolver(by_number=_section_by_number, by_key=_section_by_key, by_address=_section_by_address)
)
register_sections(Sections(kind="section", mark=_mark_of_sections, changed_since=_changed_since))
