"""An index and rows of the version before: `archive2.zip` was made by it.

A keeper had corrected 李四光 to 张三丰 in `01低保/1.txt`; `01低保/2.txt` is a roster of 400.
"""

import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.models import ArchivedFile
from archive_indexer.queries import HasValue, Query
from archive_indexer.stores.contents import page_of

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = Path(__file__).with_name("archive2.zip")


@pytest.fixture
def upgraded(village, tmp_path):
    """An archive as the version before left it."""
    with zipfile.ZipFile(BEFORE) as package:
        package.extractall(village.config.data_folder)
    call_command("loaddata", village.config.data_folder / "rows.json", verbosity=0)
    for row in ArchivedFile.objects.all():
        file = village.write(row.path, page_of(row.sha256, 1).text)
        ArchivedFile.objects.filter(pk=row.pk).update(
            size=file.stat().st_size, mtime_ns=file.stat().st_mtime_ns
        )
    return village


def found(village, name: str, value: str) -> list[str]:
    index = FullTextIndex(village.config.data_folder / "index")
    query = Query((), condition=HasValue(name, (value,)), order="path")
    return [hit.path for hit in index.search(query).hits]


def test_it_opens_and_is_made_anew_without_reading(upgraded):
    """Everything is found again, and no file was read for it."""
    upgraded.run()
    assert upgraded.paths("花名册") == ["01低保/2.txt"]
    assert upgraded.paths("低保申请书") == ["01低保/1.txt"]
    assert upgraded.texts_read() == []


def test_what_keepers_took_away_before_is_gone(upgraded):
    """The old index still held both names."""
    upgraded.run()
    assert found(upgraded, "person", "张三丰") == ["01低保/1.txt"]
    assert found(upgraded, "person", "李四光") == []


def test_what_must_be_filed_again_is_filed_again(upgraded):
    """The last row of the roster lay beyond what the old rules kept."""
    upgraded.run()
    assert found(upgraded, "id_end", "1399") == ["01低保/2.txt"]


def test_nothing_of_the_old_index_stays_on_the_disk(upgraded):
    """It would be a second copy of every text."""
    upgraded.run()
    names = [file.name for file in (upgraded.config.data_folder / "index").iterdir()]
    assert not [name for name in names if "archive2_" in name]
