"""What forms are known by, taken from their templates."""

from filler.spec.marks_of_forms import read_form_marks
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.form_marks import as_label

MARKS = read_form_marks(TEMPLATES_FOLDER)


def test_printed_labels_and_kinds_of_fields_come_from_the_templates():
    """Of shared groups of fields too; nothing that is filled in."""
    marks = MARKS["DB-02"]
    assert {"保障人数", "村（居）委会意见", "与户主关系"} <= marks.labels
    assert not [label for label in marks.labels if "{" in label]
    assert "补差额" in marks.amounts
    assert "申请日期" in marks.dates
    assert "B类" in marks.words


def test_a_form_without_its_word_file_is_known_by_its_title(tmp_path):
    """A template being edited does not stop the reading of scans."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "groups.toml").write_text("", encoding="utf-8")
    (tmp_path / "shared" / "X-01.toml").write_text('id = "X-01"\ntitle = "表"', encoding="utf-8")
    (tmp_path / "shared" / "X-01.docx").write_bytes(b"no package")
    (marks,) = read_form_marks(tmp_path).values()
    assert (marks.title, marks.labels) == ("表", frozenset())


def test_labels_are_compared_without_spaces_and_units():
    """And with one kind of brackets."""
    assert as_label(" 月收入\n（元） ") == as_label("月收入(元)") == "月收入"
    assert as_label("丙方(特困人员):") == "丙方（特困人员）"
