"""A winmail.dat, in which Outlook wraps a mail and its files ([MS-OXTNEF]).

Attributes of a kind and a length stand behind one another: those of the mail, then those of each
attached file. Most are properties as in Outlook's own files, some are of older programs.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from archive_indexer.extract.mail_text import decode_as
from archive_indexer.extract.rare.mapi_mail import code_of, mail_of

_SIGNATURE, _HEAD = b"\x78\x9f\x3e\x22", 6
_ATTRIBUTE = struct.Struct("<BHHI")  #: of the mail or a file, number, kind, length
_SUM = 2  #: bytes behind the value of an attribute
_PROPERTIES, _PEOPLE, _CODES = 0x9003, 0x9004, 0x9007
_NEXT_FILE, _OF_FILE = 0x9002, 0x9005
_FROM = 0x8000
#: Attributes of older programs by the property that says the same.
_OLDER = {0x8004: 0x0037, 0x800C: 0x1000, 0x8008: 0x001A, 0x8010: 0x3704, 0x800F: 0x3701}
_BINARY_ATTRIBUTES = (0x800F,)
_SENDER, _SENDERS_ADDRESS, _CONTENT = 0x0C1A, 0x5D01, 0x3701
_EIGHT_BIT, _UNICODE, _OBJECT, _BINARY, _MOMENT = 0x1E, 0x1F, 0x0D, 0x102, 0x40
_OF_ANY_LENGTH = (_EIGHT_BIT, _UNICODE, _OBJECT, _BINARY)
_SEVERAL = 0x1000
_LENGTHS = {0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, _MOMENT: 8, 0x48: 16}  #: all others have four
_NAMED, _BY_NUMBER = 0x8000, 0
_MAIL_WITHIN = bytes.fromhex("0703020000000000c000000000000046")
_STREAM_WITHIN = bytes.fromhex("0c00000000000000c000000000000046")
_CUT_OFF = "邮件不完整，可能缺了一部分"


@dataclass(slots=True)
class _Bag:
    """Properties of a mail, a person or an attached file: the kind of value, and the value."""

    code: str = ""  #: of texts that are not Unicode
    values: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    addressed: "list[_Bag]" = field(default_factory=list)
    files: "list[_Bag]" = field(default_factory=list)
    is_cut_off: bool = False

    def text(self, number: int) -> str:
        """A property as text; empty where there is none."""
        kind, value = self.values.get(number, (0, b""))
        if kind == _UNICODE:
            return value.decode("utf-16-le", errors="replace").rstrip("\0")
        return decode_as(value, self.code).rstrip("\0") if kind == _EIGHT_BIT else ""

    def content(self, number: int) -> bytes:
        """A property as it lies; empty where there is none, or a thing of another program."""
        kind, value = self.values.get(number, (0, b""))
        if kind == _OBJECT:
            return value[16:] if value.startswith(_STREAM_WITHIN) else b""
        return value if kind == _BINARY else b""

    def moment(self, number: int) -> bytes:
        """A moment in its eight bytes; empty where there is none."""
        kind, value = self.values.get(number, (0, b""))
        return value if kind == _MOMENT else b""

    def long(self, number: int) -> int:
        """A property as a number; 0 where there is none."""
        return int.from_bytes(self.values.get(number, (0, b""))[1][:4], "little")

    def numbers(self) -> Iterator[int]:
        """The properties that are texts."""
        return (one for one, (kind, _) in self.values.items() if kind in (_EIGHT_BIT, _UNICODE))

    def people(self) -> "list[_Bag]":
        """Whom a mail goes to."""
        return self.addressed

    def attached(self) -> "list[_Bag]":
        """The files that are attached to a mail, but for those without a byte."""
        return [one for one in self.files if one.values.get(_CONTENT) != (_BINARY, b"")]

    def inner(self) -> "_Bag | None":
        """The mail that an attached file is, if it is one."""
        kind, value = self.values.get(_CONTENT, (0, b""))
        is_mail = kind == _OBJECT and value.startswith(_MAIL_WITHIN)
        return _bag_of(value[16:]) if is_mail else None


def read_tnef(file: Path) -> tuple[EmailMessage, tuple[str, ...]]:
    """A mail with all that is attached, and what of it is not read.

    Raises:
        ValueError: it is none.
    """
    bag = _bag_of(file.read_bytes())
    mail, unread = mail_of(bag)
    return mail, (*unread, _CUT_OFF) if bag.is_cut_off else unread


def _bag_of(raw: bytes) -> _Bag:
    if not raw.startswith(_SIGNATURE):
        raise ValueError("no TNEF")
    mail = _Bag()
    about, at = mail, _HEAD
    while at + _ATTRIBUTE.size <= len(raw):
        _, number, _, length = _ATTRIBUTE.unpack_from(raw, at)
        value = raw[at + _ATTRIBUTE.size :][:length]
        mail.is_cut_off |= len(value) < length
        if number == _NEXT_FILE:
            about = _Bag(mail.code)
            mail.files.append(about)
        try:
            _take(about, number, value)
        except (struct.error, IndexError):
            mail.is_cut_off = True
        at += _ATTRIBUTE.size + length + _SUM
    return mail


def _take(bag: _Bag, number: int, value: bytes) -> None:
    """Note what an attribute tells."""
    if number in (_PROPERTIES, _OF_FILE):
        bag.values |= _properties(value, 0)[0]
    elif number == _PEOPLE:
        bag.addressed = list(_rows(value, bag.code))
    elif number == _CODES:
        bag.code = code_of(int.from_bytes(value[:4], "little"))
    elif number == _FROM:
        _take_sender(bag, value)
    elif number in _OLDER:
        kind = _BINARY if number in _BINARY_ATTRIBUTES else _EIGHT_BIT
        bag.values.setdefault(_OLDER[number], (kind, value))


def _rows(raw: bytes, code: str) -> Iterator[_Bag]:
    at = 4
    for _ in range(_number_at(raw, 0)):
        values, at = _properties(raw, at)
        yield _Bag(code, values)


def _properties(raw: bytes, at: int) -> tuple[dict[int, tuple[int, bytes]], int]:
    """The properties that stand here, of several values the first, and where they end."""
    values: dict[int, tuple[int, bytes]] = {}
    count, at = _number_at(raw, at), at + 4
    for _ in range(count):
        kind, number = struct.unpack_from("<HH", raw, at)
        at += 4
        if number >= _NAMED:
            at = _behind_name(raw, at)
        held, at = _values(raw, at, kind)
        if held:
            values[number] = (kind & ~_SEVERAL, held[0])
    return values, at


def _behind_name(raw: bytes, at: int) -> int:
    """Where a property goes on that is named by a number or by words."""
    at += 16  # whose name it is
    named, at = _number_at(raw, at), at + 4
    return at + 4 if named == _BY_NUMBER else at + 4 + _whole(_number_at(raw, at))


def _values(raw: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    one = kind & ~_SEVERAL
    has_count = one in _OF_ANY_LENGTH or kind & _SEVERAL
    count, at = (_number_at(raw, at), at + 4) if has_count else (1, at)
    held = list[bytes]()
    for _ in range(count):
        length = _LENGTHS.get(one, 4)
        if one in _OF_ANY_LENGTH:
            length, at = _number_at(raw, at), at + 4
        if at + length > len(raw):
            raise IndexError("cut off")
        held.append(raw[at : at + length])
        at += _whole(length)
    return held, at


def _number_at(raw: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", raw, at)[0])


def _whole(length: int) -> int:
    """What so many bytes take up: they end where a number may begin."""
    return -(-length // 4) * 4


def _take_sender(bag: _Bag, raw: bytes) -> None:
    """Who wrote it: a name and `SMTP:` with the address, of so many bytes each."""
    _, _, name, address = struct.unpack_from("<4H", raw)
    bag.values.setdefault(_SENDER, (_EIGHT_BIT, raw[8 : 8 + name]))
    told = raw[8 + name :][:address].partition(b":")[2]
    bag.values.setdefault(_SENDERS_ADDRESS, (_EIGHT_BIT, told))
