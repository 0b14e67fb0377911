"""Drawn forms: labels break where people would break them, columns hold what they hold."""

import docx
import pytest
from docx.oxml.ns import qn

from script.drawing.forms.rosters import column_widths
from script.drawing.forms.sheets import around_tables, draw_lines
from script.drawing.pairs import SIX, Rows, fill_pairs, spare_after
from script.drawing.paper import Paper
from script.drawing.wording import SMALL, broken, fitting_size, in_short_lines, with_tags
from tests.shipped_forms import shipped_forms

EAST_ASIA = qn("w:eastAsia")
ROSTERS = [
    (spec.id, field)
    for spec in shipped_forms().forms
    if spec.layout == "L-LIST"
    for field in spec.fields
    if field.type == "rows"
]
#: Forms to fill in; the 工作须知 are print from end to end.
UPRIGHT = [
    spec
    for spec in shipped_forms().forms
    if spec.layout in ("L-TABLE", "L-MINUTES") and not spec.id.endswith("-00")
]


@pytest.mark.parametrize(
    "case",
    [
        ("姓名", "姓名"),
        ("监护人身份证号", "监护人\n身份证号"),
        ("账号（一卡通）", "账号\n（一卡通）"),
        ("自付（损失）合计", "自付（损失）\n合计"),
        ("老人（代办人）签字", "老人\n（代办人）\n签字"),
        ("村（居）委会意见", "村（居）\n委会意见"),
        ("赡（抚、扶）养费", "赡（抚、\n扶）养费"),
        ("发现（报告）人", "发现\n（报告）人"),
        ("经办人（一）签字", "经办人\n（一）签字"),
        ("证件有效期至", "证件\n有效期至"),
        ("实施结果公开日期", "实施结果\n公开日期"),
        ("决议公开日期", "决议\n公开日期"),
        ("类别等级变化", "类别等级\n变化"),
        ("不在村务大厅的原因", "不在村务\n大厅的原因"),
        ("每项至少公开", "每项\n至少公开"),
    ],
)
def test_a_long_label_breaks_between_words(case):
    """No word is torn, no bracket closes at the beginning of a line."""
    text, lines = case
    assert broken(text, 5) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("联系电话", "联系电话"),
        ("基本生活标准（元/月）", "基本生活\n标准\n（元/月）"),
        ("被调查人签字（按印）", "被调查人\n签字\n（按印）"),
        ("本人（监护人）签字（按印）", "本人\n（监护人）\n签字\n（按印）"),
        ("占家庭总收入（%）", "占家庭\n总收入\n（%）"),
        ("居民人均收入（元）", "居民\n人均收入\n（元）"),
        ("村民代表会议决议日期", "村民代表\n会议\n决议日期"),
        ("紧急情况解除日期", "紧急情况\n解除日期"),
        ("村委会见证人签字", "村委会\n见证人签字"),
        ("核对义务人的理由", "核对义务人\n的理由"),
    ],
)
def test_a_label_takes_as_many_lines_as_leave_it_its_size(text, lines):
    """None is longer than five characters, the words stay whole."""
    assert in_short_lines(text, 5) == lines
    assert fitting_size(lines, 19, 10.5) == 10.5


@pytest.mark.parametrize("spec", UPRIGHT, ids=lambda spec: spec.id)
def test_the_labels_of_a_form_are_of_one_size(spec):
    """Those before their values; headings of tables may be a little smaller, none below nine."""
    document = docx.Document(str(spec.docx))
    for table in document.tables:
        sizes = {int(size) / 2 for size in label_sizes(table._tbl)}
        assert min(sizes, default=9) >= 9, table._cells[0].text
        if [round(column.width.mm) for column in table.columns] == [round(one) for one in SIX]:
            assert sizes == {SMALL}


@pytest.mark.parametrize("spec", shipped_forms().forms, ids=lambda spec: spec.id)
def test_the_labels_of_a_row_are_of_one_size(spec):
    """The longest sets it; what spans several rows is apart."""
    document = docx.Document(str(spec.docx))
    for row in document.element.body.iter(qn("w:tr")):
        cells = [cell for cell in row.iter(qn("w:tc")) if not list(cell.iter(qn("w:vMerge")))]
        sizes = {size for cell in cells for size in label_sizes(cell)}
        assert len(sizes) < 2, "".join(row.itertext())


def label_sizes(cell):
    """The sizes of what is set in 黑体."""
    for run in cell.iter(qn("w:rPr")):
        if run.getparent().tag == qn("w:r") and run.find(qn("w:rFonts")).get(EAST_ASIA) == "黑体":
            yield run.find(qn("w:sz")).get(qn("w:val"))


@pytest.mark.parametrize(
    "case",
    [
        ("LS-01", ["hard_type"], 10),
        ("BZ-01", ["cause_kind"], 10.5),
        ("TK-02", ["level", "fail_count", "fail_count"], 9.5),
    ],
)
def test_choices_stay_on_their_line_where_a_smaller_size_does_it(case):
    """Never below nine points, and not smaller than they need be."""
    form_id, slugs, size = case
    fields = {field.slug: field for field in shipped_forms().form(form_id).fields}
    grid = Paper(210, 297, (20, 20, 25, 20)).grid(SIX)
    fill_pairs(grid, [fields[slug] for slug in slugs], 3, Rows())
    runs = grid.table.rows[0].cells[1].paragraphs[0].runs
    assert {run.font.size.pt for run in runs} == {size}


@pytest.mark.parametrize(
    "case",
    [
        ("GS-03", 170, ["村监督电话 镇监督电话", "县民政局监督电话"]),
        ("GS-04", 257, ["村监督电话 镇监督电话 县民政局监督电话"]),
    ],
)
def test_telephones_stand_together_and_no_number_is_torn_from_its_label(case):
    """As many in a line as it holds when all are filled in."""
    form_id, width, lines = case
    paper = Paper(width + 40, 297, (20, 20, 25, 20))
    draw_lines(paper, around_tables(shipped_forms().form(form_id))[1], 12)
    texts = [paragraph.text for paragraph in paper.document.paragraphs]
    told = [[part.split("：")[0] for part in text.split("　　")] for text in texts]
    assert [" ".join(labels) for labels in told if "电话" in labels[0]] == lines


def test_a_blank_long_text_leaves_the_rest_of_its_line():
    """Eight signs would hold no sentence; a line more than full would break."""
    paper = Paper(297, 210, (15, 15, 24, 15))
    fields = [field for field in shipped_forms().form("ZF-12").fields if field.type == "longtext"]
    draw_lines(paper, fields)
    for paragraph, field in zip(paper.document.paragraphs, fields, strict=True):
        width = (len(field.label) + 1 + paragraph.text.count("_") / 2) * SMALL * 0.353
        assert 255 < width < 267


def test_signatures_under_an_opinion_stand_two_in_a_line():
    """The cell has no room for three: the line of the last would break off."""
    document = docx.Document(str(shipped_forms().form("ZH-12B").docx))
    lines = [cell.text for table in document.tables for cell in table._cells if "签字" in cell.text]
    assert [line.count("签字") for line in lines[-1].split("\n")] == [2, 1, 0]


def test_a_rule_that_no_law_of_the_day_gives_is_told_as_none():
    """A filled paper says 无规定 there; a blank one leaves its room."""
    fields = {field.slug: field for field in shipped_forms().form("GS-07").fields}
    grid = Paper(210, 297, (20, 20, 25, 20)).grid(SIX)
    fill_pairs(grid, [fields["least_days"]], 3, Rows())
    assert grid.table.rows[0].cells[1].text == "{{ least_days or case_no and '无规定' }}"


def test_a_label_is_set_as_large_as_its_cell_allows():
    """However many lines it takes, and nothing below 7.5 points."""
    assert fitting_size("姓名", 19, 10.5) == 10.5
    assert fitting_size("基本生活标准\n（元/月）", 19, 10.5) == 8.5
    assert fitting_size("老人\n（代办人）\n签字", 19, 10.5) == 10.5
    assert fitting_size("十二个字的标签放不下呀了", 19, 10.5) == 7.5


@pytest.mark.parametrize("roster", ROSTERS, ids=[form_id for form_id, _ in ROSTERS])
def test_the_columns_of_a_roster_fill_the_page_and_hold_their_numbers(roster):
    """An ID number stands in one line: 18 digits of half a character each."""
    _, table = roster
    columns = [column for column in table.columns if column.printed]
    widths, size = column_widths(columns, 267, 9)
    assert sum(widths) == pytest.approx(267, abs=0.2)
    for column, width in zip(columns, widths, strict=True):
        if column.type == "idcard":
            assert width >= 18 * size * 0.353 / 2 + 1


def test_what_is_left_of_a_roster_goes_to_what_tells():
    """A date or number has its length and a little, a long text takes most."""
    table = next(field for field in shipped_forms().form("ZF-13").fields if field.type == "rows")
    columns = [column for column in table.columns if column.printed]
    widths = dict(
        zip([one.slug for one in columns], column_widths(columns, 267, 9)[0], strict=True)
    )
    assert max(widths, key=widths.get) == "content"
    assert widths["content"] > 2 * widths["deadline"] > 54


def test_a_blank_leaves_as_much_room_as_its_kind_needs():
    """Eighteen lines for an ID number, a date as year, month and day."""
    fields = {field.slug: field for field in shipped_forms().form("TK-04").fields}
    assert "_" * 18 in with_tags("{b_id}", fields)
    assert "年　月　日" in with_tags("{from_date}", fields)
    assert with_tags("{b_gender}", fields) == "{{ b_gender or '____' }}"


def test_the_seals_of_a_long_notice_never_stand_alone():
    """What stands between the roster and the seals goes with them to the last sheet."""
    (spec,) = [one for one in shipped_forms().forms if one.id == "GS-01"]
    body = list(docx.Document(str(spec.docx)).element.body)
    tables = [at for at, one in enumerate(body) if one.tag == qn("w:tbl")]
    between = body[tables[-2] + 1 : tables[-1]]
    assert len(between) == 3
    assert all(one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for one in between)


@pytest.mark.parametrize(
    ("choices", "room", "spare"),
    [
        (("一二三四", "五六七八"), 20, 0.0),  # one line holds all
        (("一二三四", "五六七八", "九十"), 12, 1.0),  # the third would be cut behind its box
        (("一二三四", "五六七八", "九十"), 11, 0.0),  # not even its box finds place
        (("一", "二三四五六七八九"), 8, 0.0),  # the second line would not hold what is left
    ],
)
def test_no_choice_is_cut_at_the_end_of_a_line(choices, room, spare):
    """The first line leaves free what only a part of the next choice would fill."""
    assert spare_after(choices, room) == spare


def test_the_kinds_of_veterans_stand_whole():
    """YF-01 had 带病回乡退伍 on one line and 军人 on the next."""
    (spec,) = [one for one in shipped_forms().forms if one.id == "YF-01"]
    document = docx.Document(str(spec.docx))
    (cell,) = {
        cell._tc: cell
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        if "class_boxes" in cell.text
    }.values()
    assert cell.paragraphs[0].paragraph_format.right_indent.pt > 50
