"""One print run: many issued documents of one form as one Word file, in their order.

Each record keeps its header, footer, code line and QR, and counts its own pages. The
file is written piece by piece: a run of thousands needs no more memory than one record.
"""

import hashlib
import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from filler.errors import BatchError
from filler.print_run.merge_sections import Numbering, end_record, number_parts, own_page_count
from filler.word.word_package import FIXED_DATE
from minzheng.external.files.file_properties import (
    CORE,
    PACKAGE_RELATIONS,
    PRODUCT,
    FileProperties,
    core_xml,
    make_room,
)
from minzheng.external.files.whole_file import whole_file

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DOCUMENT, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_TYPES, _STYLES = "[Content_Types].xml", "word/styles.xml"
_PAGE_PART = re.compile(r"word/(_rels/)?(header|footer)\d*\.xml(\.rels)?$")
_OF_RECORD = re.compile(r"/(header|footer|image)$")
#: Runs that are only a step to a PDF.
OF_NOBODY = FileProperties(PRODUCT, "")
_BODY = re.compile(rb"<w:body(?:\s[^>]*)?>(.*)</w:body>", re.DOTALL)
_FIRST_PART = 1001
Target = tuple[str, str, str]  #: kind, target, mode
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def merge_documents(
    documents: Iterable[bytes], out: IO[bytes], properties: FileProperties = OF_NOBODY
) -> int:
    """Write one Word file holding all documents; how many there were.

    Raises:
        BatchError: there is none, or they are not of one version of one form.
    """
    with (
        tempfile.TemporaryFile(prefix="minzheng-merge-") as body,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
    ):
        merger = _Merger(archive, body, properties)
        for docx, is_last in _with_last(documents):
            merger.add(docx, is_last)
        merger.finish()
        return merger.count


def merge_to_file(
    documents: Iterable[bytes], file: Path, properties: FileProperties = OF_NOBODY
) -> int:
    """Write one Word file, whole or not at all.

    Raises:
        BatchError: there is none, or they are not of one version of one form.
    """
    with whole_file(file) as stream:
        return merge_documents(documents, stream, properties)


def _with_last(documents: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    before: bytes | None = None
    for document in documents:
        if before is not None:
            yield before, False
        before = document
    if before is not None:
        yield before, True


class _Merger:
    """The file being written: shared parts once, record parts as they come."""

    def __init__(
        self, archive: zipfile.ZipFile, body: IO[bytes], properties: FileProperties
    ) -> None:
        self._archive, self._body, self._properties = archive, body, properties
        self._numbering = Numbering()
        self._part = _FIRST_PART
        self._written: dict[bytes, str] = {}  #: digest of a part → its name
        self._relations: dict[Target, str] = {}  #: what is related → its id
        self._types: list[str] = []
        self._kinds = self._first = b""
        self.count = 0

    def add(self, docx: bytes, is_last: bool) -> None:
        """Add one record."""
        with zipfile.ZipFile(io.BytesIO(docx)) as source:
            if not self.count:
                self._first = docx
                self._copy_shared(source)
            elif self._styles != source.getinfo(_STYLES).CRC:
                raise BatchError("各份文书不是同一版本的模板，不能合并成一份。请分开打印。")
            self.count += 1
            self._add_body(source, is_last)

    def finish(self) -> None:
        """Write what is known only now: the body, the relations, the kinds of parts."""
        if not self.count:
            raise BatchError("没有可以合并的文书。")
        with zipfile.ZipFile(io.BytesIO(self._first)) as source:
            document = source.read(_DOCUMENT)
        types = "".join(self._types).encode()
        self._write(_TYPES, self._kinds.replace(b"</Types>", types + b"</Types>"))
        relations = "".join(
            f'<Relationship Id="{name}" Type="{kind}" Target={quoteattr(target)}{mode}/>'
            for (kind, target, mode), name in self._relations.items()
        )
        head = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        text = f'{head}<Relationships xmlns="{_REL}">{relations}</Relationships>'
        self._write(_RELATIONS, text.encode())
        match = _BODY.search(document)
        if match is None:
            raise BatchError("文书的正文读不出来，不能合并。")
        with self._archive.open(_info(_DOCUMENT), "w", force_zip64=True) as stream:
            stream.write(document[: match.start(1)])
            self._body.seek(0)
            shutil.copyfileobj(self._body, stream)
            stream.write(document[match.end(1) :])

    def _copy_shared(self, source: zipfile.ZipFile) -> None:
        self._styles = source.getinfo(_STYLES).CRC
        own, gone = make_room({name: source.read(name) for name in (_TYPES, PACKAGE_RELATIONS)})
        self._kinds = own.pop(_TYPES)
        own[CORE] = core_xml(self._properties)
        for name, data in own.items():
            self._write(name, data)
        for name in source.namelist():
            is_record = name in (_DOCUMENT, _RELATIONS, _TYPES) or _PAGE_PART.match(name)
            if is_record or name in gone or name in own:
                continue
            if not name.startswith("word/media/"):
                self._write(name, source.read(name))
        for name, target in _relations_of(source, _RELATIONS).items():
            if not _OF_RECORD.search(target[0]):
                self._relations[target] = name

    def _add_body(self, source: zipfile.ZipFile, is_last: bool) -> None:
        root: Any = etree.fromstring(source.read(_DOCUMENT))
        targets = _relations_of(source, _RELATIONS)
        body = root.find(f"{_W}body")
        sections = list(body.iter(f"{_W}sectPr"))
        end_record(body, sections, self.count, is_last=is_last)
        own_page_count(body, self.count, len(sections))
        number_parts(body, self._numbering)
        for element, name, target in list(_uses(body, targets)):
            element.set(name, self._take(source, target, len(sections)))
        match = _BODY.search(etree.tostring(root))
        self._body.write(match[1] if match else b"")

    def _take(self, source: zipfile.ZipFile, related: Target, sections: int) -> str:
        """The id of a record's header, footer or picture in the whole."""
        kind, target, mode = related
        if not _OF_RECORD.search(kind) or mode:
            return self._relate(related)
        if kind.endswith("/image"):
            return self._relate((kind, self._keep_picture(source, f"word/{target}"), ""))
        root = etree.fromstring(source.read(f"word/{target}"))
        own_page_count(root, self.count, sections)
        number_parts(root, self._numbering)
        what = kind.rsplit("/", 1)[1]
        name = f"{what}{self._next_part()}.xml"
        self._copy_pictures(source, target, name)
        self._write(f"word/{name}", etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
        content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{what}+xml"
        self._types.append(f'<Override PartName="/word/{name}" ContentType="{content}"/>')
        return self._relate((kind, name, ""))

    def _copy_pictures(self, source: zipfile.ZipFile, target: str, name: str) -> None:
        relations = f"word/_rels/{target}.rels"
        if relations not in source.namelist():
            return
        root = etree.fromstring(source.read(relations))
        for relation in root:
            if relation.get("Type", "").endswith("/image"):
                relation.set("Target", self._keep_picture(source, f"word/{relation.get('Target')}"))
        self._write(f"word/_rels/{name}.rels", etree.tostring(root))

    def _keep_picture(self, source: zipfile.ZipFile, member: str) -> str:
        data = source.read(member)
        digest = hashlib.sha256(data).digest()
        if digest not in self._written:
            name = f"media/image{self._next_part()}{Path(member).suffix}"
            self._archive.writestr(_info(f"word/{name}", zipfile.ZIP_STORED), data)
            self._written[digest] = name
        return self._written[digest]

    def _relate(self, target: Target) -> str:
        return self._relations.setdefault(target, f"rIdM{len(self._relations) + 1}")

    def _next_part(self) -> int:
        self._part += 1
        return self._part

    def _write(self, name: str, data: bytes) -> None:
        self._archive.writestr(_info(name), data)


def _info(name: str, packing: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """A member with a fixed date: the same run gives the same bytes."""
    info = zipfile.ZipInfo(name, FIXED_DATE)
    info.compress_type = packing
    return info


def _relations_of(source: zipfile.ZipFile, member: str) -> dict[str, Target]:
    related = {}
    for one in etree.fromstring(source.read(member)):
        mode = ' TargetMode="External"' if one.get("TargetMode") == "External" else ""
        related[one.get("Id", "")] = one.get("Type", ""), one.get("Target", ""), mode
    return related


def _uses(body: Any, targets: dict[str, Target]) -> Iterator[tuple[Any, str, Target]]:
    """Every place in the body that names another part."""
    for element in body.iter(etree.Element):
        for name, value in element.items():
            if name.startswith(_R) and value in targets:
                yield element, name, targets[value]
