"""Which commons and which subjects of plan chapters often go together."""

from django.db import migrations, models

RELATED = {
    "parklar": "kentsel-hizmetler",
    "sokak-meydan": "kentsel-hizmetler engellilik-yaslilik ulasim siddet",
    "gece-aydinlatma": "ulasim kentsel-hizmetler siddet",
    "toplu-tasima": "ulasim engellilik-yaslilik",
    "su-temizlik": "kentsel-hizmetler saglik",
    "bakim": "bakim-hizmetleri engellilik-yaslilik",
    "barinma-mahalle": "siddet kentsel-hizmetler yoksulluk goc",
    "gida-pazar": "istihdam kentsel-hizmetler yoksulluk",
    "kultur-spor": "kentsel-hizmetler egitim",
    "kiyi-hava-doga": "iklim-afet kentsel-hizmetler",
    "afet-dayanisma": "iklim-afet",
    "kent-verisi": "kurumsal-yapi katilim",
    "ortak-karar": "katilim kurumsal-yapi",
}


def relate(apps, schema_editor):
    Theme = apps.get_model("cms", "Theme")
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for slug, others in RELATED.items():
        if slug in themes:
            themes[slug].related.add(*(themes[other] for other in others.split() if other in themes))


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_no_default_workflow")]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="related",
            field=models.ManyToManyField(
                blank=True,
                help_text="What is talked about under one of them often belongs to the other: links and searches heed it.",
                to="cms.theme",
                verbose_name="related themes",
            ),
        ),
        migrations.RunPython(relate, migrations.RunPython.noop),
    ]
