"""A mail that Outlook saved (.msg, [MS-OXMSG]), as the mail that it is to everybody else.

A property is a stream, named by its number and its kind of value; people, attached files and
mails within the mail are storages of their own.
"""

import codecs
import datetime as dt
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import olefile

from archive_indexer.extract.mail_text import decode_as
from archive_indexer.extract.rare.packed_rtf import unpack_rtf

_STREAM = "__substg1.0_{:04X}{:04X}"
_FIXED = "__properties_version1.0"
_ATTACHED, _PEOPLE = "__attach_version1.0_#", "__recip_version1.0_#"
_EMBEDDED = "__substg1.0_3701000D"
_UNICODE, _EIGHT_BIT, _BINARY = 0x1F, 0x1E, 0x102
#: Bytes before the values of one length: of a mail, of one within it, of people and files.
_HEADS = (32, 24, 8)
_ENTRY = struct.Struct("<HHI8s")
_SUBJECT, _BODY, _HTML, _RTF, _CLASS = 0x0037, 0x1000, 0x1013, 0x1009, 0x001A
_SENT, _DELIVERED, _WEB_CODE_PAGE = 0x0039, 0x0E06, 0x3FDE
_CODE_PAGES = (0x3FFD, _WEB_CODE_PAGE)
_SENDER, _SENDERS_ADDRESS, _SENDERS_WEB_ADDRESS = 0x0C1A, 0x0C1F, 0x5D01
_NAME, _WEB_ADDRESS, _ADDRESS, _ROLE = 0x3001, 0x39FE, 0x3003, 0x0C15
_LISTED = ((1, "to", 0x0E04), (2, "cc", 0x0E03), (3, "bcc", 0x0E02))
_CONTENT, _LONG_NAME, _SHORT_NAME = 0x3701, 0x3707, 0x3704
_OF_CARDS = range(0x3A00, 0x3B00)  #: telephones, addresses and offices of a person
_OF_THE_KIND = range(0x8000, 0xFFFF)  #: places of appointments, answers to invitations …
_A_LETTER = "ipm.note"
_STARTS_AT = dt.datetime(1601, 1, 1)
_BEIJING = dt.timezone(dt.timedelta(hours=8))
_CODES = {65001: "utf-8", 54936: "gb18030", 20127: "ascii", 28591: "latin1"}
_DEPTH = 4  #: mails within mails


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
        pages = (int.from_bytes(fixed.get(one, b"")[:4], "little") for one in _CODE_PAGES)
        return cls(office, path, fixed, next(filter(None, map(_code_of, pages)), code))

    def text(self, number: int) -> str:
        """A property as text; empty where there is none."""
        wide = self.content(number, _UNICODE)
        if wide:
            return wide.decode("utf-16-le", errors="replace").rstrip("\0")
        return decode_as(self.content(number, _EIGHT_BIT), self.code).rstrip("\0")

    def content(self, number: int, kind: int = _BINARY) -> bytes:
        return _stream(self.office, (*self.path, _STREAM.format(number, kind)))

    def long(self, number: int) -> int:
        return int.from_bytes(self.fixed.get(number, b"")[:4], "little")

    def parts(self, begin: str) -> Iterator[tuple[str, ...]]:
        """The storages directly within this one whose name begins so, in their order."""
        depth = len(self.path)
        names = {
            entry[depth]
            for entry in self.office.listdir()
            if len(entry) > depth + 1 and tuple(entry[:depth]) == self.path
        }
        yield from ((*self.path, name) for name in sorted(names) if name.startswith(begin))

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
        left_out = list[str]()
        mail = _mail(_Storage.at(office, (), _HEADS[0]), left_out, _DEPTH)
    unread = f"含 {len(left_out)} 个嵌入的文件或对象，未识别"
    return mail, (unread,) if left_out else ()


def _mail(storage: _Storage, left_out: list[str], depth: int) -> EmailMessage:
    mail = EmailMessage()
    for name, said in _heads(storage):
        line = " ".join(said.split())
        coded = line if line.isascii() else Header(line, "utf-8").encode(maxlinelen=0)
        mail.set_raw(name, coded)  # as it stands: it need not follow the rules of mails
    _add_letter(mail, storage)
    for path in storage.parts(_ATTACHED):
        part = _Storage.at(storage.office, path, _HEADS[2], storage.code)
        _add_attached(mail, part, left_out, depth)
    return mail


def _heads(storage: _Storage) -> Iterator[tuple[str, str]]:
    yield "Subject", storage.text(_SUBJECT)
    address = storage.text(_SENDERS_WEB_ADDRESS) or storage.text(_SENDERS_ADDRESS)
    yield "From", _person(storage.text(_SENDER), address)
    people = [
        _Storage.at(storage.office, path, _HEADS[2], storage.code)
        for path in storage.parts(_PEOPLE)
    ]
    for role, name, listed in _LISTED:
        those = [
            _person(one.text(_NAME), one.text(_WEB_ADDRESS) or one.text(_ADDRESS))
            for one in people
            if one.long(_ROLE) & 0xF == role
        ]
        said = ", ".join(filter(None, those)) or storage.text(listed)
        if said:
            yield name, said
    moment = storage.fixed.get(_SENT) or storage.fixed.get(_DELIVERED)
    if moment and any(moment):
        yield "Date", _as_moment(moment)


def _person(name: str, address: str) -> str:
    """Who, and the address; that of a directory (`/O=…`) tells nobody anything."""
    if "@" not in address or address.strip() == name.strip():
        return name or address
    return f"{name} <{address}>".strip()


def _as_moment(raw: bytes) -> str:
    """Tenths of a millionth of a second since 1601, as the clock here shows it."""
    passed = dt.timedelta(microseconds=int.from_bytes(raw, "little") // 10)
    try:
        moment = (_STARTS_AT + passed).replace(tzinfo=dt.UTC)
        return moment.astimezone(_BEIJING).isoformat(" ", "seconds")
    except OverflowError:
        return ""


def _add_letter(mail: EmailMessage, storage: _Storage) -> None:
    """The letter as plain text and as a web page; as RTF where there is no other."""
    lines = [storage.text(_BODY)]
    if not storage.text(_CLASS).lower().startswith(_A_LETTER):
        told = sorted(one for one in storage.numbers() if one in _OF_CARDS or one in _OF_THE_KIND)
        lines += dict.fromkeys(filter(None, map(storage.text, told)))
    mail.set_content("\n".join(filter(None, lines)) or "\n", cte="base64")
    mail.make_mixed()
    html = storage.content(_HTML)
    if html:
        code = _code_of(storage.long(_WEB_CODE_PAGE))
        _attach(mail, html, "text", "html", params={"charset": code} if code else None)
    elif storage.text(_HTML):
        html = storage.text(_HTML).encode()
        _attach(mail, html, "text", "html", params={"charset": "utf-8"})
    packed = storage.content(_RTF)
    if packed and not lines[0].strip() and not html:
        _attach(mail, unpack_rtf(packed), "application", "rtf", filename="正文.rtf")


def _attach(mail: EmailMessage, content: bytes, kind: str, subkind: str, **told: Any) -> None:
    part = EmailMessage()
    part.set_content(content, kind, subkind, **told)
    mail.attach(part)


def _add_attached(mail: EmailMessage, storage: _Storage, left_out: list[str], depth: int) -> None:
    name = storage.text(_LONG_NAME) or storage.text(_SHORT_NAME) or storage.text(_NAME)
    name = "".join(sign for sign in name if sign.isprintable())
    content = storage.content(_CONTENT)
    if content:
        _attach(
            mail, content, "application", "octet-stream",
            disposition="attachment", filename=name or None,
        )  # fmt: skip
        return
    within = (*storage.path, _EMBEDDED)
    if depth and storage.office.exists("/".join((*within, _FIXED))):
        inner = _mail(_Storage.at(storage.office, within, _HEADS[1]), left_out, depth - 1)
        part = EmailMessage()
        part.set_content(inner, filename=f"{name or '邮件'}.eml")
        mail.attach(part)
    else:
        left_out.append(name)


def _code_of(page: int) -> str:
    """What a code page of Windows is called here; empty where nothing is called so."""
    name = _CODES.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name if page else ""
    except LookupError:
        return ""


def _stream(office: olefile.OleFileIO, path: tuple[str, ...]) -> bytes:
    whole = "/".join(path)
    return bytes(office.openstream(whole).read()) if office.exists(whole) else b""
