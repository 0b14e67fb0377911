from django.db import migrations, models
from django.db.models import Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Left

COLUMNS = {"form_id": 10, "case_no": 30, "person": 50}


def fill_columns(apps, schema_editor):
    """What was kept in the filing stands in columns, too, so that it can be counted."""
    kept = {
        column: Left(
            Coalesce(KeyTextTransform("value", KeyTextTransform(column, "filing")), Value("")),
            longest,
        )
        for column, longest in COLUMNS.items()
    }
    apps.get_model("archive_indexer", "ArchivedFile").objects.update(**kept)


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0006_past_traces")]

    operations = [
        migrations.AddField("archivedfile", "form_id", models.CharField(blank=True, default="", max_length=10), preserve_default=False),
        migrations.AddField("archivedfile", "case_no", models.CharField(blank=True, default="", db_index=True, max_length=30), preserve_default=False),
        migrations.AddField("archivedfile", "person", models.CharField(blank=True, default="", max_length=50), preserve_default=False),
        migrations.AddIndex("archivedfile", models.Index(fields=["town", "village", "dossier", "year", "case_no", "person", "form_id", "present", "state"], name="papers_by_case")),
        migrations.RunPython(fill_columns, migrations.RunPython.noop),
    ]
