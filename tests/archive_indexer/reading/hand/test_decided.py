"""What stands in a field that was read again."""

import pytest

from archive_indexer.documents import ReadField
from archive_indexer.reading.hand.decided import (
    UNREAD,
    decided,
    is_other,
    is_settled,
    is_speck,
)
from archive_indexer.reading.possible_values import Possible
from minzheng.county.form_layout import FormCell

NUMBER, PHONE = FormCell("身份证号", "id"), FormCell("联系电话", "phone")
MOBILE = "13991500002"
PLACE = (0.1, 0.1, 0.2, 0.12)


@pytest.mark.parametrize(
    ("cell", "first", "found", "said", "field"),
    [
        (PHONE, "1399150002", [Possible(MOBILE, 0.98), Possible("13991500802", 0.02)], MOBILE,
         ReadField("联系电话", "phone", PLACE, MOBILE, 0.98, ("13991500802",), False)),
        (PHONE, "1399150002", [Possible(MOBILE, 0.6), Possible("13991500802", 0.001)], MOBILE,
         ReadField("联系电话", "phone", PLACE, MOBILE, 0.6, (), True)),
        (PHONE, "139915000", [Possible("1399150002", 0.9)], "139915000",
         ReadField("联系电话", "phone", PLACE, "139915000", 0.0, ("1399150002",), True)),
        (PHONE, "03879413186", [Possible("03879413186", 0.999)], "03879413186",
         ReadField("联系电话", "phone", PLACE, "03879413186", 0.999, (), True)),
        (NUMBER, "610927197906230036", [Possible("610927197906230036", 1.0)], "610927197906230036",
         ReadField("身份证号", "id", PLACE, "610927197906230036", 1.0, (), True)),
        (FormCell("姓名", "name"), "李", [Possible("李福", 0.1), Possible("李富", 0.1)],
         f"李福（{UNREAD}）", ReadField("姓名", "name", PLACE, "李福", 0.0, ("李富",), True)),
        (FormCell("金额", "amount"), "598.08", [Possible("1598.08", 0.96)], "1598.08",
         ReadField("金额", "amount", PLACE, "1598.08", 0.96, (), True)),
        (FormCell("金额", "amount"), "598.08", [Possible("1598.08", 0.97)], "1598.08",
         ReadField("金额", "amount", PLACE, "1598.08", 0.97, (), False)),
        (FormCell("姓名", "name"), "李福", [Possible("李富", 0.99, 0.5)], "李富",
         ReadField("姓名", "name", PLACE, "李富", 0.99, (), False)),
        (FormCell("姓名", "name"), "李福", [Possible("李富", 0.99, 0.01)], "李富",
         ReadField("姓名", "name", PLACE, "李富", 0.99, (), True)),
        (FormCell("姓名", "name"), "", [], UNREAD, ReadField("姓名", "name", PLACE, "", 0.0)),
    ],
)  # fmt: skip
def test_what_becomes_of_a_field(cell, first, found, said, field):
    """Sure, doubtful, impossible, wrong on the paper, hardly to be read, known, not at all."""
    told, line = decided(cell, PLACE, first, found)
    assert (told, line.text) == (field, said)


def test_a_stroke_through_a_field_says_that_it_holds_nothing():
    """A model takes it for a 1; nobody is asked."""
    field, line = decided(FormCell("金额", "amount"), PLACE, "1", [Possible("/", 1.0)])
    assert (field.value, field.is_doubtful, line.text, line.raw) == ("/", False, "/", "1")


def test_ink_of_few_signs_is_no_number():
    """Specks and rests of rules; a choice that the form does not offer stands as it is."""
    assert is_speck("phone", [Possible("11", 0.9)])
    assert not is_speck("amount", [Possible("11", 0.9)])
    assert not is_speck("name", [])
    choice = FormCell("类别", "choice", choices=("甲", "乙"))
    assert is_other(choice, [Possible("丙", 1.0)])
    assert not is_other(choice, [Possible("乙", 1.0)])
    assert is_settled(choice, [Possible("乙", 0.7)])
    assert not is_settled(choice, [Possible("乙", 0.69)])
