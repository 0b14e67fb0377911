"""A town may bear the name of its county before its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0013_remembered"),
    ]

    operations = [
        # Neither database holds a text to its length, so no table is written anew.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="person",
                    name="town",
                    field=models.CharField(blank=True, max_length=60, verbose_name="镇"),
                ),
            ]
        )
    ]
