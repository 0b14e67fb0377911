"""Contents with a page that was taken for blank are read once more: faint ink is seen now."""

from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Concat


def _note_blank_pages(apps, schema_editor):
    pages = apps.get_model("archive_indexer", "Page").objects
    contents = apps.get_model("archive_indexer", "Content").objects
    blank = pages.filter(origin="blank").values("content_id")
    contents.filter(pk__in=blank).update(rules=Concat("rules", Value(" blank=3")))


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0015_item_numbers")]

    operations = [migrations.RunPython(_note_blank_pages, migrations.RunPython.noop)]
