"""A name is held from the first sign-in on; keys again, in which letters of all scripts are those that they look like."""

from importlib import import_module

from django.db import migrations, models

renew_keys = import_module("members.migrations.0004_names_that_look_the_same").renew_keys


class Migration(migrations.Migration):
    dependencies = [("members", "0004_names_that_look_the_same")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="name_key",
            field=models.CharField(blank=True, default="", editable=False, max_length=100, null=True, unique=True),
        ),
        migrations.RunPython(renew_keys, migrations.RunPython.noop),
    ]
