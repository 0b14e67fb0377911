"""Chinese labels are tag names beside slugs."""

import io
from dataclasses import replace

import docx
import pytest

from filler.errors import TemplateError
from filler.form.forms import Field, Section
from filler.word.compiled_template import CompiledTemplate
from filler.word.name_book import NameBook, _labels_of_table, name_book, template_labels
from tests.filler.word_files import add_table, new_document, saved


def one_form(catalogue, *fields):
    return replace(catalogue.form("DB-02"), sections=(Section("", fields),))


def rows_of(data):
    return [
        [cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(data)).tables[0].rows
    ]


def test_labels_print_fields_and_columns(catalogue):
    """{{ 姓名 }}, the table by its label, its columns by theirs."""
    spec = one_form(
        catalogue,
        Field("name", "姓名", "text"),
        Field("members", "家庭成员", "rows", columns=(Field("m_name", "姓名", "text"),)),
    )
    document = new_document()
    document.add_paragraph("{{ 姓名 }}{% if 姓名 == '甲' %}！{% endif %}")
    loop = (
        ("{%tr for 成员 in 家庭成员 %}",),
        ("{{ loop.index }}{{ 成员.姓名 }}",),
        ("{%tr endfor %}",),
    )
    add_table(document, *loop)
    template = CompiledTemplate(saved(document), "x", name_book(spec))
    made = template.render({"name": "甲", "members": [{"m_name": "乙"}, {"m_name": "丙"}]})
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "甲！"
    assert rows_of(made) == [["1乙"], ["2丙"]]


def test_labels_and_slugs_give_the_same_file(catalogue):
    """A label is only another way to write a name."""
    files = []
    for tag in ("{{ id_no }}", "{{ 身份证号 }}"):
        document = new_document()
        document.add_paragraph(tag)
        book = name_book(catalogue.form("DB-02"))
        files.append(CompiledTemplate(saved(document), "x", book).render({"id_no": "1"}))
    assert files[0] == files[1]


def test_a_label_of_two_fields_is_reported(catalogue):
    """The clerk chooses which is meant."""
    spec = one_form(catalogue, Field("a_phone", "电话", "text"), Field("b_phone", "电话", "text"))
    document = new_document()
    document.add_paragraph("{{ 电话 }}")
    with pytest.raises(TemplateError, match=r"“电话”对应几个字段（a_phone、b_phone）"):
        CompiledTemplate(saved(document), "x", name_book(spec))


def test_what_cannot_stand_in_a_tag_is_left_out(catalogue):
    """Brackets and slashes vanish, as in 住址（户籍）."""
    spec = one_form(catalogue, Field("addr", "住址（户籍）", "text"), Field("n", "70岁以上", "int"))
    labels = template_labels(spec)
    assert labels["住址户籍"] == ("addr",)
    assert not any("70" in label for label in labels)


def test_boxes_and_the_parts_of_a_table_have_labels(catalogue):
    """_勾选, _首页 and _续表."""
    labels = template_labels(catalogue.form("DB-02"))
    assert labels["保障类别_勾选"] == ("category_boxes",)
    assert "members_more" in {
        names[0] for label, names in labels.items() if label.endswith("_续表")
    }


def test_an_unknown_name_without_anything_near_is_only_named():
    """No guess is better than a wild one."""
    book = NameBook(frozenset({"name"}), {})
    assert book.explain("zzzzzzzz") == (
        "“zzzzzzzz”不是本表字段",
        "改正标签，或在说明文件中增加字段",
    )


@pytest.mark.parametrize(
    ("label", "names"),
    [("成员", ["成员_首页", "成员_续表"]), ("1成员", []), ("（）", []),
     ("成 员（人）", ["成员人_首页", "成员人_续表"])],
)  # fmt: skip
def test_a_table_is_called_by_its_label_where_that_is_a_name(label, names):
    """Its first page and what is carried on; its columns always."""
    columns = (Field("c", "姓名", "text"), Field("d", "1", "text"))
    found = dict(_labels_of_table(Field("r", label, "rows", columns=columns)))
    assert [name for name in found if "." not in name] == names
    own = [name for name in found if "." in name]
    assert {name.split(".")[1] for name in own} == {"姓名"}
    assert len(own) == 3
