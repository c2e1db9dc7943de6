"""Keys of names again: signs, invisible characters and more diacritics no longer tell names apart."""

from django.db import migrations

from members.names import name_key


def renew_keys(apps, schema_editor):
    """Of people whose names now look the same, the one who came first keeps the name; the others get a number."""
    users = apps.get_model("members", "User").objects
    taken = set()
    changed = []
    for user in users.order_by("pk"):
        key = name_key(user.display_name)
        if not key or key in taken:
            user.display_name = f"{user.display_name[:30]} {user.pk}"
            key = name_key(user.display_name)
        taken.add(key)
        if key != user.name_key:
            user.name_key = key
            changed.append(user)
    for user in changed:  # no two at once have the same key on the way
        users.filter(pk=user.pk).update(name_key=f"#{user.pk}")
    users.bulk_update(changed, ["display_name", "name_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("members", "0003_user_wants_mails")]

    operations = [migrations.RunPython(renew_keys, migrations.RunPython.noop)]
