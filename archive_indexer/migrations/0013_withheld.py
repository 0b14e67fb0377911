"""Contents whose text is withheld, and children found by the dossier they stand in."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0012_passed_over")]

    operations = [
        migrations.CreateModel(
            name="Withheld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("is_whole", models.BooleanField()),
                ("marks", models.JSONField(default=dict)),
                ("for_keeper", models.BooleanField(default=False)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddConstraint(
            model_name="withheld",
            constraint=models.UniqueConstraint(fields=("sha256", "person"), name="withheld_once_a_person"),
        ),
        migrations.AddIndex(
            model_name="archivedfile",
            index=models.Index(fields=["dossier", "person"], name="people_of_a_dossier"),
        ),
    ]
