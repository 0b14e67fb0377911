"""A Word file as its parts: which there are, of what kind, and what each is related to."""

import hashlib
import posixpath
import zipfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from lxml import etree

from filler.word.joining.framed_body import FRAMED, without_own_number
from filler.word.joining.packed_parts import Held, HeldZip, open_held, packed_bytes, unpacked_bytes

TYPES = "[Content_Types].xml"
_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_DOCUMENT = "/officeDocument"
_NO_XML = b"<none/>"


class Related(NamedTuple):
    """What a relation leads to: a part of the package, or an address outside."""

    kind: str
    target: str
    is_outside: bool = False

    @property
    def name(self) -> str:
        """The end of the kind: footer, image, hyperlink."""
        return self.kind.rsplit("/", 1)[-1]


class KeptFile(NamedTuple):
    """A Word file, and the sum by which it is known to be what was issued."""

    docx: bytes
    sha256: str = ""


@dataclass(frozen=True)
class RecordPackage:
    """The parts of one document."""

    archive: zipfile.ZipFile | HeldZip
    docx: bytes = b""  #: the file itself, where it is held in memory
    sha256: str = ""  #: of the file as it was issued, where that is known

    @classmethod
    def open(cls, docx: bytes, sha256: str = "") -> "RecordPackage":
        """Read the directory of a Word file; `sha256` is its sum as it was kept."""
        return cls(open_held(docx), docx, sha256)

    @property
    def is_as_issued(self) -> bool:
        """Whether the file is to the byte what was issued."""
        return bool(self.sha256) and hashlib.sha256(self.docx).hexdigest() == self.sha256

    @cached_property
    def names(self) -> frozenset[str]:
        """All parts."""
        return frozenset(self.archive.namelist())

    @cached_property
    def document(self) -> str:
        """The part that holds the body."""
        found = self.relations("").values()
        return next(one.target for one in found if one.kind.endswith(_DOCUMENT))

    def read(self, part: str) -> bytes:
        """A part's bytes."""
        info = self.archive.getinfo(part)
        packed = packed_bytes(self.docx, info) if self.docx else None
        data = unpacked_bytes(packed, info)
        if data is None or packed is None:
            return self.archive.read(part)
        return without_own_number(data) if packed.startswith(FRAMED) else data

    def framed(self, part: str) -> tuple[bytes, zipfile.ZipInfo | Held] | None:
        """A part as it is packed, and what is said of it; None: a run has to change it."""
        info = self.archive.getinfo(part)
        packed = packed_bytes(self.docx, info) if self.docx else None
        return (packed, info) if packed and packed.startswith(FRAMED) else None

    def checksum(self, part: str) -> int:
        """Tells whether a part is the same in two packages; 0 when it is not there."""
        return self.archive.getinfo(part).CRC if part in self.names else 0

    def relations(self, part: str) -> dict[str, Related]:
        """What a part is related to, by id; of the package itself for an empty name."""
        file = relations_of(part)
        return relations_told(self.read(file), part) if file in self.names else {}

    def content_type(self, part: str) -> str:
        """What a part is said to be by name; empty when only its ending says so."""
        return self._types.get(f"/{part}", "")

    @cached_property
    def _types(self) -> Mapping[str, str]:
        root = etree.fromstring(self.read(TYPES))
        return {
            one.get("PartName", ""): one.get("ContentType", "")
            for one in root
            if one.tag == f"{{{_SPACE}}}Override"
        }

    @cached_property
    def defaults(self) -> Mapping[str, str]:
        """What endings stand for."""
        root = etree.fromstring(self.read(TYPES))
        return {
            one.get("Extension", "").lower(): one.get("ContentType", "")
            for one in root
            if one.tag == f"{{{_SPACE}}}Default"
        }

    def reachable(self, roots: Iterable[str], without: Collection[str] = ()) -> list[str]:
        """The parts and all that they are related to, in a fixed order."""
        found: dict[str, None] = {}
        waiting = list(roots)
        while waiting:
            part = waiting.pop(0)
            if part in found or part in without or part not in self.names:
                continue
            found[part] = None
            waiting += [one.target for one in self.relations(part).values() if not one.is_outside]
        return list(found)


def relations_of(part: str) -> str:
    """The member that holds a part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_told(told: bytes, part: str) -> dict[str, Related]:
    """What a member of relations says of its part, by id; nothing for an empty one."""
    folder = posixpath.dirname(part)
    return {one.get("Id", ""): _related(one, folder) for one in etree.fromstring(told or _NO_XML)}


def _related(relation: Any, folder: str) -> Related:
    kind, target = relation.get("Type", ""), relation.get("Target", "")
    if relation.get("TargetMode") == "External":
        return Related(kind, target, True)
    return Related(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))


def relative(target: str, part: str) -> str:
    """A part as another one names it in its relations."""
    folder = part[: part.rfind("/") + 1]
    if folder and target.startswith(folder) and "//" not in target and "." not in folder:
        return target[len(folder) :]
    return posixpath.relpath(target, posixpath.dirname(part) or ".")
