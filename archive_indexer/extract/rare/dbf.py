"""Tables of dBase and FoxPro (.dbf): registers of the nineties were kept in them.

The head tells the columns (32 bytes each, from byte 32), then come records of one length;
the code of the text is mostly told wrong or not at all. Long remarks lie in a file beside
(.fpt, .dbt), which is read as a file of its own.
"""

import datetime as dt
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.plain_text import as_pages, common_share, decode

_VERSIONS = frozenset(
    (0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8C, 0x8E, 0xCB, 0xF5, 0xFB)
)
_HEAD = struct.Struct("<BBBBIHH20x")  #: version, year, month, day, records, length of head, of one
_COLUMN = struct.Struct("<11sc4xBB14x")  #: name, type, length, decimals
_CODE_AT = 29
_END_OF_COLUMNS = 0x0D
_TYPES = b"CNFDLMIBYTGPVQWO@+0"
_LINKS = b"MGPW"  #: of what lies in the file beside
_DELETED = ord("*")
_SET_ASIDE = "（已打删除标记）"
#: What the head calls the code of a text that is not Chinese.
_CODES = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x64: "cp852", 0x65: "cp866",
    0x13: "cp932", 0x7B: "cp932", 0x4E: "cp949", 0x79: "cp949", 0xC8: "cp1250", 0xC9: "cp1251",
    0x4F: "big5hkscs", 0x78: "big5hkscs", 0x4D: "gb18030", 0x7A: "gb18030",
}  # fmt: skip
_CHINESE = ("utf-8", "gb18030", "big5hkscs")
_LEAST_COMMON = 0.85  #: of the signs of a text that is taken for Chinese, whatever the head says
_SAMPLE = 200_000  #: bytes by which the code is told
_FIRST_DAY = dt.date(1, 1, 1).toordinal() - 1_721_426  #: day 1,721,426 of Julius Scaliger
_MILLISECONDS_A_DAY = 86_400_000
_TEXT_BLOCK = 1  #: in a file of remarks of FoxPro
_FPT_HEAD, _LEAST_BLOCK = 512, 1
_WRITTEN = re.compile(rb"[^\x00-\x08\x0e-\x1f\x7f]{2,}")


@dataclass(frozen=True, slots=True)
class _Column:
    name: bytes
    kind: bytes
    start: int  #: within a record
    length: int
    decimals: int


def looks_like_table(head: bytes) -> bool:
    """Whether a file begins as a table of dBase does: nothing else tells one."""
    if len(head) < 65 or head[0] not in _VERSIONS:
        return False
    _, _, month, day, _, start, length = _HEAD.unpack_from(head)
    if month > 12 or day > 31 or start < 65 or length < 2:
        return False
    columns = _columns_of(head[:start])
    known = all(one.kind and one.kind in _TYPES and one.name.strip(b"\0") for one in columns)
    width = 1 + sum(one.length for one in columns)
    is_whole = len(head) >= start and width == length
    return bool(columns) and known and (is_whole or (len(head) < start and width <= length))


def read_table(file: Path, limits: Limits) -> Extraction:
    """A row of names, then a line for each record; those marked as deleted say so."""
    content = file.read_bytes()
    version, _, _, _, count, start, length = _HEAD.unpack_from(content)
    columns = _columns_of(content[:start])
    records = [
        content[at : at + length]
        for at in range(start, min(len(content), start + count * length), length)
    ]
    code = _code_of(content, columns, records)
    shown = [one for one in columns if one.kind != b"0"]  # that tells which cells are empty
    lines = [" ".join(_text(one.name.split(b"\0")[0], code) for one in shown)]
    lines += (_line(record, shown, code, version) for record in records)
    pages = as_pages("\n".join(lines), limits)
    unread = tuple(_said(columns, records, count, length))
    return Extraction("dbf", (replace(pages[0], unread=unread), *pages[1:]))


def read_remarks(file: Path, limits: Limits) -> Extraction:
    """The long remarks of a table, which lie in a file of their own.

    Raises:
        UnreadableError: nothing is written in it.
    """
    content = file.read_bytes()
    pieces = list(_blocks(content)) if file.suffix.lower() == ".fpt" else []
    pieces = pieces or _WRITTEN.findall(content[_FPT_HEAD:])
    text = decode(b"\n".join(pieces)).strip()
    if not text:
        raise UnreadableError("数据库的备注文件，里面没有文字")
    return Extraction("dbf", as_pages(text, limits))


def _columns_of(head: bytes) -> list[_Column]:
    found, at, start = list[_Column](), _HEAD.size, 1
    while at + _COLUMN.size <= len(head) and head[at] != _END_OF_COLUMNS:
        name, kind, length, decimals = _COLUMN.unpack_from(head, at)
        if kind == b"C":  # a text may be longer than one byte tells
            length, decimals = length + 256 * decimals, 0
        found.append(_Column(name, kind, start, length, decimals))
        start, at = start + length, at + _COLUMN.size
    return found


def _code_of(content: bytes, columns: list[_Column], records: list[bytes]) -> str:
    """The code of the text: Chinese where that makes sense, else what the head says."""
    texts = [one for one in columns if one.kind == b"C"]
    cells = [one.name.split(b"\0")[0] for one in columns]
    size = 0
    for record in records:
        cells += (record[one.start : one.start + one.length].rstrip(b" \0") for one in texts)
        size += len(record)
        if size > _SAMPLE:
            break
    foreign = b"\n".join(cell for cell in cells if not cell.isascii())
    named = _CODES.get(content[_CODE_AT], "gb18030")
    if not foreign:
        return named
    readings = {code: foreign.decode(code, errors="replace") for code in _CHINESE}
    if readings["utf-8"].count("\ufffd") * 20 < len(readings["utf-8"]):
        return "utf-8"  # that comes out by no chance, whatever is written
    best = max(_CHINESE, key=lambda code: common_share(readings[code]))
    return best if common_share(readings[best]) >= _LEAST_COMMON else named


def _line(record: bytes, columns: list[_Column], code: str, version: int) -> str:
    cells = (
        _cell(record[one.start : one.start + one.length], one, code, version) for one in columns
    )
    said = " ".join(filter(None, cells))
    return f"{said} {_SET_ASIDE}" if record[0] == _DELETED else said


def _cell(raw: bytes, column: _Column, code: str, version: int) -> str:
    if column.kind in _LINKS and column.kind:
        return ""
    read = _NUMBERS.get(column.kind)
    # before FoxPro 3 the same letter stood for a remark in the file beside
    if read is None or (column.kind == b"B" and version < 0x30):
        said = _text(raw, code)
        return _day(said) if column.kind == b"D" else said
    return read(raw, column) if len(raw) == column.length else ""


def _text(raw: bytes, code: str) -> str:
    """A cell; a sign that was cut at its end is left out."""
    text = raw.rstrip(b" \0").decode(code, errors="replace")
    return " ".join(text.removesuffix("\ufffd").replace("\0", " ").split())


def _day(said: str) -> str:
    return f"{said[:4]}-{said[4:6]}-{said[6:]}" if re.fullmatch(r"\d{8}", said) else said


def _whole_number(raw: bytes, column: _Column) -> str:
    return str(int.from_bytes(raw, "little", signed=True))


def _fraction(raw: bytes, column: _Column) -> str:
    if len(raw) != 8:
        return ""
    (value,) = struct.unpack("<d", raw)
    return f"{value:.{min(column.decimals, 15)}f}" if column.decimals else f"{value:.15g}"


def _money(raw: bytes, column: _Column) -> str:
    return f"{int.from_bytes(raw, 'little', signed=True) / 10_000:.2f}"


def _moment(raw: bytes, column: _Column) -> str:
    """A day counted from 4713 before Christ, and the milliseconds of it."""
    if len(raw) != 8 or not any(raw):
        return ""
    day, passed = struct.unpack("<II", raw)
    ordinal = day + _FIRST_DAY
    if not 0 < ordinal <= dt.date.max.toordinal():
        return ""
    moment = dt.datetime.fromordinal(ordinal) + dt.timedelta(
        milliseconds=min(passed, _MILLISECONDS_A_DAY - 1)
    )
    return moment.isoformat(" ", "seconds").removesuffix(" 00:00:00")


_NUMBERS: dict[bytes, Callable[[bytes, _Column], str]] = {
    b"I": _whole_number, b"+": _whole_number, b"B": _fraction, b"O": _fraction, b"Y": _money,
    b"T": _moment, b"@": _moment,
}  # fmt: skip


def _said(columns: list[_Column], records: list[bytes], count: int, length: int) -> Iterator[str]:
    links = [one for one in columns if one.kind in _LINKS]
    filled = sum(
        any(record[one.start : one.start + one.length].strip(b" \0") for one in links)
        for record in records
    )
    if filled:
        yield f"含 {filled} 条备注，内容在同名的 .fpt 或 .dbt 文件里"
    missing = count - len(records) + bool(records and len(records[-1]) < length)
    if missing:
        yield f"少了 {missing} 条记录，文件可能没有复制完整"


def _blocks(content: bytes) -> Iterator[bytes]:
    """The texts in a file of remarks of FoxPro, block by block."""
    size = max(int.from_bytes(content[6:8], "big"), _LEAST_BLOCK)
    at = _FPT_HEAD
    while at + 8 <= len(content):
        kind, length = struct.unpack_from(">II", content, at)
        if kind == _TEXT_BLOCK and 0 < length <= len(content) - at - 8:
            yield content[at + 8 : at + 8 + length]
        elif kind > _TEXT_BLOCK or length > len(content):
            at += size
            continue
        at += max(1, -(-(8 + length) // size)) * size
