"""A plan that has everything a file must keep, what was said about it, and what stands in a PDF."""

import pypdf
from django.utils import timezone

from forum.actions import hide_post, post_comment, remove_post
from forum.models import Post
from members.models import City, User
from plans.actions.answer_comment import answer_comment
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.models import Answer, PlanPage, PlanVersion
from tests.plans.making import Block, make_plan, replacing, revise, section, section_of

LAMPS = "Parkta <b>iki aydınlatma direği</b> yanmıyor.<sup>1</sup> Banklar çocuk alanına uzak duruyor."
LIST = "<ul><li>ışık<ol><li>direk</li><li>ampul</li></ol></li><li>şerit</li></ul>"
LINK = 'Bkz. <a href="https://ornek.org/ğ?a=1&amp;b=2">çalışma</a> ve <i>ek</i>.'
TABLE = {
    "data": [["Mahalle", "Kreş"], ["Çınarlı", "2"], ["İğdır & <Şirin>", "=1+1"]],
    "first_row_is_table_header": True,
    "first_col_is_header": False,
}


def rich_section() -> Block:
    block = section("Işıklı parklar", LAMPS, LINK, kind="objective", code="A1.1", responsible="Park dairesi")
    block["value"]["body"][0]["value"] += LIST + "<h4>Ölçüm</h4><p>m² başına.</p>"
    block["value"]["body"].append({"type": "table", "value": TABLE, "id": "7d0c6a0e-0000-4000-8000-000000000001"})
    block["value"]["footnotes"] = [
        {"type": "item", "value": "Gözlem, 2026.", "id": "7d0c6a0e-0000-4000-8000-000000000002"}
    ]
    return block


def rich_plan(city: City, *, by: User) -> PlanPage:
    """1.1 with lists, a table, a link and a footnote; 1.2 and 2.1 of one paragraph."""
    chapters = {
        "Kent & yaşam": [
            rich_section(),
            section("Kreşler", "İki yeni kreş açılır. Saatleri sorulur.", kind="commitment"),
        ],
        "Ulaşım": [section("Otobüs", "Son otobüs gece yarısından önce kalkıyor.")],
    }
    plan = make_plan(city, chapters, by=by, title="Örnekkent Eşitlik Planı")
    plan.summary = "<p>Herkes için.</p>"
    plan.save_revision(user=by).publish(user=by)
    return PlanPage.objects.get(pk=plan.pk)


class Talk:
    """Comments of one version, each of another fate."""

    def __init__(self, version: PlanVersion, *, member: User, stranger: User, editor: User, moderator: User) -> None:
        self.version, self.member = version, member
        park, bus = section_of(version, "1.1"), section_of(version, "2.1")
        self.quoting = self._on(park, "Yanmıyor, *bakın*.", "aydınlatma direği yanmıyor")
        self.whole = self._on(park, "Bütün bölüme dair.", "")
        self.lost = self._on(bus, "Geç kalkmalı.", "Son otobüs")
        self.hidden = self._on(park, "GİZLİSÖZ burada.", "çocuk alanına")
        self.removed = self._on(park, "SİLİNENSÖZ burada.", "Banklar")
        self.held = self._on(bus, "BEKLEYENSÖZ burada.", "gece yarısından")
        self.reply = post_comment(author=stranger, target=park, body="Katılıyorum.", parent=self.quoting)
        post_comment(author=stranger, target=park, body="Silinene karşılık.", parent=self.removed)
        hide_post(by=moderator, post=self.hidden, reason="Kişisel")
        remove_post(by=member, post=self.removed)
        Post.objects.filter(pk=self.held.pk).update(status=Post.Status.HELD)
        answer_comment(by=editor, post=self.quoting, decision=Answer.Decision.PARTLY, reason="Biri **onarıldı**.")

    def _on(self, section, body: str, exact: str) -> Post:
        return comment_on_section(author=self.member, section=section, version=self.version, body=body, exact=exact)


HIDDEN_WORDS = ("GİZLİSÖZ", "SİLİNENSÖZ", "BEKLEYENSÖZ")


def next_version(plan: PlanPage, *, by: User) -> PlanVersion:
    """The lamp's words change a little, the chapter about buses goes."""
    revise(plan.chapters[0], replacing("aydınlatma direği", "aydınlatma lambası"), by=by)
    plan.chapters[1].unpublish()
    return publish_version(by=by, plan=plan, note="Düzeltildi.")


def many_comments(version: PlanVersion, author: User, count: int) -> None:
    """As many comments with a reply each."""
    park = section_of(version, "1.1")
    for number in range(count):
        post = comment_on_section(author=author, section=park, version=version, body=f"Söz {number}", exact="Banklar")
        post_comment(author=author, target=park, body=f"Karşılık {number}", parent=post)
    Post.objects.update(submit_date=timezone.now() - timezone.timedelta(days=1))  # the next round repeats nothing


def text_of(reader: pypdf.PdfReader) -> str:
    """Its words, lines joined and hyphens at their ends taken away."""
    return " ".join("\n".join(page.extract_text() for page in reader.pages).replace("-\n", "").split())


def tags(reader: pypdf.PdfReader) -> set[str]:
    found: set[str] = set()

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            found.add(node.get("/S", ""))
            walk(node.get("/K", pypdf.generic.NullObject()))

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found
