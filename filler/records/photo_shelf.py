"""Photos of forms, kept by their content: a form names one as `photo:…:1200x900`."""

import datetime as dt
import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from filler.errors import RenderError
from filler.form.form_data import Answers
from filler.form.forms import FormSpec
from filler.form.photo_names import NamedPhoto, named_photo
from minzheng.county.errors import Problem
from minzheng.county.registry.standards import Limits
from minzheng.external.files.whole_file import write_whole
from minzheng.external.photos import BadPhotoError, PhotoLimits, read_photo

_UTF8_NAMES = 0x800
_MIB, _TEN_THOUSAND = 1 << 20, 10_000
#: Finds the file a photo's name stands for; None: there is none.
OpenPhoto = Callable[[str], bytes | None]


class PhotoShelf(Protocol):
    """Keeps photos by their content."""

    def put(self, sha256: str, data: bytes) -> None:
        """Keep a photo."""
        ...

    def has(self, sha256: str) -> bool:
        """Whether a photo is kept."""
        ...

    def get(self, sha256: str) -> bytes:
        """A kept photo.

        Raises:
            RenderError: it is not there.
        """
        ...


@dataclass(frozen=True, slots=True)
class PhotoFolder:
    """Photos as files named by their hash."""

    folder: Path

    def put(self, sha256: str, data: bytes) -> None:
        """Write the photo once, whole."""
        file = self._file(sha256)
        if file.exists():
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, data, is_forced=True)

    def has(self, sha256: str) -> bool:
        """Whether its file is there."""
        return self._file(sha256).is_file()

    def get(self, sha256: str) -> bytes:
        """The photo.

        Raises:
            RenderError: it is not there.
        """
        try:
            return self._file(sha256).read_bytes()
        except FileNotFoundError as error:
            raise RenderError("照片找不到了，没有出具。请重新放入照片。") from error

    def drop(self, sha256: str) -> None:
        """Delete the photo."""
        self._file(sha256).unlink(missing_ok=True)

    def _file(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}.jpg"


@dataclass
class MemoryPhotos:
    """Photos in memory: for tests and trials."""

    photos: dict[str, bytes] = field(default_factory=dict)

    def put(self, sha256: str, data: bytes) -> None:
        """Keep a photo."""
        self.photos[sha256] = data

    def has(self, sha256: str) -> bool:
        """Whether it was put there."""
        return sha256 in self.photos

    def get(self, sha256: str) -> bytes:
        """The photo.

        Raises:
            RenderError: it is not there.
        """
        if sha256 not in self.photos:
            raise RenderError("照片找不到了，没有出具。请重新放入照片。")
        return self.photos[sha256]


@dataclass(frozen=True, slots=True)
class PhotoDesk:
    """Where a batch's photos come from and where they go."""

    find: OpenPhoto
    shelf: PhotoShelf


def photos_of_folder(folder: Path, *, is_anywhere: bool = False) -> OpenPhoto:
    """Photos by file name in a folder; names lead out of it only when they may."""

    def find(name: str) -> bytes | None:
        file = folder / Path(name.replace("\\", "/"))
        is_open = is_anywhere or file.resolve().is_relative_to(folder.resolve())
        return file.read_bytes() if is_open and file.is_file() else None

    return find


def photos_of_zip(file: Path, most: int = PhotoLimits().most_bytes) -> OpenPhoto:
    """Photos by file name in a ZIP, in whatever folder of it they lie."""

    def find(name: str) -> bytes | None:
        with zipfile.ZipFile(file) as archive:
            wanted = Path(name.replace("\\", "/")).name
            for info in archive.infolist():
                if Path(_real_name(info)).name == wanted and info.file_size <= 2 * most:
                    return archive.read(info)
        return None

    return find


def _real_name(info: zipfile.ZipInfo) -> str:
    """Chinese names that Windows packed without saying in which code."""
    if info.flag_bits & _UTF8_NAMES:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def take_photo(data: bytes, shelf: PhotoShelf, limits: PhotoLimits) -> str:
    """Put a photo on the shelf; its name.

    Raises:
        BadPhotoError: it cannot be used.
    """
    photo = read_photo(data, limits)
    sha256 = hashlib.sha256(photo.data).hexdigest()
    shelf.put(sha256, photo.data)
    return str(NamedPhoto(sha256, photo.width, photo.height))


def take_photos(
    spec: FormSpec, answers: Answers, find: OpenPhoto, shelf: PhotoShelf, limits: PhotoLimits
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Answers with names of photos in place of their files; what cannot be used is a problem."""
    taken, problems = dict(answers), []
    for one in spec.fields:
        keys = [key for key in (one.slug, one.label) if key in answers]
        if one.type != "photo" or not keys:
            continue
        name = str(answers[keys[0]]).strip()
        if not name or named_photo(name):
            continue
        data = find(name)
        if data is None:
            what, do = f"找不到照片“{name}”", "核对文件名，把照片放进照片文件夹"
            problems.append(Problem(one.label, what, do, one.slug))
            continue
        try:
            taken[keys[0]] = take_photo(data, shelf, limits)
        except BadPhotoError as error:
            problems.append(Problem(one.label, f"“{name}”{error.what}", error.do, one.slug))
    return taken, tuple(problems)


def photo_limits(limits: Limits, day: dt.date) -> PhotoLimits:
    """The county's limits of photos; the built-in ones where the registry has none."""
    own = PhotoLimits()
    most, pixels, side = (
        limits.on(name, day) for name in ("照片文件（MB）", "照片像素（万）", "照片长边（像素）")
    )
    return PhotoLimits(
        int(most * _MIB) if most else own.most_bytes,
        int(pixels * _TEN_THOUSAND) if pixels else own.most_pixels,
        int(side) if side else own.longest_side,
    )
