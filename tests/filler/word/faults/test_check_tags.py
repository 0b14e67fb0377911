"""Tags that are written wrong or speak of no field are named where they stand."""

import pytest

from filler.word.faults.check_template import check_template
from tests.filler.word_files import (
    LOOP_END,
    add_table,
    add_xml,
    new_document,
    problems_of,
    saved,
    with_lines,
)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("｛｛name｝｝", "“｛｛name｝｝”用了全角括号"),
        ("{ name }", "“{ name }”只有一层括号"),
        ("{{ name }", "不是完整的标签"),
        ("name }}", "不是完整的标签"),
        ("{% if name %}a", "没有对应的 endif"),
        ("a{% endfor %}", "前面没有对应的开始标签"),
        ("a{% else %}b", "前面没有对应的开始标签"),
        ("{{ name.upper() }}", "用了不允许的写法（Call）"),
        ("{{ name|e }}", "没有“|e”这个过滤器"),
        ("{% if name|元 %}a{% endif %}", "用了不允许的写法（Filter）"),
        ("{% colspan 2 %}", "没有写在表格的格子里"),
        ("{% colspan name %}", "colspan 后写整数"),
        ("{% set a = 1 %}", "用了不允许的写法（Assign）"),
        ("{{ a b }}", "写法有误"),
        ("{%tr if name %}a{%tr endif %}", "不在表格里"),
        ("{%p if name %}a{%p endif %}", "写在同一段"),
    ],
)
def test_a_wrong_tag_is_named_with_its_paragraph(line, words):
    """第2段 is the second one."""
    found = problems_of(with_lines("没有标签的第一段", line))
    assert any(one.startswith("第2段：") and words in one for one in found), found


@pytest.mark.parametrize("change", ["ins", "del"])
def test_a_tag_cut_by_a_tracked_change_is_named(change):
    """docxtpl swallows the paragraphs after it."""
    document = new_document()
    paragraph = document.add_paragraph("{{ na")
    text = "w:t" if change == "ins" else "w:delText"
    add_xml(
        paragraph, f'<w:{change} w:id="1" w:author="a"><w:r><{text}>me</{text}></w:r></w:{change}>'
    )
    paragraph.add_run(" }}")
    assert "被修订记录切断" in problems_of(document)[0]


def test_all_faults_of_a_paragraph_are_named():
    """Two kinds in one line, each once."""
    found = problems_of(with_lines("姓名：{ name }　电话：｛｛phone｝｝　{% if"))
    assert [one.split("”")[1].split("。")[0] for one in found] == [
        "用了全角括号",
        "只有一层括号",
        "不是完整的标签",
    ]


def test_unknown_fields_come_with_the_nearest_and_missing_ones_are_listed(catalogue):
    """By slug, by label and by pinyin; and what stands nowhere."""
    found = problems_of(with_lines("{{ nam }}{{ xingmin }}{{ 身份证 }}"), catalogue.form("DB-02"))
    assert "第1段：“nam”不是本表字段。是否应为 name/姓名？改正标签。" in found
    assert "第1段：“xingmin”不是本表字段。是否应为 name/姓名？改正标签。" in found
    assert "第1段：“身份证”不是本表字段。是否应为 id_no/身份证号？改正标签。" in found
    assert any("没有地方印“致困原因”" in one for one in found)


def test_chinese_labels_are_fields_in_loops_and_outside(catalogue):
    """{{ 姓名 }}, and a column of the table looped over."""
    document = with_lines("{{ 姓名 }}")
    add_table(document, ("{%tr for 成员 in members %}",), ("{{ 成员.与户主关系 }}",), (LOOP_END,))
    found = problems_of(document, catalogue.form("DB-02"))
    assert not any("不是本表字段" in one for one in found)


def test_a_filter_at_a_field_of_another_kind_is_named(catalogue):
    """Amounts are no dates; labels are names, too."""
    spec = catalogue.form("DB-02")
    for tag, told in (
        ("{{ name|大写日期 }}", "“name”不是日期，不能用“|大写日期”"),
        ("{{ 家庭年收入|iso }}", "不是日期"),
        ("{{ apply_date|千分位 }}", "不是金额、数"),
    ):
        found = [str(one) for one in check_template(saved(with_lines(tag)), "x", spec).problems]
        assert any(told in one for one in found), found
    right = "{{ 申请日期|大写日期 }}{{ inc_total|大写金额 }}{{ hh_size|千分位 }}"
    found = [str(one) for one in check_template(saved(with_lines(right)), "x", spec).problems]
    assert not any("不能用" in one for one in found)
