"""A town may bear the name of its county before its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("inspection", "0001_findings"),
    ]

    operations = [
        # Neither database holds a text to its length, so no table is written anew.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="finding",
                    name="town",
                    field=models.CharField(blank=True, max_length=60, verbose_name="镇"),
                ),
                migrations.AlterField(
                    model_name="readpaper",
                    name="town",
                    field=models.CharField(max_length=60),
                ),
            ]
        )
    ]
