"""Cells are taken from a document once; what is gone is forgotten."""

import datetime as dt

from minzheng.registers.register import Column, Register, Source, State
from minzheng.registers.take_cells import TakeCells
from tests.registers.test_make_rows import document

_SOURCE = Source("ZF-01", columns={"name": "name"}, where="filled(name)")
_REGISTER = Register(
    "one", "走访", "甲", "乙", (_SOURCE,), (Column("name", "姓名"),), (State("有"),)
)


def test_a_document_is_taken_from_once(catalogue):
    """The very same cells come again until it is gone."""
    take = TakeCells(_REGISTER, catalogue.by_id, catalogue.facts, dt.date(2018, 7, 20), frozenset())
    documents = {"ZF-01": [document(1, name="甲"), document(2, name="")]}
    take.begin(documents, {})
    (one,) = take.of(0, _SOURCE)
    (again,) = take.of(0, _SOURCE)
    assert again is one
    assert one.key == (0, 1, 0)
    take.begin({"ZF-01": []}, {})
    take.begin(documents, {})
    (anew,) = take.of(0, _SOURCE)
    assert anew is not one
