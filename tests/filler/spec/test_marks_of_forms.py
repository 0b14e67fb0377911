"""What forms are known by, taken from their templates."""

import pytest

from filler.spec.marks_of_forms import read_form_marks
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.form_marks import as_label
from tests.filler.word_files import add_xml, with_table

MARKS = read_form_marks(TEMPLATES_FOLDER)


def test_printed_labels_and_kinds_of_fields_come_from_the_templates():
    """Of shared groups of fields too; nothing that is filled in."""
    marks = MARKS["DB-02"]
    assert {"保障人数", "村（居）委会意见", "与户主关系"} <= marks.labels
    assert not [label for label in marks.labels if "{" in label]
    assert "补差额" in marks.amounts
    assert "申请日期" in marks.dates
    assert "B类" in marks.words


def test_what_a_template_prints_is_known_by_its_tags():
    """Not all that is reckoned stands on paper; of tables their columns, too."""
    slugs = MARKS["DB-01"].slugs
    assert {"name", "id_no", "phone", "m_name"} <= slugs
    assert "version" not in slugs


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


GROUPS = '[[person]]\nslug = "b"\nlabel = "存款（元）"\ntype = "money"\n'
SPEC = """
id = "X-01"
title = "表"
[[section]]
field = [
  {slug = "a", label = "面积（亩）", type = "money"},
  {slug = "c", label = "比例（%）", type = "money"},
  {group = "person"}, {slug = "d", label = "出生日期", type = "date"},
  {slug = "e", label = "月份", type = "month"}, {slug = "f", label = "姓名", type = "text"},
  {slug = "g", label = "类", type = "choice", choices = ["甲类", 3]},
  {slug = "r", type = "rows", column = [{slug = "s", label = "每月", type = "money"}]},
]
[[section]]
field = []
"""


def marks_of(tmp_path, *cells):
    for folder in ("shared", "x"):
        (tmp_path / folder).mkdir()
    (tmp_path / "shared" / "groups.toml").write_text(GROUPS, encoding="utf-8")
    (tmp_path / "x" / "X-01.toml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "x" / "no.toml").write_text('id = "X-02"', encoding="utf-8")
    (tmp_path / "x" / "none.toml").write_text('title = "X"', encoding="utf-8")
    if cells:
        with_table(cells).save(tmp_path / "x" / "X-01.docx")
    return read_form_marks(tmp_path)


def test_fields_are_known_by_their_kind(tmp_path):
    """Columns and groups too; areas and parts are no money. What has no title is no form."""
    (marks,) = marks_of(tmp_path).values()
    assert marks.amounts == {"存款", "每月"}
    assert marks.dates == {"出生日期", "月份"}
    assert marks.words == {"甲类"}
    assert marks.labels == frozenset()


@pytest.mark.parametrize(
    ("text", "is_label"),
    [
        ("甲", False), ("甲乙", True), ("甲" * 16, True), ("甲" * 17, False), ("", False),
        ("{{ name }}", False), ("甲{乙", False), ("甲%乙", False), ("姓 名：", True),
        ("金额（元）", True),
    ],
)  # fmt: skip
def test_a_printed_label_is_a_short_text_of_a_cell(tmp_path, text, is_label):
    """Of two signs to sixteen, with nothing to be filled in."""
    (marks,) = marks_of(tmp_path, text, "").values()
    assert marks.labels == ({as_label(text)} if is_label else frozenset())


def test_the_words_of_a_cell_are_one_label(tmp_path):
    """However Word has cut them; an empty run is none."""
    marks_of(tmp_path)
    document = with_table(("", "丙丁"))
    paragraph = document.tables[0].rows[0].cells[0].paragraphs[0]
    for text in ("甲", "", "乙"):
        paragraph.add_run(text)
    add_xml(paragraph, "<w:r><w:t/></w:r>")
    document.save(tmp_path / "x" / "X-01.docx")
    (marks,) = read_form_marks(tmp_path).values()
    assert marks.labels == {"甲乙", "丙丁"}
