"""A town may bear the name of its county before its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("filler", "0015_sent_drafts"),
    ]

    operations = [
        # Neither database holds a text to its length, so no table is written anew.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="issued",
                    name="town",
                    field=models.CharField(blank=True, default="", max_length=60, verbose_name="镇"),
                ),
                migrations.AlterField(
                    model_name="knownperson",
                    name="town",
                    field=models.CharField(blank=True, max_length=60, verbose_name="镇"),
                ),
                migrations.AlterField(
                    model_name="namedperson",
                    name="town",
                    field=models.CharField(blank=True, max_length=60, verbose_name="镇"),
                ),
            ]
        )
    ]
