import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def note_rules(apps, schema_editor):
    """Until now one number stood for all rules."""
    content = apps.get_model("archive_indexer", "Content")
    page = apps.get_model("archive_indexer", "Page")
    from_pictures = page.objects.filter(origin="ocr").values("content_id")
    known = content.objects.order_by().values_list("kind", "reading_version").distinct()
    for kind, number in known:
        alike = content.objects.filter(kind=kind, reading_version=number)
        alike.update(rules=f"{kind}={number}")
        alike.filter(pk__in=from_pictures).update(rules=f"{kind}={number} ocr={number}")


def note_times(apps, schema_editor):
    """A file's content has been there at least since it was seen first."""
    file = apps.get_model("archive_indexer", "ArchivedFile")
    file.objects.update(content_since=models.F("first_seen"))
    file.objects.filter(present=False).update(gone_at=models.F("last_seen"))


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0002_turns_and_seals")]

    operations = [
        migrations.CreateModel(
            name="ServiceState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("report", models.JSONField(default=dict)),
                ("mounts", models.JSONField(default=list)),
                ("checked_on", models.DateField(null=True)),
                ("checked_bytes", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddField("archivedfile", "checked_at", models.DateTimeField(blank=True, db_index=True, null=True)),
        migrations.AddField("archivedfile", "content_since", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AddField("archivedfile", "gone_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField("archivedfile", "first_seen", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AlterField("archivedfile", "last_seen", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AddField("content", "rules", models.CharField(default="", max_length=60), preserve_default=False),
        migrations.AddField("walk", "unreadable", models.JSONField(default=list)),
        migrations.AddField("waitingfile", "lane", models.PositiveSmallIntegerField(default=0)),
        migrations.RemoveField("waitingfile", "not_before"),
        migrations.AddIndex("waitingfile", models.Index(fields=["lane", "claimed", "id"], name="next_in_lane")),
        migrations.CreateModel(
            name="FixityFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("found_at", models.DateTimeField(auto_now_add=True)),
                ("sha256_before", models.CharField(max_length=64)),
                ("sha256_after", models.CharField(blank=True, max_length=64)),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="archive_indexer.archivedfile")),
            ],
        ),
        migrations.CreateModel(
            name="PastContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.BigIntegerField()),
                ("mtime_ns", models.BigIntegerField()),
                ("first_seen", models.DateTimeField()),
                ("last_seen", models.DateTimeField()),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="past", to="archive_indexer.archivedfile")),
            ],
        ),
        migrations.RunPython(note_rules, migrations.RunPython.noop),
        migrations.RunPython(note_times, migrations.RunPython.noop),
        migrations.RemoveField("content", "reading_version"),
    ]
