"""What an .xlsx file knows of its cells besides their values."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from filler.roster.sheet_marks import (
    ADVICE,
    ERROR,
    NO_RESULT,
    STRUCK,
    SheetMarks,
    column_number,
    read_marks,
)
from tests.filler.rosters import as_bytes

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def marks_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return read_marks(archive)


def with_sheet(xml):
    """A workbook whose one sheet is this XML."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_bytes(book))) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, xml.encode() if name == "xl/worksheets/sheet1.xml" else data)
    return stream.getvalue()


def with_member(data, name, text):
    """The same file with one member more, or another in its place."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, text)
    return stream.getvalue()


def sheet(cells, rows='<row r="2">{}</row>'):
    return f'<worksheet xmlns="{SPACE}"><sheetData>{rows.format(cells)}</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("cell", "faults"),
    [
        ('<c r="B2"><v>1</v></c>', {}),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', {}),
        ('<c r="B2"><f>1+1</f></c>', {(1, 1): NO_RESULT}),
        ('<c r="B2"><f>1+1</f><v></v></c>', {(1, 1): NO_RESULT}),
        ('<c r="AA2" t="e"><v>#N/A</v></c>', {(1, 26): ERROR}),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', {}),
    ],
)
def test_a_formula_without_a_result_and_an_error_are_faults(cell, faults):
    """An empty text is a result."""
    assert marks_of(with_sheet(sheet(cell)))["Sheet"].faults == faults


def test_hidden_rows_and_columns_are_known():
    """A range of columns, but no more than a sheet has."""
    columns = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols>'
    rows = '<row r="1"/><row r="3" hidden="true"/><row r="4" hidden="0"/>'
    xml = sheet("", rows).replace("<sheetData>", f"{columns}<sheetData>")
    found = marks_of(with_sheet(xml))["Sheet"]
    assert (found.hidden_rows, found.hidden_columns) == ({2}, {1, 2})


def test_what_is_damaged_or_no_workbook_has_no_marks():
    """The reader of the values says what is wrong with it."""
    assert marks_of(with_sheet("<worksheet"))["Sheet"] == SheetMarks()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert marks_of(stream.getvalue()) == {}


@pytest.mark.parametrize(("letters", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("BA", 52)])
def test_columns_are_counted_from_nought(letters, number):
    """As the reader counts them."""
    assert column_number(letters) == number


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        ('min="1" max="1" hidden="1"', {0}), ('min="2" max="4" hidden="true"', {1, 2, 3}),
        ('min="2" max="4"', set()), ('min="2" max="4" hidden="0"', set()), ('hidden="1"', {0}),
        ('min="16383" max="99999" hidden="1"', {16382, 16383}),
    ],
)  # fmt: skip
def test_a_range_of_columns_is_hidden_from_its_first_to_its_last(attributes, hidden):
    """No further than a sheet reaches."""
    xml = sheet("").replace("<sheetData>", f"<cols><col {attributes}/></cols><sheetData>")
    assert marks_of(with_sheet(xml))["Sheet"].hidden_columns == hidden


def test_a_sheet_of_the_strict_kind_is_marked_too():
    """A row without a number is the first; a cell without a place is passed over."""
    xml = sheet('<c t="e"><v>x</v></c><c r="C9" t="e"><v>x</v></c>', '<row hidden="1">{}</row>')
    strict = xml.replace(SPACE, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    for one in (xml, strict):
        found = marks_of(with_sheet(one))["Sheet"]
        assert found.hidden_rows == {0}
        assert found.faults == {(0, 2): ERROR}


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_without_its_list_of_sheets_a_file_has_no_marks(missing):
    """Both parts are needed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_bytes(openpyxl.Workbook()))) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            if name != missing:
                new.writestr(name, old.read(name))
    assert marks_of(stream.getvalue()) == {}


@pytest.mark.parametrize(
    ("pieces", "faults"),
    [
        ((("1380", True), ("1500", False)), {(0, 0): STRUCK}),
        ((("1380", False), ("1500", False)), {}),
        ((("1380", True), ("1500", True)), {(0, 0): STRUCK}),
    ],
)
def test_a_text_partly_struck_through_is_no_answer(pieces, faults):
    """1380 struck and 1500 behind it would be read as 13801500."""
    book = openpyxl.Workbook()
    runs = (TextBlock(InlineFont(strike=struck), text) for text, struck in pieces)
    book.active["A1"] = CellRichText(*runs)
    assert marks_of(as_bytes(book))["Sheet"].faults == faults


def test_shared_texts_are_looked_at_as_well():
    """Excel keeps them so; a switched-off strike is none."""
    run = "<si><r><rPr><strike{}/></rPr><t>1380</t></r><r><t>1500</t></r></si>"
    runs = run.format("") + run.format(' val="0"')
    texts = f'<sst xmlns="{SPACE}">{runs}</sst>'
    cells = '<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>'
    data = with_member(with_sheet(sheet(cells)), "xl/sharedStrings.xml", texts)
    assert marks_of(data)["Sheet"].faults == {(1, 0): STRUCK}


def test_every_fault_has_its_advice():
    """A text that is struck through need not be computed."""
    assert ADVICE.keys() == {ERROR, NO_RESULT, STRUCK}
    assert "划掉" in ADVICE[STRUCK]
