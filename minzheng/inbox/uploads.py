"""Scans sent from a page, piece by piece: a broken line goes on where it broke off.

What has come waits in a folder of the program's own; whole, the scan comes into the inbox as
if somebody had dropped it there, byte for byte as it was sent.
"""

import datetime as dt
import hashlib
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from archive_indexer.disk.file_names import as_key, disk_path
from minzheng.county.errors import Problem
from minzheng.external.files.file_rights import make_shared_folder, share_as_its_folder
from minzheng.external.files.whole_file import PART, force_folder, whole_file
from minzheng.inbox import inbox_folder
from minzheng.inbox.models import Upload

#: What a scan may be called; what it is, is asked of its bytes when they have come.
ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".heif")
MOST_OPEN = 60  #: scans somebody has begun to send and not ended
_ROOM_BYTES = 200 << 20  #: what has to stay free on the disk
_KEPT_HOURS = 24  #: what was not sent to its end is deleted then
_NOTED_DAYS = 7  #: what was said of one that came is remembered, if nobody could read it
_TOKEN = re.compile(r"[0-9a-f]{32}")
_UNNAMED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Offer:
    """A scan somebody wants to send, and what is said of it."""

    by: str
    name: str
    size: int
    town: str = ""
    village: str = ""
    stamp: str = ""
    bundle: str = ""
    position: int = 0
    bundle_size: int = 0
    issued: int | None = None
    case_no: str = ""
    form_id: str = ""
    is_as_sent: bool = False


@dataclass(frozen=True, slots=True)
class Yard:
    """Where scans wait until they have come as a whole, and where they go then."""

    waiting: Path
    inbox: Path
    most_bytes: int

    def part_of(self, upload: Upload) -> Path:
        """What has come so far."""
        return self.waiting / f"{upload.token}{PART}"

    def has_come(self, upload: Upload) -> int:
        """How many bytes of it are here."""
        if upload.path:
            return upload.size
        try:
            return self.part_of(upload).stat().st_size
        except FileNotFoundError:
            return 0


def yard_of(data_folder: Path, inbox: Path, most_mb: int) -> Yard:
    """The yard of an office."""
    return Yard(data_folder / "uploads", inbox, most_mb << 20)


def why_not(offer: Offer, yard: Yard) -> Problem | None:
    """Why a scan is not taken, before a byte of it was sent."""
    where = f"“{offer.name[:40]}”"
    if PurePosixPath(offer.name.lower()).suffix not in ENDINGS:
        return Problem(where, "不是扫描件", "只收 PDF 和图片（JPG、PNG、TIFF、BMP、WebP、HEIC）")
    if not 0 < offer.size <= yard.most_bytes:
        what = f"有 {_megabytes(offer.size)} MB，超过 {yard.most_bytes >> 20} MB"
        what = what if offer.size > 0 else "是空文件"
        return Problem(where, what, "拆成几份，或以 300 dpi 重新扫描")
    if not yard.inbox.is_dir():
        return Problem("收件箱", "文件夹现在读不到", "请管理员检查网络盘，恢复后再传")
    for folder in (yard.waiting, yard.inbox):
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < offer.size + _ROOM_BYTES:
            return Problem("磁盘", "剩余空间放不下", "请管理员腾出空间后再传")
    begun = Upload.objects.filter(by=offer.by, path="").count()
    if begun >= MOST_OPEN:
        return Problem("上传", f"已有 {begun} 份没有传完", "先传完它们，或明天再传")
    return None


def begin(offer: Offer, now: dt.datetime) -> Upload:
    """Note a scan that will come; the same one sent before goes on where it broke off."""
    same = Upload.objects.filter(
        by=offer.by, name=offer.name[:255], size=offer.size, stamp=offer.stamp[:40], path="",
        town=offer.town, village=offer.village, issued=offer.issued, case_no=offer.case_no,
    ).exclude(stamp="")  # fmt: skip
    upload = same.first() or Upload(token=secrets.token_hex(16), begun_at=now)
    for part in (
        "by", "size", "town", "village", "bundle", "position", "bundle_size", "issued", "case_no",
        "form_id", "is_as_sent",
    ):  # fmt: skip
        setattr(upload, part, getattr(offer, part))
    upload.name, upload.stamp = offer.name[:255], offer.stamp[:40]
    upload.save()
    return upload


def is_as_sent(sha256: str) -> bool:
    """Whether the sender of a photo chose to have it read as it is."""
    return Upload.objects.filter(sha256=sha256, is_as_sent=True).exclude(sha256="").exists()


def upload_of(by: str, token: str) -> Upload | None:
    """A scan that somebody sends; nobody else's."""
    if not _TOKEN.fullmatch(token):
        return None
    return Upload.objects.filter(by=by, token=token).first()


def append(upload: Upload, yard: Yard, offset: int, data: bytes) -> int:
    """Take a piece that begins where the last one ended; how much has come.

    A piece that begins elsewhere changes nothing: its sender goes on from what is given back.
    """
    come = yard.has_come(upload)
    if upload.path or offset != come or come + len(data) > upload.size:
        return come
    yard.waiting.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(yard.part_of(upload), flags, 0o600), "ab") as stream:
        if stream.tell() == come:
            stream.write(data)
    return yard.has_come(upload)


def finish(upload: Upload, yard: Yard, day: str) -> Problem | None:
    """Lay a scan that has come as a whole into the inbox; or say why not, and forget it.

    Raises:
        OSError: the inbox cannot be written; what has come stays.
    """
    part = yard.part_of(upload)
    reason = inbox_folder.reason_to_ignore(part)
    if reason:
        drop(upload, yard)
        return Problem(f"“{upload.name[:40]}”", reason, "换一份再传")
    path = _free_path(yard.inbox, upload, day)
    place = disk_path(yard.inbox, path)
    make_shared_folder(place.parent)
    digest = hashlib.sha256()
    with part.open("rb") as source, whole_file(place, is_forced=True) as target:
        while piece := source.read(1 << 20):
            digest.update(piece)
            target.write(piece)
    share_as_its_folder(place)
    force_folder(place.parent)
    upload.path, upload.sha256 = path, digest.hexdigest()
    upload.save(update_fields=["path", "sha256"])
    part.unlink(missing_ok=True)
    return None


def drop(upload: Upload, yard: Yard) -> None:
    """Forget a scan that was not sent to its end."""
    yard.part_of(upload).unlink(missing_ok=True)
    upload.delete()


def remove_broken_off(yard: Yard, now: dt.datetime) -> int:
    """Delete what was begun and never ended, and notes of what came long ago."""
    before = now - dt.timedelta(hours=_KEPT_HOURS)
    old = list(Upload.objects.filter(begun_at__lt=before, path=""))
    for one in old:
        drop(one, yard)
    long_ago = now - dt.timedelta(days=_NOTED_DAYS)
    Upload.objects.filter(begun_at__lt=long_ago).delete()
    known = set(Upload.objects.values_list("token", flat=True))
    for stray in yard.waiting.glob(f"*{PART}"):
        if stray.stem not in known and _TOKEN.fullmatch(stray.stem):
            stray.unlink(missing_ok=True)
    return len(old)


def _free_path(inbox: Path, upload: Upload, day: str) -> str:
    """In the village's folder, by day, under its own name; numbered where that is taken."""
    folder = "/".join(filter(None, (upload.town, upload.village, inbox_folder.UPLOADED, day)))
    name = _UNNAMED.sub("_", as_key(upload.name)).strip(" .") or "扫描件.pdf"
    stem, ending = name[: name.rindex(".")], name[name.rindex(".") :]
    stem = f"{upload.bundle[:6]}-{upload.position:02d}_{stem}" if upload.bundle else stem
    stem = stem.lstrip(".~$")[:_LONGEST_NAME] or "扫描件"
    path, number = f"{folder}/{stem}{ending}", 1
    while os.path.lexists(disk_path(inbox, path)):
        number += 1
        path = f"{folder}/{stem}({number}){ending}"
    return path


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.0f}"
