"""What a PDF tells beside its text is found, or said to be unread."""

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, NumberObject

from archive_indexer.extract import pdf
from archive_indexer.extract.extract_pages import extract_pages
from tests.archive_indexer.extract.made.made_files import LIMITS
from tests.archive_indexer.extract.made.made_pdfs import (
    dictionary,
    field,
    make_pdf,
    name,
    remark,
    text,
    ticked,
)

TITLE = "Application for a living allowance"


@pytest.fixture(autouse=True)
def no_reader(monkeypatch):
    """No page here has anything that must be read from its picture."""

    def refuse(*_, **__):
        raise AssertionError("a page was read from its picture")

    monkeypatch.setattr(pdf, "read_page_image", refuse)


def read(file: Path):
    (page,) = extract_pages(file, LIMITS).pages
    return page


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (field("Tx", (120, 300, 300, 316), V=text("欧阳建国")), "欧阳建国"),
        (field("Tx", (120, 260, 300, 300), V=text("line one\rline two"), Ff=NumberObject(4096)),
         "line one line two"),
        (field("Ch", (120, 300, 300, 316), V=text("城镇"), Ff=NumberObject(1 << 17),
               Opt=ArrayObject([text("农村"), text("城镇")])), "城镇"),
        (field("Ch", (120, 260, 300, 316), V=text("b"),
               Opt=ArrayObject([ArrayObject([text("b"), text("低保户")])])), "低保户"),
        (ticked((120, 300, 132, 312), "Yes", "同意公示"), "☑ 同意公示"),
        (ticked((120, 300, 132, 312), "Orphan"), "☑ Orphan"),
        (ticked((120, 300, 132, 312), "#e5#a5#b3"), "☑ 女"),
    ],
    ids=["text", "lines", "choice", "list", "named tick", "tick with a value", "tick in UTF-8"],
)  # fmt: skip
def test_an_answer_in_a_form_is_a_line_at_its_place(tmp_path: Path, mark, said: str):
    """Whatever its kind; it stands in the page's text and in no other line."""
    page = read(make_pdf(tmp_path / "a.pdf", [TITLE], [mark]))
    (line,) = [line for line in page.lines if line.source == "field"]
    assert line.text == said
    assert line.box[0] == pytest.approx(0.3, abs=0.01)
    assert page.text.count(said) == 1
    assert TITLE in page.text


def test_an_answer_stands_behind_its_label(tmp_path: Path):
    """In the row that it is written in."""
    mark = field("Tx", (120, 332, 300, 346), V=text("欧阳建国"))
    page = read(make_pdf(tmp_path / "a.pdf", [TITLE, "Name of the head:"], [mark]))
    assert page.text.splitlines()[1] == "Name of the head: 欧阳建国"


def test_empty_fields_and_hidden_ones_say_nothing(tmp_path: Path):
    """A box that is not ticked, a field nobody filled in, one that is not shown."""
    off = ticked((50, 300, 62, 312), "Yes")
    off[name("AS")] = off[name("V")] = name("Off")
    hidden = field("Tx", (120, 200, 300, 216), V=text("SECRET"))
    hidden[name("F")] = NumberObject(2)
    page = read(
        make_pdf(tmp_path / "a.pdf", [TITLE], [off, hidden, field("Tx", (120, 250, 300, 266))])
    )
    assert page.text == TITLE


def test_a_remark_that_opens_when_clicked_is_read(tmp_path: Path):
    """It stands at the end of the page and has its place."""
    marks = [
        remark("Text", (300, 300, 318, 318), "此处身份证号有误"),
        remark("Highlight", (30, 355, 200, 372), "核对过", QuadPoints=ArrayObject()),
        dictionary(Type=name("Annot"), Subtype=name("Popup"), Contents=text("twice")),
    ]
    page = read(make_pdf(tmp_path / "a.pdf", [TITLE], marks))
    assert page.text.splitlines()[-2:] == ["批注：此处身份证号有误", "批注：核对过"]
    assert [line.source for line in page.lines[-2:]] == ["note", "note"]


def test_files_and_sounds_in_a_pdf_are_said_to_be_unread(tmp_path: Path):
    """With their number, and the name of a file."""
    file = make_pdf(
        tmp_path / "a.pdf", [TITLE], [remark("Sound", (300, 300, 318, 318), "")],
        attached="花名册.xlsx",
    )  # fmt: skip
    assert read(file).unread == ("含 1 段录音，未识别", "含 1 个附件（花名册.xlsx），未识别")


def test_a_dynamic_form_is_named_and_its_answers_are_read(tmp_path: Path):
    """Its page only asks for another program."""
    file = tmp_path / "a.pdf"
    make_pdf(file, ["Please wait... the form is being loaded"], [field("Tx", (9, 9, 20, 20))])
    _with_dynamic_data(file, "<data><name>司马文博</name></data>")
    page = read(file)
    assert "XFA" in page.unread[0]
    assert "司马文博" in page.text


def _with_dynamic_data(file: Path, data: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(file))
    stream = DecodedStreamObject()
    stream.set_data(data.encode())
    form = writer._root_object["/AcroForm"].get_object()
    form[name("XFA")] = ArrayObject([text("datasets"), writer._add_object(stream)])
    writer.write(file)


def test_a_file_hung_on_a_page_is_told(tmp_path: Path):
    """It belongs to its place and stands in no list of the document."""
    file = dictionary(Type=name("Filespec"), F=text("花名册.xls"), UF=text("花名册.xls"))
    hung = [
        remark("FileAttachment", (30, 30, 50, 50), "", FS=file),
        remark("FileAttachment", (60, 30, 80, 50), ""),
    ]
    page = read(make_pdf(tmp_path / "a.pdf", [TITLE], hung))
    assert page.unread == ("含 2 个附件（花名册.xls、未命名），未识别",)


def test_names_of_bookmarks_are_found_with_the_page_they_lead_to(tmp_path: Path):
    """Those that a page says itself are not said twice."""
    writer = PdfWriter(clone_from=str(make_pdf(tmp_path / "a.pdf", [TITLE])))
    writer.append(make_pdf(tmp_path / "b.pdf", ["Another page of this paper"]))
    top = writer.add_outline_item(title="申请材料", page_number=0)
    writer.add_outline_item(title="张三审批表", page_number=1, parent=top)
    writer.add_outline_item(title="living  allowance", page_number=1)
    writer.write(tmp_path / "a.pdf")
    first, second = extract_pages(tmp_path / "a.pdf", LIMITS).pages
    assert first.text == f"{TITLE}\n书签：申请材料"
    assert second.text == "Another page of this paper\n书签：张三审批表"
