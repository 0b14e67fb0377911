"""Tags where nothing is filled in: SmartArt, charts, comments, descriptions of pictures."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from minzheng.county.errors import Problem

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$|docProps/core")
#: Parts that nobody prints, or that hold text of other programs.
_SILENT = re.compile(
    r"customXml/|docProps/|word/(glossary|settings|styles|numbering|theme)|/_rels/"
)
_PLACES = (
    ("diagrams/", "SmartArt 图"), ("charts/", "图表"), ("comments", "批注"), ("drawings/", "图形"),
)  # fmt: skip
_PARAGRAPH = re.compile(r"\}p$")
_MEANT = "移到正文的普通文字里；图里的字用文本框"


def find_stray_tags(docx: bytes, where: str) -> Iterator[Problem]:
    """Every tag that would be printed as it stands, with its place; of a file that was let in."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for name in archive.namelist():
            if not name.endswith(".xml") or _FILLED.match(name) or _SILENT.search(name):
                continue
            data = archive.read(name)
            if b"{" in data:
                yield from _find_in(data, f"{where} {_place(name)}")


def _find_in(data: bytes, place: str) -> Iterator[Problem]:
    try:
        root: Any = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return  # whoever needs the part says that it is damaged
    for text in dict.fromkeys(_texts(root)):
        for tag in _TAG.findall(text):
            yield Problem(place, f"标签 {tag} 写在不会填写的地方", _MEANT)


def _texts(root: Any) -> Iterator[str]:
    """Paragraphs as they are read, what stands outside of any, and attributes."""
    for element in root.iter(etree.Element):
        if _PARAGRAPH.search(element.tag):
            yield "".join(element.itertext())
        elif element.text and not any(True for _ in element.iterancestors("{*}p")):
            yield element.text
        yield from map(str, element.attrib.values())


def _place(name: str) -> str:
    return next((words for start, words in _PLACES if start in name), name)
