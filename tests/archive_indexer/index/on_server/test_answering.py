"""An answer made of rows."""

from archive_indexer.index.index_segment import FILTERS
from archive_indexer.index.kept_pages import pack_pages
from archive_indexer.index.on_server.answering import (
    ALIKE,
    COPIES,
    COUNT,
    SHOWN,
    AnswerRow,
    answer_of,
    filters_asked,
)
from archive_indexer.queries import EVERYTHING, Query


def counted(files: int, *, absent: bool = False) -> AnswerRow:
    return AnswerRow(COUNT, [], absent, files, 0, "", "", "", "", b"", 0)


def alike(files: int, name: str, value: str) -> AnswerRow:
    return AnswerRow(ALIKE, [name, value], False, files, 0, "", "", "", "", b"", 0)


def hit(path: str, place: int, copies: int = 0) -> AnswerRow:
    packed = pack_pages(["测试"], ["测试"])
    return AnswerRow(
        SHOWN, [""] * len(FILTERS), False, copies, place, path, "0", "题", "测试", packed, 7
    )


_ROWS = [
    counted(5), alike(3, "town", "甲镇"), alike(2, "town", "乙镇"), counted(1, absent=True),
    alike(5, "year", "2018"),
]  # fmt: skip


def test_every_filter_has_its_counts():
    """One that no file has a value of has none."""
    result = answer_of(_ROWS, Query(()), EVERYTHING)
    assert (result.total, result.absent) == (6, 1)
    assert result.facets["town"] == {"甲镇": 3, "乙镇": 2}
    assert result.facets["year"] == {"2018": 5}
    assert result.facets["village"] == {}


def test_traces_are_told_and_not_counted_when_left_out():
    """So that they can be asked for."""
    result = answer_of(_ROWS, Query((), shows_absent=False), EVERYTHING)
    assert (result.total, result.absent) == (5, 1)


def test_hits_stand_in_their_places():
    """Rows come in any order."""
    copies = AnswerRow(COPIES, [], False, 4, 0, "", "", "", "", b"", 0)
    result = answer_of([hit("b", 2), copies, hit("a", 1, copies=4)], Query(()), EVERYTHING)
    assert [(one.path, one.copies) for one in result.hits] == [("a", 4), ("b", 0)]
    assert result.copies == 4


def test_where_none_is_shown_only_hits_are_counted():
    """As the embedded engine has it."""
    result = answer_of(_ROWS, Query((), limit=0), EVERYTHING)
    assert (result.total, result.hits, result.facets) == (6, (), {})


def test_filters_without_a_value_ask_nothing():
    """Only the others do."""
    assert filters_asked(Query((), town="甲镇", has_seal="是")) == {
        "town": "甲镇",
        "has_seal": "是",
    }
