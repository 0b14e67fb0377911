"""Who reads beside the service, on which machine, and what it has in hand."""

from django.db import migrations, models
from django.db.models.deletion import CASCADE, SET_NULL


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0018_as_sent")]

    operations = [
        migrations.CreateModel(
            name="ReadingWorker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("machine", models.CharField(max_length=100)),
                ("process", models.PositiveIntegerField()),
                ("started_at", models.DateTimeField()),
                ("heartbeat_at", models.DateTimeField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("trouble", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="ContentInHand",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("path", models.TextField()),
                ("worker", models.ForeignKey(on_delete=CASCADE, related_name="in_hand", to="archive_indexer.readingworker")),
            ],
        ),
        migrations.AddField("servicestate", "reading_terms", models.JSONField(default=dict)),
        migrations.AddField("waitingfile", "rests_until", models.DateTimeField(null=True)),
        migrations.AddField("waitingfile", "taken_at", models.DateTimeField(null=True)),
        migrations.AddField("waitingfile", "trouble", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField(
            "waitingfile",
            "taken_by",
            models.ForeignKey(null=True, on_delete=SET_NULL, related_name="taken", to="archive_indexer.readingworker"),
        ),
    ]
