"""A town may bear the name of its county before its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("archive_indexer", "0019_reading_workers"),
    ]

    operations = [
        # Neither database holds a text to its length, so no table is written anew.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="archivedfile",
                    name="town",
                    field=models.CharField(blank=True, db_index=True, max_length=60),
                ),
                migrations.AlterField(
                    model_name="itemnumber",
                    name="town",
                    field=models.CharField(max_length=60),
                ),
            ]
        )
    ]
