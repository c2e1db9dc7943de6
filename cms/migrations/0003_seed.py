"""The 13 themes of the commons, the 14 of plan chapters, and a home page in place of Wagtail's welcome page."""

from django.db import migrations

COMMONS = [
    ("parklar", "Parklar ve yeşil alan", "Parks and green space"),
    ("sokak-meydan", "Sokak ve meydan", "Streets and squares"),
    ("gece-aydinlatma", "Gece ve aydınlatma", "Night and lighting"),
    ("toplu-tasima", "Toplu taşıma", "Public transport"),
    ("su-temizlik", "Su ve temizlik", "Water and sanitation"),
    ("bakim", "Bakım", "Care"),
    ("barinma-mahalle", "Barınma ve mahalle", "Housing and neighbourhood"),
    ("gida-pazar", "Gıda, pazar, bostan", "Food, markets, gardens"),
    ("kultur-spor", "Kültür, spor, kütüphane", "Culture, sport, libraries"),
    ("kiyi-hava-doga", "Kıyı, hava, doğa", "Coast, air, nature"),
    ("afet-dayanisma", "Afet ve dayanışma", "Disaster and solidarity"),
    ("kent-verisi", "Kent verisi ve dijital alan", "City data and digital space"),
    ("ortak-karar", "Ortak karar", "Shared decisions"),
]
CHAPTERS = [
    ("kurumsal-yapi", "Kurumsal yapı ve bütçe", "Institutions and budget"),
    ("katilim", "Katılım ve temsil", "Participation and representation"),
    ("siddet", "Şiddetle mücadele", "Combating violence"),
    ("kentsel-hizmetler", "Kentsel hizmetler", "Urban services"),
    ("ulasim", "Ulaşım ve güvenlik", "Mobility and safety"),
    ("bakim-hizmetleri", "Bakım hizmetleri", "Care services"),
    ("istihdam", "İstihdam", "Employment"),
    ("yoksulluk", "Yoksulluk ve sosyal destek", "Poverty and social support"),
    ("egitim", "Eğitim", "Education"),
    ("saglik", "Sağlık", "Health"),
    ("engellilik-yaslilik", "Engellilik ve yaşlılık", "Disability and ageing"),
    ("goc", "Göç ve mültecilik", "Migration and refugees"),
    ("adalet", "Adalete erişim", "Access to justice"),
    ("iklim-afet", "İklim ve afet", "Climate and disaster"),
]


def seed_themes(apps, schema_editor):
    Theme = apps.get_model("cms", "Theme")
    for kind, rows in (("commons", COMMONS), ("chapter", CHAPTERS)):
        for position, (slug, name_tr, name_en) in enumerate(rows, start=1):
            Theme.objects.create(kind=kind, slug=slug, name_tr=name_tr, name_en=name_en, position=position)


def seed_home_page(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("cms", "HomePage")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Page.objects.filter(slug="home", depth=2).delete()
    content_type, _created = ContentType.objects.get_or_create(model="homepage", app_label="cms")
    home = HomePage.objects.create(
        title="Müşterek",
        draft_title="Müşterek",
        slug="anasayfa",
        content_type=content_type,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/anasayfa/",
        locale=Locale.objects.get_or_create(language_code="tr")[0],
    )
    Page.objects.filter(depth=1).update(numchild=Page.objects.filter(depth=2).count())
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", site_name="Müşterek", root_page=home, is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RunPython(seed_themes, migrations.RunPython.noop),
        migrations.RunPython(seed_home_page, migrations.RunPython.noop),
    ]
