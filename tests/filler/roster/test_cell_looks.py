"""What cells look like, and comments."""

import io
import zipfile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from filler.roster.cell_looks import (
    CHECKED_BY,
    CHECKED_COLOUR,
    CellLooks,
    read_comments,
    read_looks,
)
from tests.filler.rosters import as_bytes

SHEET = "xl/worksheets/sheet1.xml"


def archive_of(book):
    return zipfile.ZipFile(io.BytesIO(as_bytes(book)))


def styles_of(book):
    """The number of each cell's style in the first row."""
    return [str(cell.style_id) for cell in book.active[1]]


def test_styles_that_strike_through_or_colour_are_known():
    """Black, white and grey of no fill are no colours."""
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙", "丙", "丁", "戊"])
    _, struck, red, yellow, black = book.active[1]
    struck.font = Font(strike=True)
    red.font = Font(color="FFFF0000")
    yellow.fill = PatternFill("solid", fgColor="FFFFFF00")
    black.font = Font(color="FF000000")
    looks = read_looks(archive_of(book))
    numbers = styles_of(book)
    assert looks.struck == {numbers[1]}
    assert looks.coloured == {numbers[2], numbers[3]}


def test_comments_are_read_with_their_cells():
    """Of a sheet that has none there are none."""
    book = openpyxl.Workbook()
    book.active["B2"].comment = Comment("已去世", "测试员")
    with archive_of(book) as archive:
        assert list(read_comments(archive, SHEET)) == [("B2", "已去世")]
        assert list(read_comments(archive, "xl/worksheets/sheet9.xml")) == []


def test_what_the_program_marked_is_no_word_of_people():
    """A copy with marked faults is mended and sent in again."""
    book = openpyxl.Workbook()
    for cell, author in (("B2", CHECKED_BY), ("B3", "测试甲")):
        book.active[cell] = "x"
        book.active[cell].comment = Comment("要改", author)
        book.active[cell].fill = PatternFill("solid", fgColor=CHECKED_COLOUR)
    with archive_of(book) as archive:
        assert list(read_comments(archive, SHEET)) == [("B3", "要改")]
        assert not read_looks(archive).coloured


def test_a_file_without_styles_has_no_looks():
    """Nor has one whose styles are damaged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        assert read_looks(archive) == CellLooks()
        archive.writestr("xl/styles.xml", "<styleSheet")
    with zipfile.ZipFile(stream) as archive:
        assert read_looks(archive) == CellLooks()
