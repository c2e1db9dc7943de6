"""Plan sections in the search index: the text of the current version."""

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.permissions import Person
from plans.models import PlanPage, PlanVersion, Section, SectionText
from plans.models.versions import SectionQuerySet
from plans.presenters import sentence_url
from plans.text.decoration import sentence_spans
from search.registry import Content, Facet, Passage, Source, document_key, register, register_closing


def _current() -> SectionQuerySet:
    """Sections that stand in the current version of a published plan. Whether the plan is restricted is asked with each
    search."""
    newest = PlanVersion.objects.filter(plan=OuterRef("plan")).order_by("-number").values("pk")[:1]
    return (
        Section.objects.filter(plan__in=PlanPage.objects.live())
        .annotate(newest=Subquery(newest))
        .filter(texts__version=F("newest"))
        .with_texts()
    )


def _visible(person: Person) -> SectionQuerySet:
    """With the `html` of the current text, in which the sentences are marked."""
    return _current().visible_to(person).annotate(html=F("texts__html"))


def _text(section: Section) -> SectionText:
    return section.latest_text  # type: ignore[return-value]  # `_current` gives sections that have one


def _content(section: Section) -> Content:
    text = _text(section)
    city = section.city
    chapter, _dot, place = text.number.partition(".")
    return Content(
        title=f"{text.number} {text.heading}",
        body=text.text,
        city=Facet(city.slug, city.name),
        theme=Facet(text.theme.slug, text.theme.name) if text.theme else None,
        published_at=text.version.published_at,
        scope=document_key("plan", section.plan_id),
        group=f"{section.plan_id}.{chapter}",
        is_general=text.kind == SectionText.Kind.GOAL or (text.kind == SectionText.Kind.TEXT and place == "1"),
    )


def _place(section: Section) -> str:
    text = _text(section)
    return gettext("Version %(version)s · §%(number)s") % {"version": text.version.number, "number": text.number}


def _passages(section: Section) -> list[Passage]:
    """The sentences, each with its address in the version that has been read: there it stays, whatever comes later."""
    text = _text(section)
    version_url = f"{section.plan.get_url()}surum/{text.version.number}/"
    spans = sentence_spans(section.html)  # type: ignore[attr-defined]  # `_visible` has read it
    return [Passage(start, end, sentence_url(version_url, text, number)) for number, (start, end) in spans.items()]


def _closed_plans(person: Person) -> list[str]:
    closed = PlanPage.objects.exclude(pk__in=PlanPage.objects.visible_to(person).values("pk"))
    return [document_key("plan", pk) for pk in closed.values_list("pk", flat=True)]


register_closing(_closed_plans)
register(
    Source(
        kind="section",
        label=_("Plan sections"),
        model=Section,
        indexed=_current,
        visible_to=_visible,
        content=_content,
        title=lambda section: f"§{_text(section).number} {_text(section).heading} · {section.city}",
        url=lambda section: section.get_absolute_url(),
        title_lookup="texts__heading",
        city_lookup="plan__city",
        place=_place,
        passages=_passages,
    )
)
