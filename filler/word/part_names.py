"""Which parts of a Word file are filled in, whatever the program that wrote it calls them.

Word on the web writes word/document2.xml; what a part is, its relation says.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from filler.word.joining.record_package import RecordPackage
from minzheng.county.loaded_later import LoadedLater
from minzheng.external.files.file_properties import CORE

packuri = LoadedLater("docx.opc.packuri")  #: only what compiles a template gives names

_BODY, _CORE, _DOCUMENT = "/word/document.xml", "/core-properties", "/officeDocument"
_USUAL = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PAGES = ("header", "footer", "footnotes", "endnotes")


def filled_parts(archive: zipfile.ZipFile) -> frozenset[str]:
    """The names of the parts whose tags are filled."""
    package = RecordPackage(archive)
    bodies = [one for one in package.relations("").values() if one.kind.endswith(_DOCUMENT)]
    pages = (one for body in bodies for one in package.relations(body.target).values())
    related = {one.target for one in pages if one.name in _PAGES and not one.is_outside}
    usual = {name for name in package.names if _USUAL.fullmatch(name)}
    return frozenset(usual | related | {one.target for one in bodies} | {CORE})


def use_usual_names(document: Any) -> None:
    """Call the parts of a python-docx document as Word does."""
    body = document.part
    taken = {str(part.partname) for part in body.package.iter_parts()}
    for part, name in _strangers(body, taken):
        part.partname = packuri.PackURI(name)
    _keep_one_core(body.package)


def _strangers(body: Any, taken: set[str]) -> Iterator[tuple[Any, str]]:
    """Parts with other names, and the ones they get."""
    if _BODY not in taken:
        yield body, _BODY
    for relation in list(body.rels.values()):
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in _PAGES or relation.is_external:
            continue
        part = relation.target_part
        if not re.fullmatch(rf"/word/{kind}\d*\.xml", str(part.partname)):
            name = _free(kind, taken)
            taken.add(name)
            yield part, name


def _keep_one_core(package: Any) -> None:
    """A file has its properties once, where they can be read; python-docx stumbles over others."""
    named = [key for key, one in package.rels.items() if one.reltype.endswith(_CORE)]
    sound = [key for key in named if hasattr(package.rels[key].target_part, "core_properties")]
    for key in set(named) - set(sound[:1]):
        del package.rels[key]
    if sound:
        package.rels[sound[0]].target_part.partname = packuri.PackURI(f"/{CORE}")


def _free(kind: str, taken: set[str]) -> str:
    number = 1
    while f"/word/{kind}{number}.xml" in taken:
        number += 1
    return f"/word/{kind}{number}.xml"
