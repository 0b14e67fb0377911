"""Every kind of fault in a template is named in Chinese, with its place, all at once."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from filler.word.faults.check_template import check_template
from minzheng.external.file_properties import PRODUCT
from tests.filler.word_files import add_table, add_xml, new_document, saved

LOOP, END = "{%tr for m in members %}", "{%tr endfor %}"


def problems_of(document, spec=None):
    return [str(problem) for problem in check_template(saved(document), "x.docx", spec).problems]


def with_lines(*lines):
    document = new_document()
    for line in lines:
        document.add_paragraph(line)
    return document


def with_table(*rows):
    document = new_document()
    add_table(document, *rows)
    return document


def test_every_template_of_the_county_passes(catalogue):
    """What is committed has no fault."""
    found = {
        spec.id: check_template(spec.docx.read_bytes(), spec.id, spec).problems
        for spec in catalogue.forms
    }
    assert {form_id: problems for form_id, problems in found.items() if problems} == {}


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
        ("{{ name|e }}", "用了不允许的写法（Filter）"),
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


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("甲", "乙"), (LOOP + "{{ m.a }}", "{{ m.b }}"), (END, "")], "数据行"),
        ([("甲", "乙"), (LOOP + "{{ m.a }}", "{{ m.b }}" + END)], "写在同一行"),
        ([("甲", "乙"), ("{% for m in members %}{{ m.a }}", "{% endfor %}")], "跨了单元格"),
        ([("甲",), ("{% tr for m in members %}",), ("{{ m.a }}",), (END,)], "多了空格"),
        ([("甲", "乙"), (LOOP, ""), ("{{ m.a }}", ""), ("{% endfor %}", "")], "写法不一致"),
        ([("甲", "乙"), ("{%p if a %}", "{%p endif %}")], "不在同一格"),
    ],
)  # fmt: skip
def test_a_loop_that_would_drop_or_shift_rows_is_named_with_its_cell(rows, words):
    """第1个表格第2行第1列, before anything is printed."""
    found = problems_of(with_table(*rows))
    assert any(one.startswith("第1个表格第2行第1列：") and words in one for one in found), found


def test_a_condition_over_paragraphs_is_named():
    """Plain `{% if %}` must end where it began."""
    assert "跨了段落" in problems_of(with_lines("{% if a %}", "甲", "{% endif %}"))[0]


def test_words_beside_a_paragraph_tag_would_be_lost():
    """`{%p if %}` takes its whole paragraph away."""
    assert "这些文字会丢失" in problems_of(with_lines("甲{%p if a %}", "乙", "{%p endif %}"))[0]


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


def test_header_and_footer_are_checked():
    """They are places, too."""
    document = new_document()
    document.sections[0].header.paragraphs[0].text = "{ name }"
    document.sections[0].footer.paragraphs[0].text = "｛｛name｝｝"
    found = problems_of(document)
    assert [one.split("：")[0] for one in found] == ["页眉", "页脚"]


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
    add_table(document, ("{%tr for 成员 in members %}",), ("{{ 成员.与户主关系 }}",), (END,))
    found = problems_of(document, catalogue.form("DB-02"))
    assert not any("不是本表字段" in one for one in found)


def test_a_run_without_a_chinese_font_is_named():
    """Through run, styles and defaults."""
    document = docx.Document()
    fonts = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    fonts.attrib.clear()
    document.add_paragraph("没有字体")
    assert "第1段：“没有字体”没有指定中文字体" in problems_of(document)[0]


def test_the_font_may_come_from_a_style_the_style_is_based_on():
    """Heading → Normal."""
    document = new_document()
    document.add_paragraph("有字体", style="List Bullet")
    assert problems_of(document) == []


def test_too_small_a_room_for_a_seal_is_named():
    """38 mm with the row above; a seal of 42 mm overlaps the lines."""
    document = with_table(("意见",), ("（盖章）",))
    rows = document.tables[0].rows
    rows[0].height, rows[1].height = Mm(10), Mm(20)
    assert "盖章处只有 30 毫米高" in problems_of(document)[0]
    rows[0].height = Mm(18)
    assert problems_of(document) == []


def test_too_low_a_row_for_a_signature_is_named():
    """Nobody signs in 4 mm."""
    document = with_table(("负责人签字",))
    document.tables[0].rows[0].height = Mm(4)
    assert "签字处只有 4 毫米高" in problems_of(document)[0]


def test_seals_and_signatures_of_the_form_need_a_place(catalogue):
    """An opinion without its seal is not valid."""
    found = problems_of(with_lines("{{ name }}"), catalogue.form("DB-02"))
    assert any("“县民政局”盖章的位置" in one for one in found)
    assert any("“镇经办人”签字的位置" in one for one in found)


def test_faults_are_marked_by_comments_where_they_stand():
    """A copy to open in Word; what cannot hold a comment is told at the first line."""
    document = with_lines("甲", "{ name }")
    document.sections[0].header.paragraphs[0].text = "{ phone }"
    marked = docx.Document(io.BytesIO(check_template(saved(document), "x.docx").marked))
    told = marked.core_properties
    assert (told.author, told.title) == (PRODUCT, "x.docx 检查结果")
    texts = [comment.text for comment in marked.comments]
    assert texts[0].startswith("“{ name }”只有一层括号")
    assert texts[1].startswith("页眉：“{ phone }”只有一层括号")
    assert marked.paragraphs[1]._p.find(qn("w:commentRangeStart")) is not None


@pytest.mark.parametrize(
    ("data", "words"), [(b"%PDF", "不是完好的"), (b"PK\x05\x06" + bytes(18), "不是完好的")]
)
def test_what_is_no_word_file_is_named(data, words):
    """Nothing can be marked in it."""
    checked = check_template(data, "x.docx")
    assert words in str(checked.problems[0])
    assert checked.marked == b""


def test_a_text_box_is_read_once():
    """Word stores it twice, for old readers."""
    box = "<w:txbxContent><w:p><w:r><w:t>{ name }</w:t></w:r></w:p></w:txbxContent>"
    fallback = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    document = with_lines("甲")
    add_xml(document.paragraphs[0], f"<w:r>{fallback}</w:r>")
    found = problems_of(document)
    assert len(found) == 1
    assert found[0].startswith("第1段的文本框：")


def test_all_faults_of_a_paragraph_are_named():
    """Two kinds in one line, each once."""
    found = problems_of(with_lines("姓名：{ name }　电话：｛｛phone｝｝　{% if"))
    assert [one.split("”")[1].split("。")[0] for one in found] == [
        "用了全角括号",
        "只有一层括号",
        "不是完整的标签",
    ]
