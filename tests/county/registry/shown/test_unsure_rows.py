"""Rows that nobody has confirmed."""

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.registry.shown.unsure_rows import all_unsure_rows, unsure_rows

ROW = '[[term]]\nname = "甲"\nvalue = 2\nunit = "天"\nfrom = 2018-01-01\n{}\n'


@pytest.mark.parametrize(
    ("said", "is_unsure"),
    [
        ('source = "民发〔2021〕57号"', False),
        ('source = "民发〔2021〕57号"\nmark = "示例"', True),
        ('source = "县里填写文号"', True),
        ('source = "条号待核"', True),
        ('forms = ["甲", "待核"]', True),
        ("", False),
    ],
)
def test_a_mark_or_a_word_of_the_source_says_so(said, is_unsure):
    """In whatever column."""
    assert bool(unsure_rows("terms.toml", ROW.format(said))) == is_unsure


def test_a_row_tells_what_it_is_what_it_says_and_where_it_stands():
    """The second of the second part."""
    text = (
        ROW.format("")
        + '[[over]]\nuse = "乙"\nkind = "收入"\n[[over]]\nuse = "丙"\nheld = ["丁", "戊"]\n'
        'percent = 150\nfrom = 2018-01-01\nsource = "县里填写文号"\n'
    )
    (row,) = unsure_rows("eligibility.toml", text)
    assert (row.name, row.key, row.why) == ("丙·丁、戊", "row-2-2", "县里填写文号")
    assert row.says.endswith("150，2018-01-01 起")


def test_a_spreadsheet_has_them_too_and_a_broken_table_none():
    """Words of lists are no rows."""
    text = "专档,材料,期限,起算,依据,说明\nDB,审批,D10,终止,文件,建议值\nDB,日常,D10,终止,文件,\n"
    (row,) = unsure_rows("retention.csv", text)
    assert (row.name, row.why, row.key) == ("DB 审批 D10", "建议值", "row-1-1")
    assert unsure_rows("terms.toml", "[[term") == ()
    assert unsure_rows("synonyms.txt", "示例=待核") == ()


def test_all_tables_of_a_county_are_looked_at(tmp_path):
    """The county may have taken one away."""
    (tmp_path / "terms.toml").write_text(ROW.format('mark = "示例"'), "utf-8")
    assert [one.file for one in all_unsure_rows(tmp_path)] == ["terms.toml"]
    assert {"laws.toml", "terms.toml", "retention.csv"} <= {
        one.file for one in all_unsure_rows(REGISTRY_FOLDER)
    }
