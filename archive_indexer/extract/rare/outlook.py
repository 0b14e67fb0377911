"""A mail that Outlook saved (.msg, [MS-OXMSG]), as the mail that it is to everybody else.

A property is a stream, named by its number and its kind of value; people, attached files and
mails within the mail are storages of their own.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import olefile

from archive_indexer.extract.mail_text import decode_as
from archive_indexer.extract.rare.mapi_mail import CODE_PAGES, code_of, mail_of

_STREAM = "__substg1.0_{:04X}{:04X}"
_FIXED = "__properties_version1.0"
_ATTACHED, _PEOPLE = "__attach_version1.0_#", "__recip_version1.0_#"
_EMBEDDED = "__substg1.0_3701000D"
_UNICODE, _EIGHT_BIT, _BINARY = 0x1F, 0x1E, 0x102
#: Bytes before the values of one length: of a mail, of one within it, of people and files.
_HEADS = (32, 24, 8)
_ENTRY = struct.Struct("<HHI8s")


@dataclass(frozen=True, slots=True)
class _Storage:
    """A part of the file that holds properties: the mail, a person, an attached file."""

    office: olefile.OleFileIO
    path: tuple[str, ...]
    fixed: dict[int, bytes]
    code: str = ""  #: of texts that are not Unicode

    @classmethod
    def at(
        cls, office: olefile.OleFileIO, path: tuple[str, ...], head: int, code: str = ""
    ) -> "_Storage":
        raw = _stream(office, (*path, _FIXED))
        entries = (
            _ENTRY.unpack_from(raw, at) for at in range(head, len(raw) - _ENTRY.size + 1, 16)
        )
        fixed = {number: value for _, number, _, value in entries}
        pages = (int.from_bytes(fixed.get(one, b"")[:4], "little") for one in CODE_PAGES)
        return cls(office, path, fixed, next(filter(None, map(code_of, pages)), code))

    def text(self, number: int) -> str:
        """A property as text; empty where there is none."""
        wide = self.content(number, _UNICODE)
        if wide:
            return wide.decode("utf-16-le", errors="replace").rstrip("\0")
        return decode_as(self.content(number, _EIGHT_BIT), self.code).rstrip("\0")

    def content(self, number: int, kind: int = _BINARY) -> bytes:
        """A property as it lies; empty where there is none."""
        return _stream(self.office, (*self.path, _STREAM.format(number, kind)))

    def moment(self, number: int) -> bytes:
        """A moment in its eight bytes; empty where there is none."""
        return self.fixed.get(number, b"")

    def long(self, number: int) -> int:
        """A property as a number; 0 where there is none."""
        return int.from_bytes(self.fixed.get(number, b"")[:4], "little")

    def people(self) -> "Iterator[_Storage]":
        """Whom a mail goes to."""
        return self._parts(_PEOPLE)

    def attached(self) -> "Iterator[_Storage]":
        """The files that are attached to a mail."""
        return self._parts(_ATTACHED)

    def inner(self) -> "_Storage | None":
        """The mail that an attached file is, if it is one."""
        within = (*self.path, _EMBEDDED)
        is_mail = self.office.exists("/".join((*within, _FIXED)))
        return self.at(self.office, within, _HEADS[1]) if is_mail else None

    def _parts(self, begin: str) -> "Iterator[_Storage]":
        """The storages directly within this one whose name begins so, in their order."""
        depth = len(self.path)
        names = {
            entry[depth]
            for entry in self.office.listdir()
            if len(entry) > depth + 1 and tuple(entry[:depth]) == self.path
        }
        for name in sorted(names):
            if name.startswith(begin):
                yield self.at(self.office, (*self.path, name), _HEADS[2], self.code)

    def numbers(self) -> Iterator[int]:
        """The properties that are texts."""
        depth = len(self.path)
        for entry in self.office.listdir():
            told = re.fullmatch(r"__substg1\.0_([0-9A-F]{4})001[EF]", entry[-1], re.IGNORECASE)
            if told and len(entry) == depth + 1 and tuple(entry[:depth]) == self.path:
                yield int(told[1], 16)


def read_outlook(file: Path) -> tuple[EmailMessage, tuple[str, ...]]:
    """A mail with all that is attached, and what of it is not read."""
    with olefile.OleFileIO(file) as office:
        return mail_of(_Storage.at(office, (), _HEADS[0]))


def _stream(office: olefile.OleFileIO, path: tuple[str, ...]) -> bytes:
    whole = "/".join(path)
    return bytes(office.openstream(whole).read()) if office.exists(whole) else b""
