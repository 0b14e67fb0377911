"""Words of visible signatures and stamps, which stand in their look alone."""

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NumberObject,
)

from archive_indexer.extract import pdf
from archive_indexer.extract.extract_pages import extract_pages
from tests.archive_indexer.extract.made.made_files import LIMITS
from tests.archive_indexer.extract.made.made_pdfs import dictionary, make_pdf, name, rect, text

TITLE = "Application for a living allowance"
SIDES = (30, 100, 230, 140)


def look(words: str) -> DecodedStreamObject:
    font = dictionary(Type=name("Font"), Subtype=name("Type1"), BaseFont=name("Helvetica"))
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 9 Tf 4 14 Td ({words}) Tj ET".encode())
    stream.update(dictionary(
        Type=name("XObject"), Subtype=name("Form"), BBox=rect(0, 0, 200, 40),
        Resources=dictionary(Font=dictionary(F1=font)),
    ))  # fmt: skip
    return stream


def with_mark(file: Path, mark: DictionaryObject, words: str) -> Path:
    """A page with a title and one mark that shows words."""
    make_pdf(file, [TITLE])
    writer = PdfWriter(clone_from=PdfReader(file))
    mark[name("AP")] = dictionary(N=writer._add_object(look(words)))
    held = writer._add_object(mark)
    writer.pages[0][name("Annots")] = ArrayObject([held])
    if mark["/Subtype"] == "/Widget":
        fields = dictionary(Fields=ArrayObject([held]), NeedAppearances=BooleanObject(False))
        writer._root_object[name("AcroForm")] = fields
    writer.write(file)
    return file


@pytest.fixture(autouse=True)
def no_reader(monkeypatch):
    """No page here has anything that must be read from its picture."""

    def refuse(*_, **__):
        raise AssertionError("a page was read from its picture")

    monkeypatch.setattr(pdf, "read_page_image", refuse)


def signature(**entries: object) -> DictionaryObject:
    return dictionary(
        Type=name("Annot"), Subtype=name("Widget"), FT=name("Sig"), T=text("s"),
        Rect=rect(*SIDES), F=NumberObject(4), **entries,
    )  # fmt: skip


def stamp() -> DictionaryObject:
    return dictionary(
        Type=name("Annot"), Subtype=name("Stamp"), Rect=rect(*SIDES), F=NumberObject(4)
    )


@pytest.mark.parametrize("mark", [signature(), stamp()], ids=["signature", "stamp"])
def test_words_of_a_look_are_read_as_they_were_typed(tmp_path: Path, mark: DictionaryObject):
    """Each once, and nothing of the page a second time."""
    file = with_mark(tmp_path / "a.pdf", mark, "Signed by Ouyang Jianguo")
    (page,) = extract_pages(file, LIMITS).pages
    assert page.text.splitlines() == [TITLE, "Signed by Ouyang Jianguo"]
    (line,) = [line for line in page.lines if line.source == "note"]
    assert line.box[1] > 0.5


def test_a_long_line_is_read_where_its_mark_cuts_it_off(tmp_path: Path):
    """Nobody sees its end, and it stands in the file."""
    words = "Digitally signed by the office of Jiucheng village, Chengguan town"
    file = with_mark(tmp_path / "a.pdf", signature(), words)
    assert words in extract_pages(file, LIMITS).pages[0].text


def test_a_hidden_signature_says_nothing(tmp_path: Path):
    """It is not shown."""
    mark = signature()
    mark[name("F")] = NumberObject(2)
    file = with_mark(tmp_path / "a.pdf", mark, "Signed by Ouyang Jianguo")
    assert extract_pages(file, LIMITS).pages[0].text == TITLE
