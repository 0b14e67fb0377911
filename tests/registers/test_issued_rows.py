"""What issued documents answer: typed, printed, in tables; read once."""

import pytest

from filler.models import Issued
from minzheng.registers.issued_rows import IssuedRows, Stamp, stamps_of
from minzheng.registers.register import Column, Register, Registers, Source, State
from tests.registers.records import issue

_SOURCES = (
    Source(
        "DB-03", "rows", {"name": "head", "money": "month_amount", "no": "seq", "until": "as_of"}
    ),
    Source("ZF-01", "", {"campaign": "campaign", "each": "per_capita"}),
)  # fmt: skip
_NAMES = ("name", "money", "no", "until", "campaign", "each")


@pytest.fixture
def read(db, catalogue):
    """The documents of two forms."""
    columns = tuple(Column(one, one) for one in _NAMES)
    one = Register("one", "走访", "甲", "乙", _SOURCES, columns, (State("有"),))
    rows = IssuedRows(catalogue.by_id, Registers((one,)))
    return lambda form_id: rows.documents([form_id])[form_id]


def test_rows_of_a_table_are_read_with_what_was_computed(read):
    """Blank ones are left out; printed rows stand in the same order."""
    rows = [{"head": "测试甲", "month_amount": "285"}, {"head": " "}, {"head": "测试乙"}]
    texts = {"rows": [{"seq": "1"}, {"seq": "2"}, {"seq": ""}]}
    issue("DB-03", 1, {"as_of": "2018年6月30日", "rows": rows}, texts=texts)
    (one,) = read("DB-03")
    assert [dict(row) for row in one.rows["rows"]] == [
        {"head": "测试甲", "month_amount": "285.00", "seq": "1"},
        {"head": "测试乙", "month_amount": "", "seq": "2"},
    ]
    assert one.cells == {"as_of": "2018-06-30"}


def test_defaults_and_labels_are_answers(read):
    """A field nobody touched holds its default; a label means its slug."""
    issue("ZF-01", 1, {"批次": "无此项"}, texts={"per_capita": "1,200.00"})
    issue("ZF-01", 2, {"走访批次": "提升年走访"})
    assert [one.cells["campaign"] for one in read("ZF-01")] == ["民政大走访", "提升年走访"]
    assert read("ZF-01")[0].cells["per_capita"] == "1200.00"


def test_a_document_without_printed_texts_is_read_all_the_same(read):
    """It was issued before they were kept."""
    issue("DB-03", 1, {"rows": [{"head": "测试甲"}]})
    assert read("DB-03")[0].rows["rows"][0]["seq"] == ""


def test_what_tables_hold_besides_rows_is_passed_over(read):
    """Whatever an interface sent."""
    issue("DB-03", 1, {"rows": "甲"})
    issue("DB-03", 2, {"rows": ["甲", None, {"head": None}]})
    assert [one.rows["rows"] for one in read("DB-03")] == [(), ()]


def test_a_stamp_tells_documents_from_outside(db):
    """How many, the last, how many were stopped."""
    assert stamps_of(["DB-03"]) == {}
    one = issue("DB-03", 1, {})
    issue("DB-03", 2, {})
    Issued.objects.filter(pk=one.pk).update(stopped_at=one.issued_at)
    assert stamps_of(["DB-03", "DB-04"]) == {"DB-03": Stamp(2, one.pk + 1, 1)}


def test_only_new_documents_are_read(read, monkeypatch):
    """The others are the very same as before."""
    first = issue("DB-03", 1, {})
    before = read("DB-03")
    issue("DB-03", 2, {})
    after = read("DB-03")
    assert after[0] is before[0]
    issue("DB-03", 1, {}, corrects=first, edition=2)
    assert [one.number for one in read("DB-03")] == [first.pk + 1, first.pk + 2]
