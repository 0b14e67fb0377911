"""Scans sent from a page."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_pieces_are_papers")]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=32, unique=True)),
                ("by", models.CharField(db_index=True, max_length=150)),
                ("name", models.CharField(max_length=255)),
                ("stamp", models.CharField(blank=True, max_length=40)),
                ("size", models.BigIntegerField()),
                ("town", models.CharField(blank=True, max_length=20)),
                ("village", models.CharField(blank=True, max_length=20)),
                ("bundle", models.CharField(blank=True, max_length=32)),
                ("position", models.PositiveIntegerField(default=0)),
                ("bundle_size", models.PositiveIntegerField(default=0)),
                ("issued", models.PositiveBigIntegerField(null=True)),
                ("case_no", models.CharField(blank=True, max_length=30)),
                ("form_id", models.CharField(blank=True, max_length=10)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("path", models.TextField(blank=True, db_index=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("is_settled", models.BooleanField(default=False)),
            ],
        ),
    ]
