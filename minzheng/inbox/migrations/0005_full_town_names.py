"""A town may bear the name of its county before its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("inbox", "0004_photos_as_sent"),
    ]

    operations = [
        # Neither database holds a text to its length, so no table is written anew.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="original",
                    name="town",
                    field=models.CharField(blank=True, max_length=60),
                ),
                migrations.AlterField(
                    model_name="paper",
                    name="town",
                    field=models.CharField(blank=True, db_index=True, max_length=60),
                ),
                migrations.AlterField(
                    model_name="upload",
                    name="town",
                    field=models.CharField(blank=True, max_length=60),
                ),
            ]
        )
    ]
