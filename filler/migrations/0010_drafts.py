"""Forms that are not finished yet, as they were typed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filler", "0009_stopped_documents")]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=32, unique=True)),
                ("form_id", models.CharField(max_length=10, verbose_name="表格")),
                ("by", models.CharField(max_length=150, verbose_name="填写人")),
                ("asked", models.CharField(blank=True, max_length=200, verbose_name="从哪里填起")),
                ("answers", models.JSONField(default=dict, verbose_name="填写内容")),
                ("rows_shown", models.JSONField(default=dict)),
                ("is_checked", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField(db_index=True, verbose_name="存下时间")),
                ("done_at", models.DateTimeField(null=True, verbose_name="出具时间")),
            ],
            options={
                "ordering": ["-saved_at", "-id"],
                "indexes": [models.Index(fields=["by", "form_id"], name="draft_by_writer")],
            },
        ),
    ]
