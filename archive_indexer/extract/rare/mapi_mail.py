"""A mail as Outlook keeps it, by its properties ([MS-OXPROPS]), as it is to everybody else.

Where the properties lie, in a file of Outlook's own (.msg) or in a winmail.dat, is known by who
hands them in.
"""

import codecs
import datetime as dt
from collections.abc import Iterable, Iterator
from email.header import Header
from email.message import EmailMessage
from typing import Any, Protocol

from archive_indexer.extract.rare.packed_rtf import unpack_rtf

_SUBJECT, _BODY, _HTML, _RTF, _CLASS = 0x0037, 0x1000, 0x1013, 0x1009, 0x001A
_SENT, _DELIVERED, _WEB_CODE_PAGE = 0x0039, 0x0E06, 0x3FDE
#: Which code texts are in that are not Unicode.
CODE_PAGES = (0x3FFD, _WEB_CODE_PAGE)
_SENDER, _SENDERS_ADDRESS, _SENDERS_WEB_ADDRESS = 0x0C1A, 0x0C1F, 0x5D01
_NAME, _WEB_ADDRESS, _ADDRESS, _ROLE = 0x3001, 0x39FE, 0x3003, 0x0C15
_LISTED = ((1, "to", 0x0E04), (2, "cc", 0x0E03), (3, "bcc", 0x0E02))
_CONTENT, _LONG_NAME, _SHORT_NAME = 0x3701, 0x3707, 0x3704
_OF_CARDS = range(0x3A00, 0x3B00)  #: telephones, addresses and offices of a person
_OF_THE_KIND = range(0x8000, 0xFFFF)  #: places of appointments, answers to invitations …
_A_LETTER = ("ipm.note", "ipm.microsoft mail.note")
_STARTS_AT = dt.datetime(1601, 1, 1)
_BEIJING = dt.timezone(dt.timedelta(hours=8))
_CODES = {65001: "utf-8", 54936: "gb18030", 20127: "ascii", 28591: "latin1"}
_DEPTH = 4  #: mails within mails


class Properties(Protocol):
    """What is told of a mail, a person or an attached file, by number."""

    def text(self, number: int) -> str:
        """A property as text; empty where there is none."""

    def content(self, number: int) -> bytes:
        """A property as it lies; empty where there is none."""

    def moment(self, number: int) -> bytes:
        """A moment in its eight bytes; empty where there is none."""

    def long(self, number: int) -> int:
        """A property as a number; 0 where there is none."""

    def numbers(self) -> Iterable[int]:
        """The properties that are texts."""

    def people(self) -> "Iterable[Properties]":
        """Whom a mail goes to."""

    def attached(self) -> "Iterable[Properties]":
        """The files that are attached to a mail."""

    def inner(self) -> "Properties | None":
        """The mail that an attached file is, if it is one."""


def mail_of(properties: Properties) -> tuple[EmailMessage, tuple[str, ...]]:
    """A mail with all that is attached, and what of it is not read."""
    left_out = list[str]()
    mail = _mail(properties, left_out, _DEPTH)
    unread = f"含 {len(left_out)} 个嵌入的文件或对象，未识别"
    return mail, (unread,) if left_out else ()


def _mail(told: Properties, left_out: list[str], depth: int) -> EmailMessage:
    mail = EmailMessage()
    for name, said in _heads(told):
        line = " ".join(said.split())
        coded = line if line.isascii() else Header(line, "utf-8").encode(maxlinelen=0)
        mail.set_raw(name, coded)  # as it stands: it need not follow the rules of mails
    _add_letter(mail, told)
    for part in told.attached():
        _add_attached(mail, part, left_out, depth)
    return mail


def _heads(told: Properties) -> Iterator[tuple[str, str]]:
    yield "Subject", told.text(_SUBJECT)
    address = told.text(_SENDERS_WEB_ADDRESS) or told.text(_SENDERS_ADDRESS)
    yield "From", _person(told.text(_SENDER), address)
    people = list(told.people())
    for role, name, listed in _LISTED:
        those = [
            _person(one.text(_NAME), one.text(_WEB_ADDRESS) or one.text(_ADDRESS))
            for one in people
            if one.long(_ROLE) & 0xF == role
        ]
        said = ", ".join(filter(None, those)) or told.text(listed)
        if said:
            yield name, said
    moment = told.moment(_SENT) or told.moment(_DELIVERED)
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


def _add_letter(mail: EmailMessage, told: Properties) -> None:
    """The letter as plain text and as a web page; as RTF where there is no other."""
    lines = [told.text(_BODY)]
    if not told.text(_CLASS).lower().startswith(_A_LETTER):
        more = sorted(one for one in told.numbers() if one in _OF_CARDS or one in _OF_THE_KIND)
        lines += dict.fromkeys(filter(None, map(told.text, more)))
    mail.set_content("\n".join(filter(None, lines)) or "\n", cte="base64")
    mail.make_mixed()
    html = told.content(_HTML)
    if html:
        code = code_of(told.long(_WEB_CODE_PAGE))
        _attach(mail, html, "text", "html", params={"charset": code} if code else None)
    elif told.text(_HTML):
        html = told.text(_HTML).encode()
        _attach(mail, html, "text", "html", params={"charset": "utf-8"})
    packed = told.content(_RTF)
    if packed and not lines[0].strip() and not html:
        _attach(mail, unpack_rtf(packed), "application", "rtf", filename="正文.rtf")


def _attach(mail: EmailMessage, content: bytes, kind: str, subkind: str, **told: Any) -> None:
    part = EmailMessage()
    part.set_content(content, kind, subkind, **told)
    mail.attach(part)


def _add_attached(mail: EmailMessage, told: Properties, left_out: list[str], depth: int) -> None:
    name = told.text(_LONG_NAME) or told.text(_SHORT_NAME) or told.text(_NAME)
    name = "".join(sign for sign in name if sign.isprintable())
    content = told.content(_CONTENT)
    if content:
        _attach(
            mail, content, "application", "octet-stream",
            disposition="attachment", filename=name or None,
        )  # fmt: skip
        return
    within = told.inner() if depth else None
    if within is not None:
        part = EmailMessage()
        part.set_content(_mail(within, left_out, depth - 1), filename=f"{name or '邮件'}.eml")
        mail.attach(part)
    else:
        left_out.append(name)


def code_of(page: int) -> str:
    """What a code page of Windows is called here; empty where nothing is called so."""
    name = _CODES.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name if page else ""
    except LookupError:
        return ""
