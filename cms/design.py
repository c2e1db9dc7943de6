"""Every component on one page, with sample data. Mounted in debug only."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

Sample = dict[str, Any]

BADGES = {
    "kind": "text goal objective commitment activity",
    "verdict": "same moved edited check orphan",
    "answer": "accepted partly declined noted open",
    "role": "member editor moderator coordinator",
    "org": "civil_society academia professional_chamber trade_union local_government",
    "status": "locked held hidden removed",
    "hit": "section plan comment topic post experience guide explainer term",
}
THEMES = (
    ("parklar", "Parklar ve yeşil alan", "14 konu"),
    ("gece-aydinlatma", "Gece ve aydınlatma", "9 konu"),
    ("toplu-tasima", "Toplu taşıma", "21 konu"),
    ("bakim", "Bakım", "12 konu"),
    ("barinma-mahalle", "Barınma ve mahalle", "7 konu"),
    ("kiyi-hava-doga", "Kıyı, hava, doğa", "Henüz konu yok"),
)
LONG_WORD = "Gerçekleştirilemeyebileceklerdenmişsinizcesine"


class SampleForm(forms.Form):
    title = forms.CharField(label="Başlık", max_length=200, help_text="Kısa ve açık olsun.")
    email = forms.EmailField(label="E-posta adresi")
    theme = forms.ChoiceField(
        label="Tema", choices=[("", "Seçin"), ("parklar", "Parklar ve yeşil alan")], required=False
    )
    voice = forms.ChoiceField(
        label="Kimin adına yazıyorsunuz?",
        choices=[("self", "Kendi adıma"), ("org", "Defne Kadın Dayanışma Derneği adına")],
        widget=forms.RadioSelect,
        help_text="Kurum adına yazdığınızda adınız görünmez.",
    )
    body = forms.CharField(label="Yazınız", max_length=20_000, widget=forms.Textarea)
    document = forms.FileField(label="Word dosyası (.docx)", required=False)
    agree = forms.BooleanField(label="Ortak yaşam kurallarını okudum.")


def _at(day: int, hour: int) -> datetime:
    return timezone.make_aware(datetime(2026, 3, day, hour, 5))


def _post(pk: int, level: int, author_name: str, words: str, **more: Any) -> SimpleNamespace:
    """Has the attributes of forum.Post that the components read."""
    values: Sample = {
        "pk": pk,
        "level": level,
        "author_name": author_name,
        "organisation": None,
        "organisation_name": "",
        "submit_date": _at(8, 9 + pk % 10),
        "edited_at": None,
        "status": "published",
        "readable": True,
        "get_absolute_url": f"#p{pk}",
        "body": mark_safe(f"<p>{words}</p>"),  # noqa: S308
    }
    return SimpleNamespace(**{**values, **more})


def _actions() -> list[Sample]:
    return [
        {"label": "Yanıtla", "url": "#yanit", "icon": "reply"},
        {"label": "Düzenle", "url": "#duzenle", "icon": "pencil"},
        {
            "label": "Kaldır",
            "url": "#kaldir",
            "icon": "trash-2",
            "method": "post",
            "confirm": "Kaldırılsın mı?",
            "danger": True,
        },
    ]


def _thread() -> list[Sample]:
    union = {"organisation": SimpleNamespace(kind="trade_union"), "organisation_name": "Ulaşım Emekçileri Sendikası"}
    first = _post(
        1,
        0,
        "Nergis",
        "Son otobüs 23.15’te kalkıyor. Vardiyası gece yarısı biten kadınlar eve yürüyor. "
        "Bunu planın <a href='#bolum-2-3'>§2.3</a> bölümüne bağlayalım.",
        edited_at=_at(9, 10),
    )
    second = _post(
        2, 1, "Şükrü I.", "Hattı süren biziz: 23.15 seferi çoğu gün dolu kalkıyor, İskele’de kimse binemiyor.", **union
    )
    third = _post(3, 2, "Ayşe Ğ.", "Sayımı birlikte yapalım mı? Bilet 27,50 ₺ oldu, o da ayrı dert.")
    deep = _post(4, 3, "Işıl", f"{LONG_WORD} uzun bir sözcük bile sayfayı yana taşırmamalı.", status="held")
    deepest = _post(5, 9, "Öykü", "Dokuzuncu düzeydeki yanıt telefonda da okunur.")
    gone = _post(6, 1, "", "", readable=False, status="removed")
    return [
        {"post": first, "actions": _actions()},
        {"post": second, "actions": _actions()[:1], "reply_to": first},
        {"post": third, "actions": _actions()[:1], "reply_to": second},
        {"post": deep, "reply_to": third},
        {"post": deepest, "reply_to": deep},
        {"post": gone},
    ]


def _comments() -> list[Sample]:
    answer = {
        "decision": "partly",
        "body": mark_safe("<p>Hat sayısı bu sürümde değişti; saat için veri isteniyor.</p>"),
        "author_name": "Plan ekibi",
        "organisation_name": "Defnekent Eşitlik İzleme Platformu",
        "at": _at(12, 14),
    }
    quoted = {
        "post": _post(
            11,
            0,
            "Gülizar",
            "“Akşam” yerine saat yazılsın: 20.00–24.00.",
            organisation_name="Defne Kadın Dayanışma Derneği",
            organisation=SimpleNamespace(kind="civil_society"),
        ),
        "quote": "Akşam saatlerinde sefer sıklığı yarım saati geçmez.",
        "quote_url": "#alinti",
        "verdict": "edited",
        "answer": answer,
        "replies": [{"post": _post(12, 1, "Işıl", "Katılıyorum; hafta sonu da eklensin.")}],
        "actions": _actions()[:1],
    }
    plain = {"post": _post(13, 0, "Kamil Ö.", "Engelli bireyler için biniş rampası da ölçülmeli."), "waiting": True}
    return [quoted, plain]


SECTION_HTML = """
<p><span class="sentence">Kadınlar toplu taşımayı erkeklerden daha sık, daha kısa aralıklarla ve çoğu kez bakım yüküyle
birlikte kullanır.<a class="sentence__control" href="#cumle-1" aria-label="1. cümleye yorum yaz">+</a></span>
<span class="sentence"><a class="commented commented--edited" href="#p11">Akşam saatlerinde sefer sıklığı 30 dakikayı
geçmez.</a><a class="sentence__control" href="#cumle-2" aria-label="2. cümleye yorum yaz">+</a></span>
<span class="sentence">Durakların en az %80’i aydınlatılır ve oturma yeri bulunur.<a class="sentence__control"
href="#cumle-3" aria-label="3. cümleye yorum yaz">+</a></span></p>
<ul><li>Gece durağı uygulaması bütün hatlarda duyurulur.</li>
<li>Şikâyetler cinsiyete göre ayrıştırılarak yayımlanır.</li></ul>
"""


def _section() -> Sample:
    return {
        "anchor": "bolum-2-3",
        "key": "ornek",
        "number": "2.3",
        "heading": "Gece ulaşımı güvenli ve sık olur",
        "kind": "objective",
        "code": "A2.1",
        "html": mark_safe(SECTION_HTML),  # noqa: S308
        "permalink": "#bolum-2-3",
        "comment_url": "#yorum",
        "comments_url": "#yorumlar",
        "comment_count": 12,
        "comments": _comments(),
        "fields": [
            {"label": "Sorumlu", "value": "Ulaşım Dairesi Başkanlığı"},
            {"label": "Ortaklar", "value": "Ulaşım Emekçileri Sendikası, Defne Kadın Dayanışma Derneği"},
            {"label": "Tarih", "value": "31 Aralık 2027"},
        ],
        "discussions": [{"title": "Son otobüs 23.15’te: vardiyadan çıkan nasıl dönecek?", "url": "#konu"}],
    }


def _toc() -> list[Sample]:
    children = [
        {"number": "2.1", "label": "Durum", "url": "#bolum-2-1"},
        {"number": "2.2", "label": "Amaç A2: Herkes her saatte evine dönebilir", "url": "#bolum-2-2", "count": 4},
        {
            "number": "2.3",
            "label": "Gece ulaşımı güvenli ve sık olur",
            "url": "#bolum-2-3",
            "is_current": True,
            "count": 12,
        },
    ]
    return [
        {"number": "1", "label": "Kurumsal yapı ve bütçe", "url": "#bolum-1"},
        {"number": "2", "label": "Ulaşım ve güvenlik", "url": "#bolum-2", "children": children},
        {"number": "3", "label": "Bakım hizmetleri", "url": "#bolum-3"},
    ]


def _cards() -> Sample:
    return {
        "plan": {
            "title": "Defnekent Yerel Eşitlik İzleme Planı",
            "url": "#plan",
            "period": "2026–2029",
            "phase": {"title": "Görüşe açık", "text": "Son tarih: 8 Mart 2026, 23.00; 5 gün kaldı."},
            "version": 2,
            "published_at": _at(1, 9),
            "section_count": 64,
            "comment_count": 41,
        },
        "articles": [
            {
                "title": "Pazar yerinde tuvalet: bir mahallenin iki yılı",
                "url": "#1",
                "kind": "experience",
                "theme": "Gıda, pazar, bostan",
                "author_name": "Gülizar",
                "published_at": _at(4, 9),
                "comment_count": 6,
                "summary": "Pazarcı kadınlarla üye kurumların birlikte yürüttüğü takibin öyküsü.",
            },
            {
                "title": "Bilgi edinme başvurusu nasıl yazılır?",
                "url": "#2",
                "kind": "guide",
                "organisation_name": "Defnekent Üniversitesi",
                "published_at": _at(2, 9),
                "summary": "Adım adım: soruyu dar tutmak, süreyi saymak, itiraz etmek.",
            },
            {
                "title": "Cinsiyete duyarlı bütçe nedir?",
                "url": "#3",
                "kind": "explainer",
                "published_at": _at(1, 9),
            },
        ],
        "topics": [
            {
                "title": "Son otobüs 23.15’te: vardiyadan çıkan nasıl dönecek?",
                "url": "#4",
                "theme": "Toplu taşıma",
                "author_name": "Nergis",
                "post_count": 24,
                "last_post_at": _at(9, 20),
            },
            {
                "title": "Sahil yolundaki lambalar yine sönük",
                "url": "#5",
                "theme": "Gece ve aydınlatma",
                "author_name": "Işıl",
                "post_count": 1,
                "last_post_at": _at(8, 7),
            },
        ],
        "themes": [
            {"slug": slug, "name": name, "count_label": label, "url": f"#{slug}"} for slug, name, label in THEMES
        ],
    }


def _hits() -> list[Sample]:
    return [
        {
            "kind": "section",
            "lang": "tr",
            "number": "2.3",
            "url": "#6",
            "city": "Defnekent",
            "theme": "Ulaşım ve güvenlik",
            "at": _at(1, 9),
            "title_html": mark_safe("Gece <mark>ulaşımı</mark> güvenli ve sık olur"),
            "snippet_html": mark_safe(
                "Kadınlar toplu taşımayı daha sık kullanır; <mark>ulaşımda</mark> sıklık eşitlik konusudur…"
            ),
        },
        {
            "kind": "topic",
            "lang": "tr",
            "url": "#7",
            "city": "Yıldızova",
            "title_html": "Tramvay durağında rampa yok",
            "author_name": "Şükrü I.",
            "snippet_html": mark_safe("Engelli yurttaşların <mark>ulaşıma</mark> erişimi için üç durakta ölçtük."),
        },
    ]


def _filters() -> list[Sample]:
    kinds = (
        ("", "Hepsi", 57, True),
        ("section", "Plan bölümü", 12, False),
        ("topic", "Konu", 30, False),
        ("term", "Terim", 3, False),
    )
    options = [
        {"value": value, "label": label, "count": count, "selected": on, "url": f"?tur={value}"}
        for value, label, count, on in kinds
    ]
    return [{"legend": "Tür", "options": options}]


def _forms() -> Sample:
    refused = SampleForm(
        {"title": "", "email": "ayse@", "voice": "self", "body": "Kısa", "agree": ""}, auto_id="id_refused_%s"
    )
    return {"form": SampleForm(), "refused": refused}


def design(request: HttpRequest) -> HttpResponse:
    """The style guide."""
    context = {
        "badge_families": {family: values.split() for family, values in BADGES.items()},
        "breadcrumbs": [{"label": "Defnekent", "url": "#"}, {"label": "Forum", "url": "#"}],
        "hero_actions": [
            {"label": "Planı oku", "url": "#plan", "kind": "primary"},
            {"label": "Foruma geç", "url": "#forum"},
        ],
        "thread": _thread(),
        "section": _section(),
        "toc": _toc(),
        "hits": _hits(),
        "filters": _filters(),
        "term": {
            "term": "toplumsal cinsiyet",
            "term_en": "gender",
            "meaning": "Toplumun kadın ya da erkek olmaya yüklediği roller.",
        },
        **_cards(),
        **_forms(),
    }
    return render(request, "design/index.html", context)
