"""How the cells of an .xls are to be shown: its records name the number format of each."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive_indexer.extract.office.cell_looks import CellLooks, Place
from archive_indexer.extract.office.number_format import BUILT_IN, says_something

#: Records of [MS-XLS].
_SHEET, _BEGIN, _END, _FORMAT, _STYLE, _MANY, _SINCE_1904 = (
    0x85, 0x809, 0x0A, 0x41E, 0xE0, 0xBD, 0x22,
)  # fmt: skip
_CELLS = (0x203, 0x27E, 0x06, 0xFD, 0x204)  #: a number, a short one, a formula, a text
_OLDEST = b"\0\5"  #: of Excel 5 and 95, whose texts are bytes in the code of their country


@dataclass(slots=True)
class _Book:
    looks: CellLooks = field(default_factory=CellLooks)
    formats: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[int] = field(default_factory=list)  #: the format of each
    names: list[str] = field(default_factory=list)
    is_oldest: bool = False

    def learn(self, kind: int, body: bytes) -> None:
        """Take in what stands before the cells."""
        if kind == _FORMAT:
            number = int.from_bytes(body[:2], "little")
            self.formats[number] = self._text(body[2:], 2)
        elif kind == _STYLE:
            self.styles.append(int.from_bytes(body[2:4], "little"))
        elif kind == _SHEET:
            self.names.append(self._text(body[6:], 1))
        elif kind == _SINCE_1904:
            self.looks.since_1904 = body[:1] == b"\1"

    def note(self, sheet: int, kind: int, body: bytes) -> None:
        """Keep the formats of the cells in a record."""
        if sheet >= len(self.names):
            return
        cells = self.looks.formats.setdefault(self.names[sheet], {})
        for place, style in _cells(kind, body):
            of = self.styles[style] if style < len(self.styles) else 0
            code = self.formats.get(of, "")
            if says_something(code):
                cells[place] = code

    def _text(self, body: bytes, size: int) -> str:
        """A text behind its length, of one or two bytes, and a flag."""
        if self.is_oldest:
            return body[1 : 1 + body[0]].decode("gb18030", errors="replace") if body else ""
        length, words = int.from_bytes(body[:size], "little"), body[size + 1 :]
        if body[size : size + 1] == b"\1":
            return words[: 2 * length].decode("utf-16-le", errors="replace")
        return words[:length].decode("latin-1")


def looks_in_old_book(records: Iterator[tuple[int, bytes]]) -> CellLooks:
    """Of a whole workbook; the sheets follow one another as they are named."""
    book, depth, begun = _Book(), 0, -1
    for kind, body in records:
        if kind == _BEGIN:
            book.is_oldest |= body[:2] == _OLDEST
            begun += not depth  # a chart within a sheet begins, too
            depth += 1
        elif kind == _END:
            depth -= 1
        elif begun < 1:
            book.learn(kind, body)
        elif kind in _CELLS or kind == _MANY:
            book.note(begun - 1, kind, body)
    return book.looks


def _cells(kind: int, body: bytes) -> Iterator[tuple[Place, int]]:
    """The places in a record, each with the number of its style."""
    if len(body) < 6:
        return
    row, column, style = struct.unpack_from("<HHH", body)
    if kind != _MANY:
        yield (row, column), style
        return
    for number, at in enumerate(range(4, len(body) - 5, 6)):
        yield (row, column + number), int.from_bytes(body[at : at + 2], "little")
