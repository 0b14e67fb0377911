"""What a mail says: who wrote to whom, and the letter, in whatever code its program wrote them.

Old programs here write GBK and say nothing of it, or call it GB2312 where signs beyond that
stand; some cut a sign in two between two encoded words.
"""

import binascii
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage

from archive_indexer.extract.markup import html_text
from archive_indexer.extract.plain_text import common_share, decode

_HEADS = (
    ("主题", "subject"), ("发件人", "from"), ("收件人", "to"), ("抄送", "cc"), ("密送", "bcc"),
    ("回复至", "reply-to"), ("日期", "date"),
)  # fmt: skip
_FOLD = re.compile(r"\r?\n(?=[ \t])")
#: Codes that hold fewer signs than are written under their names.
_WIDER = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "cp936": "gb18030",
    "x-gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949", "shift_jis": "cp932",
}  # fmt: skip
#: What programs say that know no other code.
_SAYS_NOTHING = frozenset({
    "", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "8bit", "unknown-8bit",
    "x-unknown", "binary", "default",
})  # fmt: skip
_LEAST_COMMON = 0.9  #: of the signs of a guessed text
_MOST_LOST = 0.05  #: of a text in the code that it names
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_LOST = "\ufffd"
#: A file that old programs wrote into the letter itself, in lines of letters.
_WRITTEN_IN = re.compile(
    r"^begin [0-7]{3,4} ([^\r\n]+)\r?\n((?:[ -`]{1,64}\r?\n)+?)[ `]?(?:\r?\n)?end[ \t]*\r?$",
    re.MULTILINE,
)
_NAME = re.compile(r'(?:file)?name\s*=\s*"?([^";]+)', re.IGNORECASE)


def letter_text(mail: EmailMessage) -> str:
    """The heads and the letter."""
    lines = [f"{label}：{said}" for label, name in _HEADS if (said := head_of(mail, name))]
    told: dict[str, None] = {}
    for part in _texts(mail):
        text = _text_of(part)
        is_html = part.get_content_subtype() == "html"
        text = html_text(text) if is_html else _WRITTEN_IN.sub(r"附件：\1", text)
        # A letter comes as plain text and again as HTML: what both say is told once.
        for line in text.splitlines():
            if "".join(line.split()) not in told:
                lines.append(line)
        told |= dict.fromkeys("".join(line.split()) for line in text.splitlines())
    return "\n".join(lines)


def leaves(mail: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold no others; a mail in a mail is one of them."""
    if mail.is_multipart() and mail.get_content_maintype() == "multipart":
        for part in mail.iter_parts():
            if isinstance(part, EmailMessage):
                yield from leaves(part)
    else:
        yield mail


def is_letter(part: EmailMessage) -> bool:
    """Whether a part is the letter itself."""
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return is_text and not part.is_attachment() and not part.get_filename()


def written_in(mail: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Name and content of the files that stand in the letter itself, coded by uuencode."""
    for part in _texts(mail):
        for name, lines in _WRITTEN_IN.findall(_text_of(part)):
            try:
                content = b"".join(map(_line_of_file, lines.splitlines()))
            except binascii.Error:
                continue
            yield name.strip(), content


def _line_of_file(line: str) -> bytes:
    """One line decoded, also where its program filled it up otherwise than is usual."""
    count = (ord(line[0]) - 32) & 63
    return binascii.a2b_uu(line[: 1 + (count + 2) // 3 * 4].encode())


def head_of(mail: EmailMessage, name: str) -> str:
    """A line of the head as its writer saw it."""
    said = next((str(value) for key, value in mail.raw_items() if key.lower() == name), "")
    said = _FOLD.sub("", said).strip()
    if not said.isascii():
        said = decode(said.encode("utf-8", "surrogateescape"))
    try:
        pieces = decode_header(said)
    except HeaderParseError:
        return said
    return " ".join("".join(_piece(*piece) for piece in pieces).split())


def name_of_attached(part: EmailMessage) -> str:
    """What an attached file is called; empty where nothing tells."""
    name = part.get_filename() or ""
    if _LOST not in name and name.isprintable() and not re.search("[\ud800-\udfff]", name):
        return name
    for head in ("content-disposition", "content-type"):
        found = _NAME.search(head_of(part, head))
        if found:
            return found[1].strip()
    return name


def decode_as(content: bytes, code: str) -> str:
    """Bytes in the code that is named; in another where that cannot be."""
    named = code.lower().strip()
    if named in _SAYS_NOTHING:
        guessed = decode(content)
        is_latin = not content.isascii() and common_share(guessed) < _LEAST_COMMON
        return content.decode("cp1252", errors="replace") if is_latin else guessed
    try:
        text = content.decode(_WIDER.get(named, named), errors="replace")
    except LookupError:  # a code that nobody knows
        return decode(content)
    return text if text.count(_LOST) <= _MOST_LOST * len(text) else decode(content)


def _piece(said: bytes | str, code: str | None) -> str:
    if isinstance(said, str):
        return said
    # what stands between encoded words comes as this library writes it down
    return decode_as(said, code) if code else said.decode("raw-unicode-escape", errors="replace")


def _texts(mail: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that are the letter itself, plain text before HTML."""
    parts = [part for part in leaves(mail) if is_letter(part)]
    yield from sorted(parts, key=lambda part: part.get_content_subtype() == "html")


def _text_of(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    code = part.get_content_charset("")
    if not code and (said := _META.search(content)):
        code = said[1].decode()
    return decode_as(content, code)
