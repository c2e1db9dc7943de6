"""The desk: comments whose place is uncertain or lost in the newest version, and what people decide about one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz

from common.addresses import PAGE, page_addresses, read_key
from common.ratelimit import limited
from forum.models import Post
from members.drafts import sign_in_first, take_draft
from members.models import User
from members.permissions import can_edit_city
from members.requests import MemberRequest, show_city
from plans.actions.settle_anchor import (
    ImpossibleDecisionError,
    MissingPlaceError,
    OlderVersionError,
    SettledMeanwhileError,
    SettlingError,
    settle_anchor,
)
from plans.forms import SettleForm
from plans.models import Anchor, PlanPage, Quote, SectionText, Settlement
from plans.permissions import can_settle_anchor
from plans.quoting import AskedQuote, QuoteNotFoundError, quote_sentence
from plans.settlements import present_place, present_settlements, present_sides, texts_at, written_at
from plans.text.decoration import sentence_spans
from plans.text.plaintext import CELL_BREAK, table_rows
from plans.views.comments import COMMENTS_ON_A_PAGE, readable_plan
from search.turkish import fold, matches

ALIKE = 60  # of 100: less alike than this, a section is not worth a look
MOST_ALIKE = 3
MOST_FOUND = 20
LONGEST_COMPARED = 500  # characters

WHY_NOT: dict[type[SettlingError], Any] = {
    OlderVersionError: gettext_lazy("Meanwhile a new version was published. Please look again at where it stands now."),
    SettledMeanwhileError: gettext_lazy("Meanwhile somebody else has decided. Please look at it, then decide anew."),
    ImpossibleDecisionError: gettext_lazy("This cannot be decided about this comment."),
    MissingPlaceError: gettext_lazy("To which sentence does it belong? Please choose one."),
}


def open_anchors(plan: PlanPage, person: User) -> models.QuerySet[Anchor]:
    """Those about which the person may decide: an editor about all, others about their own comments'."""
    anchors = Anchor.objects.open().filter(version=plan.current_version)
    return anchors if can_edit_city(person, plan.city) else anchors.filter(quote__post__user=person)


@sign_in_first
def places(request: MemberRequest, pk: int) -> HttpResponse:
    """The comments without a sure place about which the person may decide, old and new side by side."""
    plan = readable_plan(request, pk)
    found = open_anchors(plan, request.user).select_related("version", "quote__version", "quote__post__user")
    page = Paginator(found.order_by("quote__post_id"), COMMENTS_ON_A_PAGE).get_page(request.GET.get(PAGE))
    texts = _texts_of(page)
    context = {
        "plan": plan,
        "rows": [{"anchor": anchor, "post": anchor.quote.post, **present_sides(anchor, texts)} for anchor in page],
        "open_count": page.paginator.count,
        "is_editor": can_edit_city(request.user, plan.city),
        **page_addresses(page, request.GET),
    }
    return render(request, "plans/places.html", context)


def _texts_of(anchors: Iterable[Anchor]) -> dict[tuple[int, int], SectionText]:
    """The texts in which the anchors' words stood and stand."""
    pairs = [(written_at(anchor.quote), (anchor.version_id, anchor.section_id)) for anchor in anchors]
    return texts_at([place for pair in pairs for place in pair])


@limited("post", method="POST")
@sign_in_first
def place(request: MemberRequest, pk: int) -> HttpResponse:
    """One comment: where it stood, where it may stand now, and the decision. `?bolum=` shows that section's sentences."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("city", "user"), pk=pk)
    quote = get_object_or_404(Quote.objects.select_related("section__plan__city", "version"), post=post)
    quote.post = post
    show_city(request, post.city)
    desk = Desk(request, quote)
    if not can_settle_anchor(request.user, desk.anchor):
        raise PermissionDenied
    if request.method == "POST":
        return desk.take() or desk.show()
    if not desk.anchor.possible_decisions:
        messages.info(request, _("The place of this comment is sure: there is nothing to decide."))
        return redirect(post.standing_url)
    return desk.show()


@dataclass
class Desk:
    """The page of one comment. Every query is made here."""

    request: MemberRequest
    quote: Quote
    stale: str = ""

    @cached_property
    def anchor(self) -> Anchor:
        """Where the comment stands now, or does not."""
        anchor = self.quote.anchors.select_related("version").order_by("-version__number")[0]
        anchor.quote, anchor.version.plan = self.quote, self.quote.section.plan
        return anchor

    @cached_property
    def texts(self) -> list[SectionText]:
        return list(self.anchor.version.texts.all())

    @cached_property
    def kept(self) -> dict[str, str]:
        return take_draft(self.request)

    @cached_property
    def shown(self) -> SectionText | None:
        """The section of which sentences can be chosen: the one asked for, else where it stands or was written."""
        asked = self.request.POST.get("bolum") or self.kept.get("bolum") or self.request.GET.get("bolum", "")
        pk = asked if asked.isdecimal() else str(self.anchor.section_id or self.quote.section_id)
        known = {str(text.section_id): text for text in self.texts if not text.is_chapter}
        return self.anchor.version.texts.get(pk=known[pk].pk) if pk in known else None

    @cached_property
    def sentences(self) -> dict[str, str] | None:
        """The shown section's by "<section>-<number>": a number alone could be taken for another section's sentence. None for
        a comment on a whole section."""
        if not self.quote.exact:
            return None
        text = self.shown
        if text is None:
            return {}
        rows = table_rows(text.html)

        def label(start: int, end: int) -> str:
            """The sentence; of a table's cell the whole row too."""
            row = next((text.text[first:last] for first, last in rows if first <= start and end <= last), "")
            words = text.text[start:end]
            return f"{words} ({row.replace(chr(10), CELL_BREAK)})" if row else words

        spans = sentence_spans(text.html).items()
        return {f"{text.section_id}-{number}": label(start, end) for number, (start, end) in spans}

    @cached_property
    def form(self) -> SettleForm:
        """What was typed stays in it while another section is looked at, and after a newer version came in between."""
        posted = self.request.POST
        section = {"bolum": str(self.shown.section_id) if self.shown else ""}
        is_sent = self.request.method == "POST" and "goster" not in posted and not self.stale
        typed = {name: posted[name] for name in ("decision", "remark") if name in posted}
        return SettleForm(
            posted if is_sent else None,
            anchor=self.anchor,
            texts=self.texts,
            sentences=self.sentences,
            initial={**self.kept, **typed, **section},
        )

    def take(self) -> HttpResponse | None:
        """Decide as the form says; None, with the form saying why not."""
        anchor = get_object_or_404(self.quote.anchors, pk=self._number("anchor"))
        if anchor.pk != self.anchor.pk:
            self.stale = str(WHY_NOT[OlderVersionError])
        if not self.form.is_valid():
            return None
        try:
            settle_anchor(
                by=self.request.user,
                anchor=anchor,
                decision=self.form.chosen_decision,
                seen=self._number("seen"),
                remark=self.form.cleaned_data["remark"],
                **self._chosen_place(),
            )
        except SettlingError as error:
            self.form.add_error(None, WHY_NOT[type(error)])
        except QuoteNotFoundError:
            self.form.add_error("cumle", WHY_NOT[MissingPlaceError])
        else:
            messages.success(self.request, _("Your decision is kept beside the comment."))
            return redirect(self._next())
        return None

    def _number(self, name: str) -> int:
        value = read_key(self.request.POST.get(name, ""))
        if value is None:
            raise Http404
        return value

    def _chosen_place(self) -> dict[str, Any]:
        if self.form.chosen_decision != Settlement.Decision.MOVED_HERE or self.shown is None:
            return {}
        number = read_key(self.form.cleaned_data.get("cumle", "").rpartition("-")[2])
        asked = quote_sentence(self.shown, number) if self.quote.exact else AskedQuote()
        return {"section": self.shown.section, "exact": asked.exact, "start": asked.start} if asked else {}

    def _next(self) -> str:
        """Back to the list it was opened from, or to the comment's own page."""
        if "liste" in self.request.GET:
            return reverse("plans:places", args=[self.anchor.version.plan_id])
        return f"{reverse('plans:thread', args=[self.quote.post_id])}#yeri"

    def show(self) -> HttpResponse:
        texts = _texts_of([self.anchor])
        context = {
            "plan": self.anchor.version.plan,
            "anchor": self.anchor,
            "quote": self.quote,
            "post": self.quote.post,
            **present_sides(self.anchor, texts),
            "still": self._still_there(),
            "seen": self.anchor.settlements.count(),
            "settlements": present_settlements(self.quote),
            "form": self.form,
            "stale": self.stale,
            "shown": self.shown,
            "back": self._next(),
            "back_to_list": "liste" in self.request.GET,
            **self._search(),
        }
        return render(self.request, "plans/place.html", context)

    def _still_there(self) -> dict[str, Any] | None:
        """The section in which it was written, in the newest version."""
        text = next((text for text in self.texts if text.section_id == self.quote.section_id), None)
        return present_place(text, None, None)

    def _search(self) -> dict[str, Any]:
        """Sections with the words of `?ara=`, or most like the words that are lost."""
        words = self.request.GET.get("ara", "").strip()[:LONGEST_COMPARED]
        sections = [text for text in self.texts if not text.is_chapter]
        if words:
            found = [text for text in sections if matches(words, f"{text.heading} {text.text}")]
            return {"asked": words, "found": found[:MOST_FOUND]}
        others = [text for text in sections if self.shown is None or text.section_id != self.shown.section_id]
        return {"asked": "", "found": self._most_alike(others) if self.anchor.section_id is None else []}

    def _most_alike(self, sections: Iterable[SectionText]) -> list[SectionText]:
        quote = self.quote
        lost = quote.exact or quote.version.texts.get(section=quote.section_id).text
        words = fold(lost[:LONGEST_COMPARED])
        scored = [(fuzz.partial_ratio(words, fold(text.text)), -text.position, text) for text in sections]
        alike = sorted((one for one in scored if one[0] >= ALIKE), reverse=True, key=lambda one: one[:2])
        return [text for _score, _position, text in alike[:MOST_ALIKE]]
