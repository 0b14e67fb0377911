"""Numbers of items in their cabinets: given once, kept for ever."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0014_read_carefully")]

    operations = [
        migrations.CreateModel(
            name="ItemNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("town", models.CharField(max_length=20)),
                ("village", models.CharField(max_length=20)),
                ("dossier", models.CharField(max_length=4)),
                ("year", models.CharField(max_length=4)),
                ("period", models.CharField(max_length=4)),
                ("number", models.PositiveIntegerField()),
                ("part", models.PositiveSmallIntegerField(default=1)),
                ("box", models.PositiveIntegerField()),
                ("pages", models.PositiveIntegerField(default=1)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("town", "village", "dossier", "year", "period", "number", "part"),
                        name="one_item_a_number",
                    ),
                    models.UniqueConstraint(
                        fields=("town", "village", "dossier", "year", "sha256"),
                        name="one_number_a_paper",
                    ),
                ],
            },
        ),
    ]
