"""Which document was issued from what was typed: the same page sent again leads there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filler", "0014_place_of_documents")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="document",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="filler.issued",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="sent",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
