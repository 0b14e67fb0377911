"""What is withheld may be so in one county only; what was before is so everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0020_full_town_names")]

    operations = [
        migrations.RemoveConstraint("withheld", "withheld_once_a_person"),
        migrations.AddField("withheld", "county", models.CharField(blank=True, db_default="", default="", max_length=60)),
        migrations.AddField("withheld", "is_left_out", models.BooleanField(db_default=False, default=False)),
        migrations.AddConstraint(
            "withheld",
            models.UniqueConstraint(fields=["sha256", "person", "county"], name="withheld_once_a_person"),
        ),
    ]
