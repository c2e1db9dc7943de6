"""A plan as large as the site promises to serve well: 200 sections, 2,000 comments. Written past the actions, in bulk, since
these would take minutes; `tests/plans/test_big_plan.py` checks that the result is what the actions would have written.

The sentences are made of random words. Compressed, a section's text has about as many bytes as one of the demo's plans (230).
"""

import random
import uuid
from datetime import timedelta
from itertools import count

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment

from forum.models import Post
from forum.targets import content_type_of
from forum.threads import child_path
from members.models import City, User
from plans.models import Anchor, Answer, PlanPage, PlanVersion, Quote, Section, SectionText
from plans.text.decoration import sentence_spans
from plans.text.plaintext import mark_sentences, plain_text
from search.models import Citation
from search.registry import document_key
from tests import factories

CHAPTERS, SECTIONS, COMMENTS = 12, 200, 2_000
BATCH = 500
# One comment in so many …
REPLIED, ANSWERED, WHOLE_SECTION, ORPHANED, REMOVED, HELD = 4, 3, 5, 50, 100, 90
CITED = 5  # sections that topics of the forum cite
VERDICTS = ["same"] * 6 + ["moved", "edited", "edited", "check"]
WORDS = """
aydınlat başvur belge belediye bildir bütçe çalış çocuk danış denetle destek durak duyur eğit eşit ev geç gece görüş güven
hane harca hemşire hizmet ihtiyaç izle kadın kaldır karar kat kayıt kent kira komisyon konut kreş kurul kurum mahalle meclis
merkez nöbet nüfus oda okul oran otobüs öğren ölç önle park personel plan program rapor sağlık sayı sefer sığın sokak soru
sorumlu sür şikâyet taşı tedbir toplu tuvalet ulaş uygula ücret üniversite veri yaş yayımla yerel yıl yol yön yurt yürü zaman
"""
ENDINGS = """
a da dan ı ın la lar lara ların larda mak ması masını acak anlar arak dığı dıkça ınca ır ılır ılan ıldı ım ımı lık lığı lı
sız ca cı cılar daki sı sına sının
"""


def make_big_plan(city: City, *, by: User, sections: int = SECTIONS, comments: int = COMMENTS) -> PlanVersion:
    """Version 1 of a plan; the same words and places whenever it is called."""
    chance = random.Random(2026)
    with transaction.atomic():
        plan = PlanPage(title="Büyük Eşitlik Planı", city=city, owner=by)
        city.page.add_child(instance=plan)
        version = PlanVersion.objects.create(plan=plan, number=1, title=plan.title, published_by=by)
        texts = _write_texts(version, sections, chance)
        authors = [by, *(factories.UserFactory(city=city) for _number in range(20))]
        roots = _write_comments(version, texts, comments, authors, chance)
        _write_answers(roots, by, chance)
        _cite(texts[: CITED * 2 : 2], city, by)
    return version


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(WORDS.split()) + chance.choice(ENDINGS.split()) for _word in range(chance.randint(3, 10))]
    return " ".join(words).capitalize() + "."


def _html(chance: random.Random) -> str:
    """14 sentences, as the demo's sections have on average; a list stands between two paragraphs."""
    items = "".join(f"<li>{_sentence(chance)}</li>" for _item in range(4))
    paragraphs = [" ".join(_sentence(chance) for _number in range(5)) for _paragraph in range(2)]
    return f"<p>{paragraphs[0]}</p><ul>{items}</ul><p>{paragraphs[1]}</p>"


def _write_texts(version: PlanVersion, sections: int, chance: random.Random) -> list[SectionText]:
    """Chapters and sections; gives the sections' texts."""
    positions, texts = count(), []
    for chapter in range(1, CHAPTERS + 1):
        texts.append(_text(version, next(positions), f"{chapter}", "chapter", "", chance))
        for number in range(1, len(range(chapter, sections + 1, CHAPTERS)) + 1):
            kind = chance.choice(SectionText.Kind.values[1:])
            texts.append(_text(version, next(positions), f"{chapter}.{number}", kind, _html(chance), chance))
    keys = [str(uuid.UUID(int=chance.getrandbits(128))) for _text_ in texts]
    identities = Section.objects.bulk_create(Section(plan=version.plan, key=key) for key in keys)
    for text, identity in zip(texts, identities, strict=True):
        text.section = identity
    return [text for text in SectionText.objects.bulk_create(texts) if not text.is_chapter]


def _text(version: PlanVersion, position: int, number: str, kind: str, html: str, chance: random.Random) -> SectionText:
    return SectionText(
        version=version,
        kind=kind,
        position=position,
        number=number,
        heading=_sentence(chance).removesuffix("."),
        html=mark_sentences(html),
        text=plain_text(html),
    )


def _write_comments(
    version: PlanVersion, texts: list[SectionText], comments: int, authors: list[User], chance: random.Random
) -> list[Post]:
    """Comments with their replies, quotes and places; gives the comments. Some sections have many, some none."""
    weights = [chance.paretovariate(1.5) for _text_ in texts]
    about = chance.choices(texts, weights, k=comments)
    roots = [_post(text, chance.choice(authors), number, chance) for number, text in enumerate(about)]
    for root in roots[::REMOVED]:
        root.status = Post.Status.REMOVED
    for root in roots[1::HELD]:
        root.status = Post.Status.HELD
    _insert(roots)
    replies = [
        _reply(root, text, chance.choice(authors), chance)
        for root, text in zip(roots[::REPLIED], about[::REPLIED], strict=True)
    ]
    _insert(replies)
    placed = [_place(root, text, number, chance) for number, (root, text) in enumerate(zip(roots, about, strict=True))]
    Quote.objects.bulk_create(quote for quote, _anchor in placed)
    Anchor.objects.bulk_create(anchor for _quote, anchor in placed)
    return roots


def _post(text: SectionText, author: User, number: int, chance: random.Random) -> Post:
    body = " ".join(_sentence(chance) for _number in range(chance.randint(1, 4)))
    return Post(
        content_type=content_type_of(text.section),
        object_pk=str(text.section_id),
        site_id=settings.SITE_ID,
        user=author,
        user_name=author.display_name,
        city=text.version.plan.city,
        comment=body,
        body_html=f"<p>{body}</p>",
        submit_date=timezone.now() - timedelta(days=30) + timedelta(minutes=number),
    )


def _reply(root: Post, text: SectionText, author: User, chance: random.Random) -> Post:
    reply = _post(text, author, 0, chance)
    reply.submit_date = root.submit_date + timedelta(hours=1)
    reply.parent_id = reply.thread_id = root.pk
    reply.path, reply.level = child_path("", 1), 1
    root.child_count = root.nested_count = 1
    return reply


def _insert(posts: list[Post]) -> None:
    """`bulk_create` refuses a model of three tables: the first one gives the keys, the others take their own columns."""
    columns = [column.attname for column in Comment._meta.concrete_fields if not column.primary_key]
    rows = Comment.objects.bulk_create(Comment(**{name: getattr(post, name) for name in columns}) for post in posts)
    for post, row in zip(posts, rows, strict=True):
        post.pk = post.id = post.comment_ptr_id = row.pk
        post.parent_id, post.thread_id = post.parent_id or row.pk, post.thread_id or row.pk
    for model in (XtdComment, Post):
        for first in range(0, len(posts), BATCH):
            fields = model._meta.local_concrete_fields
            model._base_manager._insert(posts[first : first + BATCH], fields=fields)


def _place(root: Post, text: SectionText, number: int, chance: random.Random) -> tuple[Quote, Anchor]:
    """What the comment quotes: the section, a sentence, or words of one; and what became of it since."""
    start, end = 0, len(text.text)
    if number % WHOLE_SECTION:
        start, end = chance.choice(list(sentence_spans(text.html).values()))
        end = chance.choice([end, text.text.index(" ", start)])
    exact = text.text[start:end] if number % WHOLE_SECTION else ""
    quote = Quote(post=root, section=text.section, version=text.version, exact=exact, start=start)
    if number % ORPHANED == 0:
        return quote, Anchor(quote=quote, version=text.version, verdict=Anchor.Verdict.ORPHAN, score=0)
    verdict = chance.choice(VERDICTS)
    return quote, Anchor(quote=quote, version=text.version, verdict=verdict, section=text.section, start=start, end=end)


def _write_answers(roots: list[Post], editor: User, chance: random.Random) -> None:
    Answer.objects.bulk_create(
        Answer(
            post=root,
            decision=chance.choice(Answer.Decision.values),
            reason=(reason := _sentence(chance)),
            reason_html=f"<p>{reason}</p>",
            answered_by=editor,
        )
        for root in roots[::ANSWERED]
    )


def _cite(texts: list[SectionText], city: City, author: User) -> None:
    """Topics of the forum that cite the sections."""
    for text in texts:
        topic = factories.topic(city, author, title=text.heading)
        Citation.objects.create(
            section_key=document_key("section", text.section_id),
            discussion_key=document_key("topic", topic.pk),
            cited_in=document_key("topic", topic.pk),
            cited_as=text.number,
        )
