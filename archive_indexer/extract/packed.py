"""Packed files and mails: every file inside is read as if it lay in the archive itself."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_binary_file, policy
from email.message import EmailMessage
from mimetypes import guess_extension
from pathlib import Path, PurePosixPath

from archive_indexer.disk.file_names import MOST_NAME_BYTES, is_longer
from archive_indexer.documents import ExtractedPage, Extraction, Member
from archive_indexer.extract.kind import find_kind
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.mail_text import (
    is_letter,
    leaves,
    letter_text,
    name_of_attached,
    written_in,
)
from archive_indexer.extract.plain_text import split_pages
from archive_indexer.extract.rare import outlook, tnef
from archive_indexer.extract.rare.self_unpacking import without_program
from minzheng.external.files.unpack import PackedError, Unpacked, unpack

Read = Callable[[Path, Limits], Extraction]
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_MOST_LISTED = 1000
_LONGEST_SUFFIX = 12
#: Mails that Outlook writes in ways of its own.
_OF_OUTLOOK = {"msg": outlook.read_outlook, "tnef": tnef.read_tnef}
#: What a packed file is called that is no 压缩包.
_CALLED = {"mbox": "邮箱文件", "iso": "光盘映像"}
#: Kinds whose files are counted and not told one by one.
_WORDLESS = frozenset({"wordless", "unknown"})


def read_packed(file: Path, limits: Limits, kind: str, read: Read) -> Extraction:
    """A page that lists what is inside, and every file inside."""
    with _unpacked(file, limits, kind) as unpacked:
        if not unpacked:
            raise UnreadableError("压缩包是空的或已损坏。请重新复制，或解压后放回原处")
        found = _read_members(unpacked, replace(limits, depth=limits.depth - 1), read)
        members, counted = _without_counted(found)
        page = replace(_list_page(found, kind), unread=counted)
        return Extraction(kind, (page,), members=members)


def read_mail(file: Path, limits: Limits, kind: str, read: Read) -> Extraction:
    """Who wrote what to whom and when; the files attached are its members."""
    mail, unread = _mail_in(file, kind)
    parts = split_pages(letter_text(mail)[: limits.max_characters])
    letter = [ExtractedPage(number, part) for number, part in enumerate(parts, start=1)]
    with tempfile.TemporaryDirectory(prefix="minzheng-mail-") as folder:
        attached = list(_attachments(mail, Path(folder)))
        found = _read_members(attached, replace(limits, depth=limits.depth - 1), read)
    members, counted = _without_counted(found)
    letter[0] = replace(letter[0], unread=(*counted, *unread))
    return Extraction(kind, tuple(letter), members=members)


def _mail_in(file: Path, kind: str) -> tuple[EmailMessage, tuple[str, ...]]:
    """A mail as everybody or as Outlook writes it, and what of it nothing here reads."""
    if kind in _OF_OUTLOOK:
        return _OF_OUTLOOK[kind](file)
    with file.open("rb") as stream:
        return message_from_binary_file(stream, policy=policy.default), ()


@contextmanager
def member_of(file: Path, steps: Iterable[int]) -> Iterator[Path]:
    """One file from inside a packed file or mail, taken out for a while.

    Args:
        file: the packed file.
        steps: the member's number, from 0, in each packed file on the way to it.

    Raises:
        UnreadableError, LookupError: it is not there any more.
    """
    with tempfile.TemporaryDirectory(prefix="minzheng-member-") as folder:
        for depth, number in enumerate(steps):
            inside = Path(folder) / str(depth)
            inside.mkdir()
            file = _take_out(file, number, inside)
        yield file


def _take_out(file: Path, number: int, folder: Path) -> Path:
    with file.open("rb") as stream:
        kind = find_kind(stream.read(4096), file)
    if kind.family == "mail":
        mail, _ = _mail_in(file, kind.name)
        taken = list(_attachments(mail, folder))
    else:
        try:
            with without_program(file) as alone:
                taken = unpack(alone, kind.name, folder, only=number)
        except (PackedError, KeyError) as error:
            raise UnreadableError from error
    return {int(one.file.name): one.file for one in taken}[number]


@contextmanager
def _unpacked(file: Path, limits: Limits, kind: str) -> Iterator[list[Unpacked]]:
    if limits.depth <= 0:
        raise UnreadableError("压缩包套得太深，只登记、不识别。请解压后放回原处")
    with tempfile.TemporaryDirectory(prefix="minzheng-unpack-") as folder:
        try:
            with without_program(file) as alone:
                unpacked = unpack(alone, kind, Path(folder))
        except PackedError as error:
            raise UnreadableError(str(error).rstrip("。")) from error
        yield unpacked


def _read_members(unpacked: Iterable[Unpacked], limits: Limits, read: Read) -> tuple[Member, ...]:
    """Every file inside, then the files inside it; no two have one name."""
    found: dict[str, Member] = {}
    for one in unpacked:
        if any(word in one.name for word in _IGNORED):
            continue
        for member in _with_inner(one, limits, read):
            name = _unused(member.name, found)
            found[name] = replace(member, name=name)
    return tuple(found.values())


def _without_counted(
    members: tuple[Member, ...],
) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    """The files with words in them; of sounds, programs and what nobody knows only the number."""
    counted = Counter(_ending(one.name) for one in members if one.extraction.kind in _WORDLESS)
    kept = tuple(one for one in members if one.extraction.kind not in _WORDLESS)
    if not counted:
        return kept, ()
    endings = "、".join(f"{ending} {number}" for ending, number in counted.most_common(6))
    return kept, (f"含 {counted.total()} 个没有文字或认不出的文件（{endings}），未识别",)


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower() or "无扩展名"


def _with_inner(one: Unpacked, limits: Limits, read: Read) -> Iterator[Member]:
    name = _clean_name(one.name)
    number = int(one.file.name)
    with one.file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    size = one.file.stat().st_size
    # readers look at the ending where the content does not tell
    named = one.file.rename(one.file.with_name(f"{one.file.name}{_short_suffix(name)}"))
    extraction = _read_as_wanted(named, digest, limits, read)
    yield Member(name, (number,), digest, size, replace(extraction, members=()))
    for inner in extraction.members:
        joined = _shortened(f"{name}!/{inner.name}")
        yield replace(inner, name=joined, steps=(number, *inner.steps))


def _read_as_wanted(file: Path, digest: str, limits: Limits, read: Read) -> Extraction:
    if digest not in limits.manner.as_sent_inside:
        return read(file, limits)
    as_sent = replace(limits, manner=replace(limits.manner, is_as_sent=True))
    return replace(read(file, as_sent), is_as_sent=True)


def _clean_name(name: str) -> str:
    """A name inside as a path that leads nowhere else."""
    parts = (part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    clean = "/".join("".join(c if c.isprintable() else "_" for c in part) for part in parts)
    return _shortened(clean or "未命名")


def _shortened(name: str) -> str:
    """A name that a database takes; of a longer one the beginning, and what tells it apart."""
    if not is_longer(name, MOST_NAME_BYTES):
        return name
    told = f"…{hashlib.blake2b(name.encode(), digest_size=8).hexdigest()}{_short_suffix(name)}"
    kept = name.encode()[: MOST_NAME_BYTES - len(told.encode())]
    return kept.decode(errors="ignore") + told


def _short_suffix(name: str) -> str:
    """An ending; what follows the dot in “1.关于……的通知” is none."""
    suffix = PurePosixPath(name).suffix
    return suffix if len(suffix) <= _LONGEST_SUFFIX else ""


def _unused(name: str, taken: Iterable[str]) -> str:
    path, number = PurePosixPath(name), 1
    while name in taken:
        number += 1
        name = str(path.with_name(f"{path.stem}（{number}）{path.suffix}"))
    return name


def _list_page(members: tuple[Member, ...], kind: str) -> ExtractedPage:
    lines = [
        f"{_CALLED.get(kind, '压缩包')}内共 {len(members)} 个文件",
        *(one.name for one in members[:_MOST_LISTED]),
    ]
    return ExtractedPage(1, "\n".join(lines))


def _attachments(mail: EmailMessage, folder: Path) -> Iterator[Unpacked]:
    """Everything in a mail but the letter itself: also pictures within it, and other mails."""
    attached = [part for part in leaves(mail) if not is_letter(part)]
    files = (
        (name_of_attached(part) or _name_of(part, number), _content(part))
        for number, part in enumerate(attached)
    )
    for number, (name, content) in enumerate((*files, *written_in(mail))):
        if content:
            file = folder / f"{number:05d}"
            file.write_bytes(content)
            yield Unpacked(name, file)


def _content(part: EmailMessage) -> bytes:
    if part.get_content_maintype() == "message":
        inner = part.get_payload()
        # a report about several addressees is a mail without a letter for each
        whole = (
            [one for one in inner if isinstance(one, EmailMessage)]
            if isinstance(inner, list)
            else []
        )
        return b"\n".join(one.as_bytes() for one in whole)
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _name_of(part: EmailMessage, number: int) -> str:
    kind = part.get_content_type()
    ending = ".eml" if kind == "message/rfc822" else guess_extension(kind) or ""
    return f"附件{number + 1}{ending}"
