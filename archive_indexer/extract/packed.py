"""Packed files and mails: every file inside is read as if it lay in the archive itself."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from email import message_from_binary_file, policy
from email.message import EmailMessage
from pathlib import Path, PurePosixPath

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.markup import html_text
from archive_indexer.extract.plain_text import split_pages
from external.unpack import PackedError, Unpacked, unpack

Read = Callable[[Path, Limits], Extraction]
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def read_packed(file: Path, limits: Limits, kind: str, read: Read) -> Extraction:
    """The pages of all files inside, each with the name of its file."""
    if limits.depth <= 0:
        raise UnreadableError("压缩包套得太深，只登记、不识别。请解压后放回原处")
    with tempfile.TemporaryDirectory(prefix="minzheng-unpack-") as folder:
        try:
            members = unpack(file, kind, Path(folder))
        except PackedError as error:
            raise UnreadableError(str(error).rstrip("。")) from error
        if not members:
            raise UnreadableError("压缩包是空的或已损坏。请重新复制，或解压后放回原处")
        inner = replace(limits, depth=limits.depth - 1)
        return Extraction(kind, _numbered(_pages_of(members, inner, read)))


def read_mail(file: Path, limits: Limits, read: Read) -> Extraction:
    """Who wrote what to whom and when, then the files attached."""
    with file.open("rb") as stream:
        mail = message_from_binary_file(stream, policy=policy.default)
    parts = split_pages(_letter(mail)[: limits.max_characters])
    letter = (ExtractedPage(number, part) for number, part in enumerate(parts, start=1))
    with tempfile.TemporaryDirectory(prefix="minzheng-mail-") as folder:
        attached = list(_attachments(mail, Path(folder)))
        inner = replace(limits, depth=limits.depth - 1)
        return Extraction("eml", _numbered((*letter, *_pages_of(attached, inner, read))))


def _pages_of(members: Iterable[Unpacked], limits: Limits, read: Read) -> Iterator[ExtractedPage]:
    """Pages of each file; a file that cannot be read is named all the same."""
    for member in members:
        if any(word in member.name for word in _IGNORED):
            continue
        named = member.file.with_name(f"{member.file.name}{PurePosixPath(member.name).suffix}")
        member.file.rename(named)
        extraction = read(named, limits)
        for page in extraction.pages:
            yield replace(page, inside=_join(member.name, page.inside))
        if not extraction.pages:
            yield ExtractedPage(1, "", origin="unread", confidence=0.0, inside=member.name)


def _numbered(pages: Iterable[ExtractedPage]) -> tuple[ExtractedPage, ...]:
    """Pages of many files are numbered through, as pages of the packed one."""
    return tuple(replace(page, number=number) for number, page in enumerate(pages, start=1))


def _join(outer: str, inner: str) -> str:
    return f"{outer}!/{inner}" if inner else outer


def _letter(mail: EmailMessage) -> str:
    heads = (("主题", "subject"), ("发件人", "from"), ("收件人", "to"), ("日期", "date"))
    lines = [f"{label}：{mail[name]}" for label, name in heads if mail[name]]
    body = mail.get_body(("plain", "html"))
    if body is not None:
        text = body.get_content()
        lines.append(html_text(text) if body.get_content_subtype() == "html" else text)
    return "\n".join(lines)


def _attachments(mail: EmailMessage, folder: Path) -> Iterator[Unpacked]:
    for number, part in enumerate(mail.iter_attachments()):
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            file = folder / f"{number:05d}"
            file.write_bytes(content)
            yield Unpacked(part.get_filename() or f"附件{number + 1}", file)
