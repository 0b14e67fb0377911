"""What a register speaks of is there, or is named; each mistake is in test_register_file."""

from minzheng.registers.register import Column, Register, Registers, Source, State
from minzheng.registers.register_faults import find_faults


def test_a_register_without_faults_has_none(catalogue):
    """Of a form that is there."""
    source = Source("ZF-02", columns={"object": "object"})
    one = Register(
        "one", "走访", "甲", "乙", (source,), (Column("object", "对象"),), (State("有"),)
    )
    forms, terms = catalogue.by_id, catalogue.county.terms
    assert list(find_faults(Registers((one,)), forms, terms)) == []
    (fault, *_) = find_faults(Registers((one,)), {}, terms)
    assert fault.where == "registers.toml（one）"
    assert fault.what == "没有“ZF-02”这张表"
