"""The parts of a print run as they are written: names, kinds, what is there already."""

import hashlib
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from filler.word.joining.packed_parts import put_packed
from filler.word.joining.record_package import (
    TYPES,
    RecordPackage,
    Related,
    relations_of,
    relative,
)
from filler.word.word_package import FIXED_DATE

HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_FIRST_PART = 1001
_PLAIN = re.compile(r"[\w./-]*")  #: stands in quotation marks as it is
_SMALL = 512  #: bytes that are not worth packing
_OUTSIDE = ' TargetMode="External"'
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


class RunParts:
    """The parts of the file being written: names, kinds, what is there already."""

    def __init__(self, archive: zipfile.ZipFile | None) -> None:
        self._archive = archive
        self._part = _FIRST_PART
        self._kept: dict[bytes, str] = {}  #: digest of a part that stands alone → its name
        self._written: set[str] = set()
        self.kinds: dict[str, str] = {}
        self.defaults: dict[str, str] = {}

    def write(self, name: str, data: bytes, kind: str = "") -> None:
        """One part; `kind` is its content type, where its ending does not say it."""
        self._put(name, data)
        self._written.add(name)
        if kind:
            self.kinds[name] = kind

    def _put(self, name: str, data: bytes) -> None:
        is_small = "/media/" in name or len(data) < _SMALL
        packing = zipfile.ZIP_STORED if is_small else zipfile.ZIP_DEFLATED
        if self._archive is not None:
            put_packed(self._archive, member(name, packing), data)

    def mark(self, name: str) -> None:
        """Somebody else wrote a part."""
        self._written.add(name)

    def has(self, name: str) -> bool:
        """Whether a part was written."""
        return name in self._written

    def new_name(self, name: str) -> str:
        """A free name in the same folder."""
        stem, ending = _around_number(name)
        while True:
            self._part += 1
            made = f"{stem}{self._part}{ending}"
            if made not in self._written:
                return made

    def copy(
        self, package: RecordPackage, name: str, known: dict[str, str], data: bytes = b""
    ) -> str:
        """A part with all it is related to under new names; alike ones that stand alone once.

        Args:
            package: the record's.
            name: the part as it is called there.
            known: what was copied of this record, and its new names.
            data: the part as it shall be, when it is changed.
        """
        if name in known:
            return known[name]
        data, related = data or package.read(name), package.relations(name)
        digest = _digest(data, package.content_type(name))
        if not related and digest in self._kept:
            return self._kept[digest]
        self.defaults |= package.defaults
        known[name] = made = self.new_name(name)
        targets = {
            number: one if one.is_outside else one._replace(
                target=self.copy(package, one.target, known)
            )
            for number, one in related.items()
            if one.is_outside or one.target in package.names
        }  # fmt: skip
        self.write(made, data, package.content_type(name))
        if targets:
            self.write_relations(made, targets.items())
        else:
            self._kept[digest] = made
        return made

    def keep(self, name: str, data: bytes, kind: str) -> str:
        """A part that stands alone, once however often it comes; what it is called.

        Args:
            name: what it was called.
            data: what it holds.
            kind: its content type, where its ending does not say it.
        """
        digest = _digest(data, kind)
        if digest not in self._kept:
            self._kept[digest] = made = self.new_name(name)
            self.write(made, data, kind)
        return self._kept[digest]

    def write_relations(self, part: str, targets: Iterable[tuple[str, Related]]) -> None:
        """What a part is related to, by ids."""
        told = "".join(
            f'<Relationship Id="{number}" Type="{one.kind}"'
            f" Target={_quoted(one.target if one.is_outside else relative(one.target, part))}"
            f"{_OUTSIDE if one.is_outside else ''}/>"
            for number, one in targets
        )
        xml = f'<Relationships xmlns="{_REL}">{told}</Relationships>'
        self.write(relations_of(part), HEAD + xml.encode())

    def write_kinds(self, first: bytes) -> None:
        """What each part and each ending is: of no part that is not there."""
        root: Any = etree.fromstring(first)
        space = root.tag.removesuffix("Types")
        for one in list(root):
            part = one.get("PartName", "").lstrip("/")
            if part and (part in self.kinds or not self.has(part)):
                root.remove(one)
        endings = {one.get("Extension", "").lower() for one in root if one.get("Extension")}
        for ending, kind in self.defaults.items():
            if ending not in endings:
                told = {"Extension": ending, "ContentType": kind}
                root.insert(0, root.makeelement(f"{space}Default", told))
        for part, kind in self.kinds.items():
            etree.SubElement(root, f"{space}Override", PartName=f"/{part}", ContentType=kind)
        self.write(TYPES, HEAD + etree.tostring(root))


class TrialParts(RunParts):
    """Keeps what would be written, and of what each part was made."""

    def __init__(self, like: RunParts) -> None:
        super().__init__(None)
        self._kept, self._written = dict(like._kept), set(like._written)
        self.data: dict[str, bytes] = {}
        self.sources: dict[str, str] = {}  #: new name → old one, in the order they were given
        self.related: dict[str, tuple[tuple[str, Related], ...]] = {}

    def _put(self, name: str, data: bytes) -> None:
        self.data[name] = data

    def new_name(self, name: str) -> str:
        """A free name; the old one is remembered with it."""
        made = super().new_name(name)
        self.sources[made] = name
        return made

    def write_relations(self, part: str, targets: Iterable[tuple[str, Related]]) -> None:
        """Remembered as they are told."""
        self.related[part] = tuple(targets)


def _quoted(target: str) -> str:
    return f'"{target}"' if _PLAIN.fullmatch(target) else quoteattr(target)


@lru_cache(maxsize=1024)
def _around_number(name: str) -> tuple[str, str]:
    """What stands before and behind the number that a part is called by."""
    folder, file = posixpath.split(name)
    stem, ending = posixpath.splitext(file)
    stem = "image" if folder.endswith("media") else stem
    return posixpath.join(folder, stem.rstrip("0123456789")), ending


def _digest(data: bytes, kind: str) -> bytes:
    return hashlib.sha256(data + kind.encode()).digest()


def copy_related(
    package: RecordPackage,
    related: Related,
    parts: RunParts,
    known: dict[str, str],
    relate: Callable[[Related], str],
) -> Related:
    """What something related is called after its part was copied; SmartArt with its drawing.

    Args:
        package: where it comes from.
        related: what is named there.
        parts: where it goes.
        known: what was copied of the package, and its new names.
        relate: gives the id by which the new document names a part.
    """
    if related.is_outside or related.target not in package.names:
        return related
    data = b""
    if related.name == "diagramData" and related.target not in known:
        root: Any = etree.fromstring(package.read(related.target))
        of_document = package.relations(package.document)
        for element in root.iter("{*}dataModelExt"):  # it names its drawing by the document's id
            drawing = of_document.get(element.get("relId", ""))
            if drawing is not None:
                copied = copy_related(package, drawing, parts, known, relate)
                element.set("relId", relate(copied))
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return related._replace(target=parts.copy(package, related.target, known, data))


def member(name: str, packing: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """A member with a fixed date: the same run gives the same bytes."""
    info = zipfile.ZipInfo(name, FIXED_DATE)
    info.compress_type = packing
    return info
