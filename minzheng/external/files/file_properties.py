"""What a Word or Excel file tells of itself: who made it, its title, its day; never a person.

Libraries and foreign templates bring names, days and pictures of their own; they go.
"""

import datetime as dt
import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

PRODUCT = "民政十五专档"
CORE, APP = "docProps/core.xml", "docProps/app.xml"
PACKAGE_RELATIONS, _TYPES = "_rels/.rels", "[Content_Types].xml"
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATIONS_SPACE = f"{{{_PACKAGE}/relationships}}"
_TYPES_SPACE = f"{{{_PACKAGE}/content-types}}"
#: How relations to foreign properties and previews end, in both dialects of ISO/IEC 29500.
_FOREIGN = (
    "/thumbnail", "/core-properties", "/extended-properties", "/custom-properties",
    "/coreProperties", "/extendedProperties", "/customProperties",
)  # fmt: skip
_OURS = (
    (CORE, f"{_PACKAGE}/relationships/metadata/core-properties",
     "application/vnd.openxmlformats-package.core-properties+xml"),
    (APP, f"{_OFFICE}/relationships/extended-properties",
     "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
)  # fmt: skip
APP_XML = (
    f'{_DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
    f"<Application>{PRODUCT}</Application></Properties>"
).encode()
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class FileProperties:
    """The few things a file says of itself."""

    maker: str  #: the bureau; for what belongs to no bureau the product
    title: str
    day: dt.date | None = None  #: of issue
    identifier: str = ""


def core_xml(properties: FileProperties) -> bytes:
    """The member docProps/core.xml: the same for the same properties."""
    maker = _name_text(properties.maker)
    title = _text(properties.title)
    told = [f"<dc:title>{title}</dc:title>" if title else "", f"<dc:creator>{maker}</dc:creator>"]
    if properties.identifier:
        told.append(f"<dc:identifier>{_text(properties.identifier)}</dc:identifier>")
    told.append(f"<cp:lastModifiedBy>{maker}</cp:lastModifiedBy>")
    if properties.day:
        day = f"{properties.day.isoformat()}T00:00:00Z"
        told += [
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>'
            for name in ("created", "modified")
        ]
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{''.join(told)}</cp:coreProperties>"
    ).encode()


def make_room(members: Mapping[str, bytes]) -> tuple[dict[str, bytes], frozenset[str]]:
    """What changes in a package and what goes, so that it tells only what `core_xml` says.

    Args:
        members: at least the package's relations and its list of content types.
    """
    relations = etree.fromstring(members[PACKAGE_RELATIONS])
    gone = frozenset(_take_out(relations))
    types = etree.fromstring(members[_TYPES])
    for override in list(types):
        if override.get("PartName", "").lstrip("/") in gone | {CORE, APP}:
            types.remove(override)
    for number, (name, kind, content) in enumerate(_OURS, 1):
        relation = {"Id": _free_id(relations, number), "Type": kind, "Target": name}
        etree.SubElement(relations, f"{_RELATIONS_SPACE}Relationship", relation)
        kind_of = {"PartName": f"/{name}", "ContentType": content}
        etree.SubElement(types, f"{_TYPES_SPACE}Override", kind_of)
    changed = {PACKAGE_RELATIONS: _written(relations), _TYPES: _written(types), APP: APP_XML}
    return changed, gone - {CORE, APP}


def retold(data: bytes, properties: FileProperties) -> bytes:
    """The same Word or Excel file, telling this of itself and nothing else."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        changed, gone = make_room({name: source.read(name) for name in (PACKAGE_RELATIONS, _TYPES)})
        changed[CORE] = core_xml(properties)
        kept = [name for name in source.namelist() if name not in gone]
        for name in dict.fromkeys((*kept, *changed)):
            info = zipfile.ZipInfo(name, _FIXED_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, changed[name] if name in changed else source.read(name))
    return stream.getvalue()


def _take_out(relations: Any) -> list[str]:
    """Relations to foreign properties go; the members they led to."""
    foreign = [one for one in relations if one.get("Type", "").endswith(_FOREIGN)]
    for one in foreign:
        relations.remove(one)
    inside = (one for one in foreign if one.get("TargetMode") != "External")
    return [posixpath.normpath(one.get("Target", "").lstrip("/")) for one in inside]


def _free_id(relations: Any, number: int) -> str:
    taken = {one.get("Id") for one in relations}
    while f"rIdP{number}" in taken:
        number += 1
    return f"rIdP{number}"


def _written(root: Any) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


@lru_cache(maxsize=64)  # a bureau has one name
def _name_text(name: str) -> str:
    return _text(name)


def _text(text: str) -> str:
    """On one line, as XML holds it."""
    return escape(" ".join(text.split()))
