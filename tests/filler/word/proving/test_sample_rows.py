"""A sample row is repeated without rows for the loop's tags."""

import io

import docx
import pytest

from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from filler.word.name_book import name_book
from tests.filler.word_files import add_table, new_document, saved

MEMBERS = [{"m_name": "测试甲", "m_rel": "户主"}, {"m_name": "测试乙", "m_rel": "子"}]
HEAD = ("姓名", "关系")


def template(*rows):
    document = new_document()
    add_table(document, HEAD, *rows)
    return saved(document)


def cells(data):
    return [
        [cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(data)).tables[0].rows
    ]


@pytest.mark.parametrize(
    "row",
    [
        ("{{ members.m_name }}", "{{ members.m_rel }}"),
        ("{{ 共同生活家庭成员.姓名 }}", "{{ 共同生活家庭成员.与户主关系 }}"),
    ],
)
def test_a_sample_row_stands_for_all_rows(catalogue, row):
    """By slug or by label; the rows around it stay."""
    spec = catalogue.form("DB-01")
    data = template(row, ("合计", "{{ name }}"))
    compiled = CompiledTemplate(data, "x", name_book(spec))
    made = cells(compiled.render({"members": MEMBERS, "name": "测试甲"}))
    assert made == [list(HEAD), ["测试甲", "户主"], ["测试乙", "子"], ["合计", "测试甲"]]
    said = [one.what for one in check_template(data, "x", spec).problems]
    assert not [what for what in said if "不是本表字段" in what or "试印" in what]


def test_a_loop_of_ones_own_stays_as_it_is():
    """Its variable may even be called like the table."""
    data = template(
        ("{%tr for members in members %}", ""),
        ("{{ members.m_name }}", ""),
        ("{%tr endfor %}", ""),
        ("{{ members.m_rel }}", ""),
    )
    made = cells(CompiledTemplate(data, "x").render({"members": MEMBERS}))
    assert [row[0] for row in made[1:]] == ["测试甲", "测试乙", "户主", "子"]


def test_an_unknown_table_is_named(catalogue):
    """With the nearest that there is."""
    data = template(("{{ member.m_name }}", ""))
    problems = check_template(data, "x", catalogue.form("DB-01")).problems
    assert any("m_name" in one.what and "不是本表字段" in one.what for one in problems)
