"""Tags where nothing is filled in: SmartArt, charts, comments, descriptions of pictures."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from filler.word.part_names import filled_parts
from minzheng.county.errors import Problem

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_VML = "{urn:schemas-microsoft-com:vml}"
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
        filled = filled_parts(archive)
        for name in archive.namelist():
            if not name.endswith(".xml") or name in filled or _SILENT.search(name):
                continue
            data = archive.read(name)
            if b"{" in data:
                yield from _find_in(data, f"{where} {_place(name)}")


def find_described_tags(docx: bytes, where: str) -> Iterator[Problem]:
    """Tags in what is said of a picture of old Word: nobody sees it, nothing fills it in."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for name in sorted(filled_parts(archive) & set(archive.namelist())):
            data = archive.read(name)
            if b"{{" in data or b"{%" in data:
                for tag in _in_shapes(data):
                    yield Problem(where, f"标签 {tag} 写在图片的替代文字里", _MEANT)


def _in_shapes(data: bytes) -> Iterator[str]:
    root = _parsed(data)
    for shape in () if root is None else root.iter():
        if isinstance(shape.tag, str) and shape.tag.startswith(_VML):
            for said in ("alt", "title"):
                yield from _TAG.findall(shape.get(said, ""))


def _parsed(data: bytes) -> Any:
    """None: whoever needs the part says that it is damaged."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return None


def _find_in(data: bytes, place: str) -> Iterator[Problem]:
    root = _parsed(data)
    if root is None:
        return
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
