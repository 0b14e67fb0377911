"""Photos and annexes of forms, kept by their content: a form names them by their hash."""

import datetime as dt
import hashlib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from filler.errors import RenderError
from filler.form.form_data import Answers
from filler.form.forms import Field, FormSpec
from filler.form.photo_names import NamedPhoto, named
from minzheng.county.errors import Problem
from minzheng.county.registry.standards import Limits
from minzheng.external.files.whole_file import write_whole
from minzheng.external.photos import BadPhotoError, PhotoLimits, read_photo

_UTF8_NAMES = 0x800
_ZIPPED = b"PK"  #: a Word file begins so
_GONE = "照片、附件找不到了，没有出具。请重新放入。"
_MIB, _TEN_THOUSAND = 1 << 20, 10_000
#: Finds the file a photo's name stands for; None: there is none.
OpenPhoto = Callable[[str], bytes | None]
#: Takes a file in, by name and bytes, and gives its name; raises BadPhotoError.
TakeFile = Callable[[str, bytes], str]


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
        if self.has(sha256):
            return
        file = self._file(sha256, ".docx" if data.startswith(_ZIPPED) else ".jpg")
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, data, is_forced=True)

    def has(self, sha256: str) -> bool:
        """Whether its file is there."""
        return self._kept(sha256).is_file()

    def get(self, sha256: str) -> bytes:
        """The photo.

        Raises:
            RenderError: it is not there.
        """
        try:
            return self._kept(sha256).read_bytes()
        except FileNotFoundError as error:
            raise RenderError(_GONE) from error

    def drop(self, sha256: str) -> None:
        """Delete the photo."""
        self._kept(sha256).unlink(missing_ok=True)

    def _kept(self, sha256: str) -> Path:
        photo = self._file(sha256, ".jpg")
        return photo if photo.exists() else self._file(sha256, ".docx")

    def _file(self, sha256: str, ending: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}{ending}"


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
            raise RenderError(_GONE)
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
    return take_files(
        "photo", spec, answers, find, lambda name, data: take_photo(data, shelf, limits)
    )


def take_files(
    kind: str, spec: FormSpec, answers: Answers, find: OpenPhoto, take: TakeFile
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Answers with names of what was taken in, in place of files, in rows too.

    Args:
        kind: photo or annex: the type of the fields whose files are taken.
        spec: the form.
        answers: as they came.
        find: opens a file by its name.
        take: takes one in, and names it.
    """
    taker = _Taker(kind, find, take)
    taken = taker.row(spec.fields, answers, "", "")
    for table, key in _given("rows", spec.fields, answers):
        if isinstance(answers[key], list) and any(one.type == kind for one in table.columns):
            taken[key] = [
                taker.row(table.columns, row, f"{table.label}第 {number + 1} 行",
                          f"{table.slug}[{number}].") if isinstance(row, Mapping) else row
                for number, row in enumerate(answers[key])
            ]  # fmt: skip
    return taken, tuple(taker.problems)


def _given(
    kind: str, fields: tuple[Field, ...], answers: Mapping[str, Any]
) -> Iterator[tuple[Field, str]]:
    """Fields of a type that were answered, under their slug or their label."""
    for one in fields:
        keys = [key for key in (one.slug, one.label) if key in answers]
        if one.type == kind and keys:
            yield one, keys[0]


@dataclass
class _Taker:
    """Takes the files of one type in; what it cannot use is a problem."""

    kind: str
    find: OpenPhoto
    take: TakeFile
    problems: list[Problem] = field(default_factory=list)

    def row(
        self, fields: tuple[Field, ...], answers: Mapping[str, Any], where: str, prefix: str
    ) -> dict[str, Any]:
        """The answers of a form, or of a row, with what was taken in."""
        taken = dict(answers)
        for one, key in _given(self.kind, fields, answers):
            name = str(answers[key]).strip()
            if name and not named(name):
                place = (where + one.label, prefix + one.slug)
                taken[key] = self._taken(name, *place) or answers[key]
        return taken

    def _taken(self, name: str, where: str, address: str) -> str:
        word = "照片" if self.kind == "photo" else "附件"
        data = self.find(name)
        if data is None:
            do = f"核对文件名，把{word}放进{word}文件夹"
            self.problems.append(Problem(where, f"找不到{word}“{name}”", do, address))
            return ""
        try:
            return self.take(name, data)
        except BadPhotoError as error:
            self.problems.append(Problem(where, f"“{name}”{error.what}", error.do, address))
            return ""


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
