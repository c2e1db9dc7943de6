"""A name is held from the first sign-in on; keys again, in which letters of all scripts are those that they look like."""

import unicodedata
from itertools import count

from anyascii import anyascii
from django.db import migrations, models

# The rule of members.names as it was: a migration does the same for ever.
LONGEST_NAME = 50
LONGEST_KEY = 100
LOWER = str.maketrans({"İ": "i", "I": "ı"})
ASCII = str.maketrans("çğıöşüâîû", "cgiosuaiu")


def name_key(name):
    folded = unicodedata.normalize("NFC", name).translate(LOWER).lower().translate(ASCII)
    return "".join(filter(str.isalnum, anyascii(folded).lower()))[-LONGEST_KEY:]


def numbered(name):
    yield name
    for number in count(2):
        yield f"{name[: LONGEST_NAME - len(str(number)) - 1]} {number}"


def renew_keys(apps, schema_editor):
    """Of people whose names now look the same, the one who came first keeps the name; the others get a number. So do names in
    which nothing is to be read. Who has not signed in yet (no key) has no name of their own."""
    users = apps.get_model("members", "User").objects
    taken, changed, others = set(), [], []
    for user in users.exclude(name_key=None).order_by("pk"):
        key = name_key(user.display_name)
        if not key or key in taken:
            others.append(user)
            continue
        taken.add(key)
        if key != user.name_key:
            user.name_key = key
            changed.append(user)
    for user in others:  # once it is known which names are in use
        tried = ((name, name_key(name)) for name in numbered(user.display_name))
        user.display_name, user.name_key = next((name, key) for name, key in tried if key and key not in taken)
        taken.add(user.name_key)
    changed += others
    for user in changed:  # no two at once have the same key on the way
        users.filter(pk=user.pk).update(name_key=f"#{user.pk}")
    users.bulk_update(changed, ["display_name", "name_key"], batch_size=500)


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
