"""Keys of names were made anew here; the next migration makes all of them anew by the rule that came after."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("members", "0003_user_wants_mails")]

    operations = []
