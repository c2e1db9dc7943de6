"""The reading page of one version: contents, sections with the comments beside them, orphans. Every query is made here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common.html import stored_html
from members.permissions import Person, can_edit_city, can_moderate_city
from plans.discussion import Places, Thread, place_comments, read_threads
from plans.models import PlanVersion, SectionText
from plans.permissions import CommentRights, rights_on_comments, takes_comments
from plans.presenters import present_beside, present_comments, sentence_id
from plans.text.decoration import Mark, decorate, sentences_at
from plans.views.last_read import LastRead, last_read
from search.linking import Proposal, by_city, discussions_of, proposals
from search.registry import document_key


@dataclass
class ReadingPage:
    """A version as a person reads it. The number of queries depends neither on its sections nor on its comments."""

    version: PlanVersion
    person: Person
    sentence: str = ""  # the name of the sentence that is asked for
    asked: int = 0  # the comment that is asked for: those of its section stand beside it, however many there are in all

    @cached_property
    def texts(self) -> list[SectionText]:
        return list(self.version.texts.select_related("section"))

    @cached_property
    def places(self) -> Places:
        places = place_comments(self.version, self.person)
        places.open_at(self.asked)
        return places

    @cached_property
    def threads(self) -> dict[int, Thread]:
        return read_threads(self.places.on_the_reading_page(), self.person)

    @cached_property
    def rights(self) -> CommentRights:
        return rights_on_comments(self.person, self.version.plan)

    @cached_property
    def takes_comments(self) -> bool:
        """Whether there are controls to comment; who is signed out may write first and sign in then."""
        return takes_comments(self.version.plan)

    @cached_property
    def plan_url(self) -> str:
        return self.version.plan.get_url()

    @cached_property
    def last_read(self) -> LastRead | None:
        return last_read(self.person, self.version, self.texts)

    def _change(self, text: SectionText) -> dict[str, str]:
        """What is said of a section that has changed since the person last read the plan, and where."""
        return self.last_read.changes.get(text.section_id, {}) if self.last_read else {}

    def contents(self) -> list[dict[str, Any]]:
        """The component `toc`'s items: chapters with their sections, and how many comments stand in each."""
        contents: list[dict[str, Any]] = []
        for text in self.texts:
            item = {
                "number": text.number,
                "label": text.heading,
                "url": f"#{text.fragment}",
                "count": self.places.count_of(text.section_id),
                "note": self._change(text).get("label", ""),
            }
            if text.is_chapter:
                contents.append({**item, "children": []})
            else:
                contents[-1]["children"].append(item)
        if self.places.orphans:
            label = _("Comments whose text is no longer in the plan")
            contents.append({"number": "", "label": label, "url": "#sahipsiz", "count": self.places.orphan_count})
        return contents

    def chapters(self) -> list[dict[str, Any]]:
        """`[{anchor, number, heading, sections}]`, the sections as the component `plan_section` wants them."""
        chapters: list[dict[str, Any]] = []
        for text in self.texts:
            if text.is_chapter:
                chapter = {"anchor": text.fragment, "number": text.number, "heading": text.heading, "sections": []}
                chapters.append({**chapter, "change": self._change(text)})
            else:
                chapters[-1]["sections"].append(self._section(text))
        return chapters

    def orphans(self) -> list[dict[str, Any]]:
        return present_comments(self.places.orphans_shown(), self.threads, self.person, rights=self.rights)

    def _section(self, text: SectionText) -> dict[str, Any]:
        comment_url = reverse("plans:comment", args=[text.section_id, self.version.number])
        return {
            "anchor": text.fragment,
            "key": text.section_id,
            "number": text.number,
            "heading": text.heading,
            "kind": text.kind,
            "code": text.code,
            "change": self._change(text),
            "html": self._html(text, comment_url),
            "permalink": f"{self.plan_url}bolum/{text.section.key}/",
            **present_beside(self.places, self.threads, self.person, rights=self.rights, text=text),
            "comment_url": comment_url if self.takes_comments else "",
            "discussions": self._discussions.get(text.section_id, []),
            "proposals": self._proposals.get(text.section_id, []),
            "back": f"{self.plan_url}#{text.fragment}",
        }

    def _html(self, text: SectionText, comment_url: str) -> SafeString:
        """The frozen HTML, in which `publish_version` has sanitised everything, with controls and marks. Of the sentences
        those have a name in which a comment's words begin, and the one that is asked for: a large plan has thousands."""
        marks = self._marks(text)
        named = sentences_at(text.html, (mark.start for mark in marks))

        def name(number: int) -> str:
            identity = sentence_id(text, number)
            return identity if number in named or identity == self.sentence else ""

        def is_found(number: int) -> bool:
            return sentence_id(text, number) == self.sentence

        def control(number: int) -> str:
            if not self.takes_comments:
                return ""
            address, label = f"{comment_url}?cumle={number}", self._control_label % {"number": number + 1}
            return f'<a class="sentence__control" href="{address}" rel="nofollow" aria-label="{label}">+</a>'

        return stored_html(decorate(text.html, marks, name, control, is_found))

    @cached_property
    def _control_label(self) -> str:
        return escape(_("Comment on sentence %(number)s"))

    def _marks(self, text: SectionText) -> list[Mark]:
        """A mark for each quote; it leads to the comment, which may stand on a page of its own."""
        marks = []
        for placed in self.places.of(text.section_id):
            anchor = placed.anchor
            if placed.readable and anchor.quote.exact and anchor.start is not None and anchor.end is not None:
                beside = placed.pk in self.threads
                address = f"#p{placed.pk}" if beside else reverse("plans:thread", args=[placed.pk])
                marks.append(Mark(anchor.start, anchor.end, address, anchor.verdict))
        return marks

    @cached_property
    def _discussions(self) -> dict[int, list[dict[str, str]]]:
        """Section id → the visible discussions that belong to it, those of the plan's city first; of others, the city."""
        section_of = {document_key("section", text.section_id): text.section_id for text in self.texts}
        own = self.version.plan.city
        return {
            section_of[key]: [
                {
                    "title": one.title,
                    "url": one.url,
                    "kind": one.source.kind,
                    "city": "" if name == own.name else name,
                }
                for name, discussions in by_city(found, own.slug)
                for one in discussions
            ]
            for key, found in discussions_of(self.person, section_of).items()
        }

    @cached_property
    def _proposals(self) -> dict[int, list[Proposal]]:
        """Section id → what waits for the decision of who edits or moderates in the plan's city. Of a plan with many comments
        it stands where they do: on the section's own page; and on the map."""
        city = self.version.plan.city
        decides = can_edit_city(self.person, city) or can_moderate_city(self.person, city)
        if not (decides and self.places.are_few):
            return {}
        section_of = {document_key("section", text.section_id): text.section_id for text in self.texts}
        found: dict[int, list[Proposal]] = defaultdict(list)
        for one in proposals(self.person, section_keys=section_of):
            if one.may_decide:
                found[section_of[one.link.section_key]].append(one)
        return found
