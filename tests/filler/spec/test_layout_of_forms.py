"""Where the answers of forms stand, taken from their templates."""

from filler.spec.layout_of_forms import read_form_layouts
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.form_layout import FormCell
from tests.filler.word_files import saved, with_table

LAYOUTS = read_form_layouts(TEMPLATES_FOLDER)


def test_a_cell_is_known_by_the_label_before_it_and_a_column_by_its_head():
    """With its kind and what may be chosen; of shared groups of fields, too."""
    cells = LAYOUTS["DB-01"]
    assert FormCell("身份证号", "id") in cells
    assert FormCell("身份证号", "id", is_column=True) in cells
    assert FormCell("电话", "phone") in cells
    assert FormCell("姓名", "name", is_column=True) in cells
    assert FormCell("月收入", "amount", is_column=True) in cells
    assert FormCell("户名", "name") in cells
    assert FormCell("单人户", "choice", choices=("否", "是")) in cells


def test_printed_choices_of_which_one_may_be_ticked_are_told():
    """By the name of their field; of those of which several may be, nothing is told."""
    boxes = {cell.label: cell.choices for cell in LAYOUTS["DB-01"] if cell.kind == "boxes"}
    assert boxes["申请类别"] == ("农村低保", "城市低保")
    assert boxes["与经办人员、村干部是否有近亲属关系"] == ("否", "是")
    assert "致困原因" not in boxes


def test_print_that_asks_for_nothing_is_a_label():
    """So that what stands beside another label is not taken for an answer."""
    assert FormCell("年龄", "label") in LAYOUTS["DB-01"]
    assert FormCell("共同生活家庭成员", "label") in LAYOUTS["DB-01"]
    assert not [cell for cell in LAYOUTS["DB-01"] if "{" in cell.label or not cell.label]


def test_most_forms_have_cells_that_are_read():
    """The directories of dossiers have none."""
    read = [form for form, cells in LAYOUTS.items() if any(c.kind != "label" for c in cells)]
    assert len(read) > 100


def test_a_form_whose_word_file_or_spec_is_broken_has_no_cells(tmp_path):
    """Nobody's scans stay unread for it."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "X-01.toml").write_text('id = "X-01"', encoding="utf-8")
    (tmp_path / "x" / "X-01.docx").write_bytes(b"no package")
    (tmp_path / "x" / "X-02.toml").write_text("id = ", encoding="utf-8")
    assert read_form_layouts(tmp_path) == {"X-01": ()}


SPEC = """
id = "X-01"
[[section]]
[[section.field]]
slug = "who"
label = "申请人"
type = "text"
rules = ["person_name()"]
[[section.field]]
slug = "day"
label = "日期"
type = "date"
"""


def test_a_cell_with_several_tags_is_the_first_one(tmp_path):
    """A cell with words of its own, or one that no field names, is none."""
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "X-01.toml").write_text(SPEC, encoding="utf-8")
    document = with_table(
        ("姓名（元）", "{{ who }}{{ other }}", "签收", "收到{{ who }}"),
        ("别的", "{{ unknown }}", "日期", "{{ day }}"),
    )
    (tmp_path / "x" / "X-01.docx").write_bytes(saved(document))
    (cells,) = read_form_layouts(tmp_path).values()
    assert [cell for cell in cells if cell.kind != "label"] == [FormCell("姓名", "name")]
    assert [cell.label for cell in cells if cell.kind == "label"] == [
        "姓名", "签收", "别的", "日期",
    ]  # fmt: skip
