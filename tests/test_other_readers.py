"""What other programs read of our Word files: all of it, and what is lost is named."""

import io
import zipfile

import pytest

from script.other_readers import lost_texts, read_by_mammoth, text_of_html, written_in
from script.strict_reading import files_of
from tests.filler.word_files import new_document, saved
from tests.shipped_forms import shipped_forms

MAMMOTH = {"mammoth": read_by_mammoth}


@pytest.fixture
def letter():
    document = new_document()
    document.add_paragraph("测试甲\t家庭")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text = "姓名"
    table.rows[0].cells[1].text = "甲 & 乙 < 丙"
    document.add_paragraph("月保障金 295.00 元")
    return saved(document)


def test_all_characters_of_the_body_are_taken_in_their_order(letter):
    """Spaces and tabs apart."""
    assert written_in(letter) == "测试甲家庭姓名甲&乙<丙月保障金295.00元"


def test_a_reader_that_reads_all_is_not_named(letter):
    """Tables and signs that HTML writes otherwise are read, too."""
    assert list(lost_texts(letter, MAMMOTH)) == []


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ("测试甲家庭姓名甲&乙<丙月保障金295.00", "stands"),
        (
            "测试甲姓名甲&乙<丙月保障金295.00元",
            "«测试甲姓名甲&乙<丙月保障金295.00元» where «测试甲家庭",
        ),
        ("", "x reads «»"),
        ("测试甲家庭姓名甲&乙<丙月保障金295.00元元", "x reads"),
    ],
)
def test_what_a_reader_loses_or_adds_is_named_with_its_place(letter, theirs, said):
    """At the end, within, all of it, and what is read twice."""
    (told,) = lost_texts(letter, {"x": lambda _: theirs})
    assert said in told


def test_style_sheets_of_a_converter_are_no_text():
    """Nor are tags; references are read as the characters they stand for."""
    page = "<head><style>p {}</style></head><p>甲<b>乙</b>&amp;&#19993;</p>"
    assert text_of_html(page) == "甲乙&丙"


MERGED = {"DB-01": 7, "COM-07": 4, "GS-01": 6, "ZH-06B": 4, "JZ-02": 5}
ROWS = {"no rows", "25 rows"}


@pytest.mark.parametrize(
    ("form_id", "more"),
    [
        ("DB-01", {*ROWS, "photos"}),
        ("COM-07", set()),
        ("GS-01", ROWS),
        ("ZH-06B", set()),
        ("JZ-02", {"photos"}),
    ],
)
def test_a_form_is_read_whole_by_another_program(form_id, more):
    """However it comes out; the nightly script reads all forms by two programs and the schemas."""
    catalogue = shipped_forms()
    files = dict(files_of(catalogue.form(form_id), catalogue))
    run = f"{MERGED[form_id]} merged"
    assert set(files) == {"blank", "filled", "1 merged", run, *more}
    for data in files.values():
        assert list(lost_texts(data, MAMMOTH)) == []
    assert all(pictures_in(files[what]) > pictures_in(files["filled"]) for what in more - ROWS)
    if more >= ROWS:
        told = [len(written_in(files[what])) for what in ("no rows", "filled", "25 rows")]
        assert told == sorted(set(told))


def pictures_in(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return sum(name.startswith("word/media/") for name in package.namelist())
