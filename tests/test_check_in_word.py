"""The files for people with Word and WPS are all there, and the sheet names each."""

import io

import docx
import pytest

from script import check_in_word
from script.word_pieces import Pieces, id_of, name_of
from tests.strict_reader import faults_of

PIECES = {piece.maker: piece for piece in check_in_word.PIECES}


@pytest.fixture(scope="module")
def pieces():
    return Pieces()


def test_the_page_of_the_docs_says_what_the_sheet_says():
    """A wanted change is taken over by `python -m script.check_in_word --docs`."""
    assert check_in_word.DOCS.read_text(encoding="utf-8") == check_in_word.as_markdown()


def test_every_file_and_the_sheet_are_written(tmp_path):
    """What cannot be made on this machine is named."""
    made = {maker: maker.encode() for maker in PIECES if maker != "as_pdf"}
    lacking = check_in_word.write_files(tmp_path / "new", made.get)
    assert lacking == ["11_存成的PDF.pdf"]
    names = {piece.file for piece in check_in_word.PIECES} - set(lacking)
    assert {file.name for file in (tmp_path / "new").iterdir()} == {*names, check_in_word.SHEET}


def test_the_sheet_has_two_boxes_for_each_file_and_no_tag_left(tmp_path):
    """One for Word, one for WPS; it is no form and bears no code."""
    check_in_word.write_files(tmp_path, lambda _: b"")
    data = (tmp_path / check_in_word.SHEET).read_bytes()
    (table,) = docx.Document(io.BytesIO(data)).tables
    named = [row.cells[1].text for row in table.rows[1:]]
    assert named[: len(PIECES)] == [piece.file for piece in check_in_word.PIECES]
    assert all([cell.text for cell in row.cells].count("□") == 2 for row in table.rows[1:])
    assert "{{" not in docx.Document(io.BytesIO(data)).element.xml
    assert faults_of(data) == []


@pytest.mark.parametrize("maker", [maker for maker in PIECES if maker != "as_pdf"])
def test_a_strict_reader_finds_nothing_in_a_piece(pieces, maker):
    """What people are shown is sound as far as programs can tell."""
    assert faults_of(getattr(pieces, maker)()) == []


def test_the_pieces_show_what_the_sheet_asks_for(pieces):
    """A sheet for those who found no row, five people, two photos, a ticked control."""
    assert "（续表）" in text_of(pieces.continued_form())
    assert [name_of(number) in text_of(pieces.print_run()) for number in range(5)] == [True] * 5
    parts = docx.Document(io.BytesIO(pieces.photos())).part.package.iter_parts()
    assert sum(part.partname.endswith((".jpg", ".jpeg")) for part in parts) == 2
    assert "☒" in text_of(pieces.checkboxes())
    alone, run = text_of(pieces.annex()), text_of(pieces.annex_run())
    assert "入户看了住房" in alone
    assert run.count("入户看了住房") == 2 * alone.count("入户看了住房")


def text_of(data):
    return "".join(docx.Document(io.BytesIO(data)).element.body.itertext())


def test_invented_people_have_numbers_of_their_own():
    """Right ones, each another."""
    assert len({id_of(number) for number in range(120)}) == 120
