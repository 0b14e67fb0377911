"""A person with documents, papers and traces, beside somebody of the same name."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.models import ArchivedFile
from archive_indexer.queries import Query
from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from filler.records.named_people import note_named
from filler.records.people_store import note_person
from minzheng.persons.erase import Tools
from minzheng.persons.look_up import Stock
from minzheng.persons.whom import Whom
from minzheng.web.gate.office import config, county, knowledge
from tests.web import conftest as web

NAME, ID = "测试李明", "11010519491231002X"
OTHER_ID = "110105195501010019"
WHOM = Whom(NAME, ID)
TODAY = dt.date(2026, 11, 28)
PLACE = {"town": "钟宝镇", "village": "旧城村"}

put_paper = web.put_paper
_index_as_before = web._index_as_before


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    cache.clear()


@dataclass
class Kept:
    """A document as the case store keeps it, its Word file too."""

    folder = property(lambda self: config().issued_folder)

    def __call__(
        self, form_id: str = "DB-01", case_no: str = "DB-103200-2018-0001", **answers: object
    ) -> Issued:
        told = PLACE | answers
        sha256 = f"{abs(hash((form_id, case_no, str(told)))):064x}"[-64:]
        file = DatabaseCaseStore(config().issued_folder).path_of(sha256)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"PK word")
        one = Issued.objects.create(
            form_id=form_id, version="1", case_no=case_no, answers=told, sha256=sha256,
            file_name=f"{form_id}_{told.get('name', '')}.docx", issued_by="li",
            id_no=str(told.get("id_no", "")),
        )  # fmt: skip
        note_person(one)
        note_named(one)
        return one


@pytest.fixture
def keep(db) -> Kept:
    """Keeps documents."""
    return Kept()


@pytest.fixture
def dated(db) -> Callable[[Issued, int], Issued]:
    """Lets a document have been issued in a year."""

    def run(one: Issued, year: int) -> Issued:
        at = dt.datetime(year, 6, 1, tzinfo=dt.UTC)
        Issued.objects.filter(pk=one.pk).update(issued_at=at)
        one.refresh_from_db()
        return one

    return run


OWN, OTHER = "平利县·", "镇坪县·"  #: counties where there are several


def place_in(county: str) -> dict[str, str]:
    """A village of the same names in each county."""
    return {"town": f"{county}钟宝镇", "village": "旧城村"}


def stock(scope: str = "") -> Stock:
    """Where the tests look things up."""
    titles = {"DB-01": "低保申请", "GS-01": "公示"}
    index = FullTextIndex(config().data_folder / "index")
    return Stock(index, county(), titles, lambda batch: None, TODAY, scope)


def tools(scope: str = "") -> Tools:
    """What putting away needs in tests."""
    index = FullTextIndex(config().data_folder / "index")
    folders = config().issued_folder, config().drawn_folder
    return Tools(*folders, index, knowledge().known, lambda batch: None, "li", scope)


def indexed(word: str) -> list[str]:
    """Paths under which a word is found."""

    index = FullTextIndex(config().data_folder / "index")
    return [hit.path for hit in index.search(Query((word,), limit=99)).hits]


def rows_of(path: str) -> ArchivedFile:
    """The row of a path."""
    return ArchivedFile.objects.get(path=path)
