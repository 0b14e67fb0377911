"""A question of one county reads the documents of that county alone, and by their index."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from archive_indexer.documents import IndexedDocument, Visible
from archive_indexer.index.on_server.counties import seen, within
from archive_indexer.index.on_server.schema import DOCUMENT, SCHEMA
from archive_indexer.index.on_server.server_index import ServerIndex
from archive_indexer.index.on_server.sql import TRUE
from archive_indexer.queries import AllOf, AnyOf, HasValue, Query, Without, Word
from minzheng.database.statements import ask, tell
from tests.database.on_server import needs_server

_TOWNS = ("", "甲县·城关镇", "乙县·城关镇", "安康市·丙县·城关镇")  #: of the partitions 1 to 4
_ALL = {"1", "2", "3", "4"}


@pytest.fixture
def index() -> Iterator[ServerIndex]:
    made = ServerIndex.empty(many=2)
    for town in _TOWNS:
        made.update(
            IndexedDocument(f"{town}/{number}", "0" * 64, ("张三 家庭成员",), town=town)
            for number in range(40)
        )
    yield made
    tell(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def plans(index: ServerIndex, query: Query) -> str:
    """How the server does all that a question asks of documents."""
    with CaptureQueriesContext(connection) as captured:
        index.search(query)
    with transaction.atomic():
        for told in captured.captured_queries:
            if "SET LOCAL" in told["sql"]:
                tell(told["sql"].replace("%", "%%"))
        asked = [one["sql"] for one in captured.captured_queries if f"{DOCUMENT} d" in one["sql"]]
        return "\n".join(line for sql in asked for (line,) in ask(f"EXPLAIN {sql}"))


def read(index: ServerIndex, query: Query) -> set[str]:
    """The partitions that it reads."""
    return set(re.findall(r" on document_(\d+)", plans(index, query)))


@pytest.mark.parametrize(
    ("scopes", "values"),
    [
        (("城关镇",), ("",)), (("平利县·城关镇",), ("平利县·",)),
        (("平利县·",), ("平利县·", "平利县·\U0010ffff")), (("甲", "·"), ()),
    ],
)  # fmt: skip
def test_a_town_lies_in_one_county_and_a_county_may_hold_others(scopes, values):
    """What names no county is of the office of one."""
    assert within(scopes).values == values


def test_who_sees_all_looks_everywhere():
    """There is nothing to leave out."""
    assert seen("") == seen("·") == TRUE


@needs_server
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("town", "partitions"),
    [
        ("城关镇", {"1"}), ("甲县·城关镇", {"2"}), ("乙县·", {"3"}), ("安康市·", {"4"}),
        ("安康市·丙县·城关镇", {"4"}), ("", _ALL), ("·", _ALL),
    ],
)  # fmt: skip
def test_a_question_reads_the_partitions_of_those_it_is_asked_for(index, town, partitions):
    """Words, names, what must not stand, copies, and the texts of a common word."""
    condition = AllOf((
        Word("张三"), Word("家庭成员"), Without(HasValue("person", ("李四",))),
        AnyOf((Word("张三"), HasValue("person", ("王五",)))),
    ))  # fmt: skip
    query = Query((), condition=condition, folds_copies=True, visible=Visible(town))
    assert read(index, query) == partitions


@needs_server
@pytest.mark.django_db(transaction=True)
def test_words_are_looked_up_in_the_county_that_is_asked_for_by_name(index):
    """By whoever sees all; what is shown may lie anywhere."""
    asked = AllOf((Word("张三"), HasValue("town", ("甲县·城关镇",))))
    told = plans(index, Query((), condition=asked, order="path"))
    assert set(re.findall(r"Bitmap Index Scan on document_(\d+)", told)) == {"2"}


@needs_server
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("town", ["", "甲县·"])
def test_a_name_of_two_characters_is_looked_up(index, town):
    """Never by going through the documents."""
    told = plans(index, Query(("张三",), visible=Visible(town)))
    assert not re.search(r"Seq Scan on document|strpos", told)
    assert "Index Cond: (grams @>" in told
