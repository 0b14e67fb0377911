"""标文通 (UOF, GB/T 20916): the office format of the nation, in one XML file or zipped.

The names of its tags are Chinese words; those of the second edition have a number behind them
(`段落_416B`). What Office and LibreOffice never write is told by no sample.
"""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.markup import tree_of
from archive_indexer.extract.office.parts import is_package, part_or_none, refuse_large, say_broken
from archive_indexer.extract.office.pictures import Load, pictures_in, read_pictures
from archive_indexer.extract.plain_text import as_pages

_NOT_SHOWN = frozenset({"元数据", "式样集", "字体集", "扩展区", "自动编号集", "图表数据源"})
_SIGNS = {"制表符": "\t", "换行符": "\n", "空格符": " "}
_BESIDE = frozenset({"脚注", "尾注", "批注", "锚点", "文字表"})
_PARAGRAPHS = frozenset({"段落", "句"})  #: in a cell of a sheet the latter stands alone
_SHEET, _HIDDEN = "工作表", "（隐藏的工作表）"
_STRUCK_OUT = ("delete", "删除")
#: Members in the order in which their words are told; others are parts of its make.
_MEMBERS = ("content.xml", "graphics.xml", "rules.xml", "chart.xml", "objectdata.xml")
_PICTURES = ("data/", "media/")


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    beside: list[etree._Element] = field(default_factory=list)
    is_struck_out: bool = False


def read_uof(file: Path, limits: Limits) -> Extraction:
    """Paragraphs and rows in their order, remarks, boxes; pictures are further pages."""
    if is_package(file):
        with ZipFile(file) as package:
            refuse_large(package)
            roots = [part_or_none(package, name) for name in _MEMBERS]
            lines = [line for root in roots if root is not None for line in _lines(root)]
            return _paged(lines, pictures_in(package, _PICTURES), limits, package)
    root = tree_of(file.read_bytes(), is_large=True)
    return _paged(list(_lines(root)), _pictures(root), limits)


def _paged(
    lines: list[str],
    pictures: list[tuple[str, Load]],
    limits: Limits,
    package: ZipFile | None = None,
) -> Extraction:
    pages = as_pages("\n".join(filter(None, lines)), limits)
    pictured, unread = read_pictures(pictures, len(pages) + 1, limits)
    unread = (*unread, *(say_broken(package) if package is not None else ()))
    return Extraction("uof", (replace(pages[0], unread=unread), *pages[1:], *pictured))


def _lines(node: etree._Element) -> Iterator[str]:
    name = _name(node)
    if name in _NOT_SHOWN:
        return
    if name in _PARAGRAPHS:
        yield from _paragraph_lines(node)
    elif name == "行":
        cells = (_cell(cell) for cell in node.iterchildren("*") if _name(cell) == "单元格")
        yield " ".join(filter(None, cells))
    elif name == "批注":
        yield f"批注：{' '.join(filter(None, _below(node)))}"
    elif name == _SHEET:
        hidden = _told(node, "隐藏") in ("true", "1")
        yield _told(node, "名称") + (_HIDDEN if hidden else "")
        yield from _below(node)
    else:
        yield from _below(node)


def _below(node: etree._Element) -> Iterator[str]:
    for child in node.iterchildren("*"):
        yield from _lines(child)


def _cell(node: etree._Element) -> str:
    """What stands in a cell; where a program wrote only the value, that."""
    said = " ".join(filter(None, _below(node)))
    if said:
        return said
    values = (_told(child, "数据数值") for child in node.iterchildren("*"))
    return next(filter(None, values), "")


def _paragraph_lines(node: etree._Element) -> Iterator[str]:
    paragraph = _Paragraph()
    _gather(node, paragraph)
    yield "".join(paragraph.pieces).strip()
    for one in paragraph.beside:
        yield from _lines(one) if _name(one) == "批注" else _below(one)


def _gather(node: etree._Element, into: _Paragraph) -> None:
    for child in node.iterchildren("*"):
        name = _name(child)
        if name == "修订开始":
            into.is_struck_out = _told(child, "类型") in _STRUCK_OUT
        elif name == "修订结束":
            into.is_struck_out = False
        elif name in _BESIDE:
            into.beside.append(child)
        elif into.is_struck_out:
            continue
        elif name == "文本串":
            into.pieces.append("".join(map(str, child.itertext())))
        elif name in _SIGNS:
            into.pieces.append(_SIGNS[name])
        else:
            _gather(child, into)


def _pictures(root: etree._Element) -> list[tuple[str, Load]]:
    """What is written within the file as letters; its kind tells what it is."""
    found = list[tuple[str, Load]]()
    for node in root.iter("*"):
        if _name(node) == "数据" and _name(node.getparent()) == "其他对象":
            kind = _told(node.getparent(), "公共类型") or _told(node.getparent(), "私有类型")
            found.append((f"picture.{kind}", partial(b64decode, node.text or "")))
    return found


def _name(node: etree._Element | None) -> str:
    """A tag without its namespace and without the number of the second edition."""
    if node is None or not isinstance(node.tag, str):
        return ""
    return node.tag.rsplit("}", 1)[-1].split("_")[0]


def _told(node: etree._Element | None, name: str) -> str:
    """An attribute, in either edition."""
    attributes = node.attrib.items() if node is not None else ()
    for key, value in attributes:
        if str(key).rsplit("}", 1)[-1].split("_")[0] == name:
            return str(value)
    return ""
