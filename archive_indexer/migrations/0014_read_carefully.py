import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0013_withheld")]

    operations = [
        migrations.AddField(
            model_name="content",
            name="carefully",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="page",
            index=models.Index(fields=["origin", "confidence"], name="pages_by_confidence"),
        ),
        migrations.AddField(
            model_name="page",
            name="fields",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="page",
            name="doubtful_fields",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="page",
            index=models.Index(
                condition=models.Q(("doubtful_fields__gt", 0)),
                fields=["content", "number"],
                name="pages_with_doubts",
            ),
        ),
        migrations.CreateModel(
            name="ConfirmedValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("page", models.PositiveIntegerField()),
                ("label", models.CharField(max_length=40)),
                ("box", models.JSONField()),
                ("before", models.TextField(blank=True)),
                ("value", models.TextField(blank=True)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
