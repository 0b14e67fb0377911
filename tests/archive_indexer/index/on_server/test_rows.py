"""A document as rows."""

from dataclasses import replace

import pytest

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.on_server.gram_codes import code_of
from archive_indexer.index.on_server.rows import COLUMNS, as_array, as_signed, row_of

_PAPER = IndexedDocument(
    "村/a.pdf", "0" * 64, ("低保 申请", "第二页"), town="钟宝镇", person="张三", amounts=(5,),
    dates=(20180312,), has_seal=False, present=False,
)  # fmt: skip


def test_a_document_is_a_row_with_the_number_of_its_filters():
    """Folded text to be searched, grams and facts to be looked up, pages to be shown."""
    made = row_of(_PAPER)
    row = dict(zip(COLUMNS, made.row(7), strict=True))
    assert (row["profile"], row["pages"], row["absent"], row["day"]) == (7, 2, True, 20180312)
    assert row["county"] == made.county == ""
    assert row["folded"] == "低保申请\f第二页"
    assert str(code_of("低保")) in str(row["grams"])
    assert row["path_grams"] == as_array(sorted(map(code_of, ("村/", "/a", "a.", ".p"))))
    assert "person:张三" in row["facts"]
    assert not any(fact.startswith(("pinyin", "initials")) for fact in row["facts"])
    assert made.filters == ("钟宝镇", "", "", "", "", "", "否", "")
    assert made.spellings == {
        ("initials:zs", "张三", "person:张三"), ("pinyin:zhangsan", "张三", "person:张三"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("town", "county"),
    [
        ("平利县·城关镇", "平利县·"),
        ("平利县·", "平利县·"),
        ("安康市·平利县·城关镇", "安康市·平利县·"),
    ],
)
def test_a_document_lies_with_those_of_its_county(town: str, county: str):
    """Of what no town was recognised, too."""
    assert row_of(replace(_PAPER, town=town)).county == county


@pytest.mark.parametrize(
    ("number", "signed"),
    [(0, 0), (2**63 - 1, 2**63 - 1), (2**63, -(2**63)), (2**64 - 1, -1)],
)
def test_a_signature_is_kept_with_a_sign(number, signed):
    """The server has no other numbers of 64 bits."""
    assert as_signed(number) == signed
