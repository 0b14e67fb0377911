"""Archives as versions before left them.

`archive2.zip` is an index and its rows: a keeper had corrected 李四光 to 张三丰 in `01低保/1.txt`;
`01低保/2.txt` is a roster of 400.

`office14.zip` is an archive with the whole database and the index of another version, whose
tables are those of archive_indexer 0014. It saw no ink on `01低保/faint.jpg`, a page of ten grey
levels, and wrote it down as blank.
"""

import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command

from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.models import ArchivedFile, Content
from archive_indexer.queries import HasValue, Query
from archive_indexer.stores.contents import page_of, rules_of
from tests.cli.office.test_backup import Office

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = Path(__file__).with_name("archive2.zip")
OFFICE = Path(__file__).with_name("office14.zip")
_RULES_OF_TEXTS = rules_of("txt", has_ocr=False)
_WRITTEN_AT = 1_764_324_000_000_000_000  #: ns; as the rows of that office say of its files


@pytest.fixture
def upgraded(village, tmp_path):
    """An archive as the version before left it; its texts are read today as they were then."""
    with zipfile.ZipFile(BEFORE) as package:
        package.extractall(village.config.data_folder)
    call_command("loaddata", village.config.data_folder / "rows.json", verbosity=0)
    Content.objects.filter(kind="txt").update(rules=_RULES_OF_TEXTS)
    for row in ArchivedFile.objects.all():
        file = village.write(row.path, page_of(row.sha256, 1, row.town).text)
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


@pytest.fixture
def old_office(tmp_path: Path) -> Office:
    """An office whose program was exchanged; texts are read today as they were then."""
    with zipfile.ZipFile(OFFICE) as package:
        package.extractall(tmp_path / "office")
    with closing(sqlite3.connect(tmp_path / "office" / "data" / "minzheng.sqlite3")) as database:
        change = "UPDATE archive_indexer_content SET rules = ? WHERE kind = 'txt'"
        database.execute(change, [_RULES_OF_TEXTS])
        database.commit()
    for name in ("1.txt", "faint.jpg"):
        file = tmp_path / "office" / "archive" / "01低保" / name
        os.utime(file, ns=(_WRITTEN_AT, _WRITTEN_AT))
    return Office(tmp_path / "office")


def rows(office: Office, question: str) -> list[tuple[object, ...]]:
    """What the database of an office holds, asked from outside."""
    with closing(sqlite3.connect(office.data / "minzheng.sqlite3")) as database:
        return database.execute(question).fetchall()


def test_an_old_database_opens_and_its_blank_page_is_read_again(old_office):
    """Its ink is seen now; what was read well is not read again, and all of it is found."""
    text_read = "SELECT read_at FROM archive_indexer_content WHERE kind = 'txt'"
    pages = "SELECT origin, text FROM archive_indexer_page ORDER BY text"
    before = rows(old_office, text_read)
    assert rows(old_office, pages) == [("blank", ""), ("text", "三丰的申请")]
    assert "未能识别 0" in old_office.run("index", old_office.folder / "archive")
    assert rows(old_office, text_read) == before
    (_, typed), (origin, faint) = rows(old_office, pages)
    assert (typed, origin) == ("三丰的申请", "ocr")
    assert "旧城村村民委员会同意上报" in faint
    for word in ("三丰", "村民委员会"):
        assert "01低保" in old_office.run("search", word)
