"""Two steps of the first days in one: of every database both are done, or neither."""

from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("archive_indexer", "0002_page_turns"), ("archive_indexer", "0003_page_seals")]
    dependencies = [("archive_indexer", "0001_initial")]

    operations = [
        migrations.AddField("page", "turns", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("page", "seals", models.JSONField(default=list)),
    ]
