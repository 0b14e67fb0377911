"""How the cells of an .xls are to be shown."""

import struct
from collections.abc import Iterator

import pytest

from archive_indexer.extract.office.old_cell_looks import looks_in_old_book

BEGIN, END, FORMAT, STYLE, SHEET = 0x809, 0x0A, 0x41E, 0xE0, 0x85
Record = tuple[int, bytes]


def style(number: int) -> Record:
    return STYLE, struct.pack("<HH", 0, number) + bytes(16)


def text(words: str, size: int, wide: bool = False) -> bytes:
    coded = words.encode("utf-16-le" if wide else "latin-1")
    return len(words).to_bytes(size, "little") + bytes([wide]) + coded


def book(*cells: Record) -> Iterator[Record]:
    """Two sheets; in the first a chart and the cells, in the second one cell."""
    yield BEGIN, b"\x00\x06\x05\x00"
    yield FORMAT, struct.pack("<H", 164) + text('0"元"', 2, wide=True)
    yield FORMAT, struct.pack("<H", 165) + text("0.000", 2)
    yield from (style(0), style(164), style(10), style(165))
    yield SHEET, bytes(6) + text("甲", 1, wide=True)
    yield SHEET, bytes(6) + text("B", 1)
    yield END, b""
    yield BEGIN, b"\x00\x06\x10\x00"
    yield from ((BEGIN, b"\x00\x06\x20\x00"), (END, b""))
    yield from cells
    yield END, b""
    yield BEGIN, b"\x00\x06\x10\x00"
    yield 0x203, struct.pack("<HHH", 0, 0, 3) + bytes(8)
    yield END, b""


@pytest.mark.parametrize("kind", [0x203, 0x27E, 0x06, 0xFD])
def test_formats_are_known_by_the_place_of_a_cell(kind: int):
    """Numbers, short numbers, formulas, texts; a chart in a sheet is no sheet."""
    cells = [
        (kind, struct.pack("<HHH", 2, column, of) + bytes(8)) for column, of in ((1, 1), (3, 0))
    ]
    formats = looks_in_old_book(book(*cells)).formats
    assert formats == {"甲": {(2, 1): '0"元"'}, "B": {(0, 0): "0.000"}}


def test_many_numbers_in_one_record():
    """Each has its own style; one that the file does not hold is passed over."""
    numbers = b"".join(struct.pack("<HI", of, 0) for of in (2, 0, 1, 99))
    many = struct.pack("<HH", 5, 1) + numbers + struct.pack("<H", 4)
    formats = looks_in_old_book(book((0xBD, many), (0x203, b"\0"))).formats
    assert formats["甲"] == {(5, 1): "0.00%", (5, 3): '0"元"'}


def test_the_oldest_books_write_in_the_code_of_their_country():
    """Their texts have no flag; days may be counted from 1904."""
    name, code = "名".encode("gbk"), '0"元"'.encode("gbk")
    records = [
        (BEGIN, b"\x00\x05\x05\x00"), (0x22, b"\1\0"),
        (FORMAT, struct.pack("<H", 30) + bytes([len(code)]) + code), style(30),
        (SHEET, bytes(6) + bytes([len(name)]) + name), (END, b""), (BEGIN, b"\x00\x05\x10\x00"),
        (0x203, struct.pack("<HHH", 0, 0, 0) + bytes(8)), (END, b""), (BEGIN, b"\x00\x05\x10\x00"),
        (0x203, struct.pack("<HHH", 0, 0, 0) + bytes(8)),
    ]  # fmt: skip
    looks = looks_in_old_book(iter(records))
    assert looks.formats == {"名": {(0, 0): '0"元"'}}
    assert looks.since_1904
