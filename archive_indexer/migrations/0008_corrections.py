import django.utils.timezone
from django.db import migrations, models


def note_guesses(apps, schema_editor):
    """Until now what is in force was what the file told."""
    file = apps.get_model("archive_indexer", "ArchivedFile")
    file.objects.update(guessed=models.F("filing"))


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0007_papers_by_case")]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.TextField(db_index=True)),
                ("is_folder", models.BooleanField(default=False)),
                ("sha256", models.CharField(blank=True, db_index=True, max_length=64)),
                ("field", models.CharField(max_length=12)),
                ("value", models.TextField(blank=True)),
                ("before", models.JSONField(default=dict)),
                ("scope", models.JSONField(default=dict)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_back_by", models.CharField(blank=True, max_length=150)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField("archivedfile", "guessed", models.JSONField(default=dict)),
        migrations.AddField("archivedfile", "guess_rules", models.PositiveSmallIntegerField(db_index=True, default=0)),
        migrations.AddField("archivedfile", "has_news", models.BooleanField(db_index=True, default=False)),
        migrations.RunPython(note_guesses, migrations.RunPython.noop),
    ]
