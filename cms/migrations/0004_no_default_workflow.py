"""Only members' articles are approved, in their city's own workflow. Wagtail's default one would send chapters to a group
that has nobody in it."""

from django.db import migrations


def end_default_workflow(apps, schema_editor):
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    default = Workflow.objects.filter(name="Moderators approval")
    WorkflowPage.objects.filter(workflow__in=default, page__depth=1).delete()
    default.update(active=False)


class Migration(migrations.Migration):
    dependencies = [("cms", "0003_seed"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(end_default_workflow, migrations.RunPython.noop)]
