"""OpenDocument: text, slides, and what stands beside them: notes, remarks, headers, objects."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.markup import read_part, tree_of
from archive_indexer.extract.office.open_numbers import OpenList, OpenNumbers
from archive_indexer.extract.office.parts import (
    attribute_of,
    is_package,
    local_name,
    part_or_none,
    refuse_large,
    say_broken,
    unique,
)
from archive_indexer.extract.office.pictures import pictures_in, read_pictures
from archive_indexer.extract.plain_text import as_pages

_NOT_SHOWN = frozenset({"tracked-changes", "scripts", "font-face-decls", "automatic-styles"})
#: What stands beside its paragraph and would tear its words apart.
_BESIDE = frozenset({
    "annotation", "note-body", "text-box", "custom-shape", "object", "rect", "ellipse", "circle",
    "line", "polyline", "polygon", "regular-polygon", "path", "connector", "caption", "measure",
    "ruby-text",
})  # fmt: skip
_OTHERWISE = _BESIDE | {"form", "title", "desc"}
_OF_SHEETS = ("form", "title", "desc", "help-message", "error-message")
_SILENT = frozenset({"creator", "date", "creator-initials", "date-string", "note-citation"})
#: What stands at the head and foot of many slides, said once before them.
_DECLARED = frozenset({"header-decl", "footer-decl", "date-time-decl"})
_FIELDS = ("current-value", "value", "label", "current-state")
_PICTURES = ("Pictures/", "media/")


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    beside: list[etree._Element] = field(default_factory=list)


def read_opendocument(file: Path, limits: Limits) -> Extraction:
    """Paragraphs in their order; a row of a table is a line; pictures are further pages."""
    if not is_package(file):
        return _read_flat(file, limits)
    with ZipFile(file) as package:
        refuse_large(package)
        _refuse_encrypted(package)
        mime = package.read("mimetype") if "mimetype" in package.namelist() else b""
        content = read_part(package, "content.xml")
        numbers = OpenNumbers.of(part_or_none(package, "styles.xml"), content)
        lines = [*_story(content, numbers), *lines_beside(package)]
        pages = as_pages("\n".join(filter(None, lines)), limits)
        pictured, unread = read_pictures(pictures_in(package, _PICTURES), len(pages) + 1, limits)
        unread = (*unread, *said_beside(package, content), *say_broken(package))
    first = replace(pages[0], unread=unread)
    kind = "odp" if b"presentation" in mime else "odt"
    return Extraction(kind, (first, *pages[1:], *pictured))


def _read_flat(file: Path, limits: Limits) -> Extraction:
    """A document in one XML file, with its pictures written in it."""
    root = tree_of(file.read_bytes(), is_large=True)
    numbers = OpenNumbers.of(root, root)
    shown = [node for name in ("body", "master-styles") for node in root.iter(f"{{*}}{name}")]
    pages = as_pages(
        "\n".join(filter(None, (line for node in shown for line in _story(node, numbers)))), limits
    )
    held = [
        ("picture", partial(b64decode, node.text or ""))
        for node in root.iterfind(".//{*}image/{*}binary-data")
    ]
    pictured, unread = read_pictures(held, len(pages) + 1, limits)
    return Extraction("odt", (replace(pages[0], unread=unread), *pages[1:], *pictured))


def lines_beside(package: ZipFile) -> list[str]:
    """Headers and footers, and the charts and tables that are objects of their own."""
    styles = part_or_none(package, "styles.xml")
    masters = styles.iter("{*}master-styles") if styles is not None else ()
    lines = unique(line for one in masters for line in _story(one))
    for name in package.namelist():
        if name.endswith("/content.xml"):
            inner = part_or_none(package, name)
            lines += unique(_inner_lines(inner)) if inner is not None else []
    return lines


def _inner_lines(inner: etree._Element) -> Iterator[str]:
    """What an object within a document shows; a formula as it was typed."""
    if local_name(inner) != "math":
        yield from _story(inner)
        return
    typed = "".join(map(_plain, inner.iter("{*}annotation")))
    yield " ".join((typed or _plain(inner)).split())


def remarks_in(content: etree._Element) -> list[str]:
    """The remarks, boxes, prompts and fields of a sheet, whose cells are read elsewhere."""
    found = content.iter(*(f"{{*}}{name}" for name in (*sorted(_BESIDE - {"object"}), *_OF_SHEETS)))
    return unique(line for node in found for line in _beside_lines(node))


def said_beside(package: ZipFile, content: etree._Element) -> tuple[str, ...]:
    """What is to be said of objects of other programs, sounds, and pictures that lie elsewhere."""
    there = {name.removesuffix("/").split("/")[0] for name in package.namelist()}
    lost = {
        place for image in content.iter("{*}image")
        if (place := attribute_of(image, "href").removeprefix("./")) and "/" in place
        and place.split("/")[0] not in there
    }  # fmt: skip
    said = (
        (sum(1 for _ in content.iter("{*}object-ole")), "个嵌入的文件或对象，未识别"),
        (sum(1 for _ in content.iter("{*}plugin", "{*}applet")), "段声音或视频，未识别"),
        (len(lost), "张图片不在文件里，未识别"),
    )
    return tuple(f"含 {count} {what}" for count, what in said if count)


def _refuse_encrypted(package: ZipFile) -> None:
    manifest = part_or_none(package, "META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise UnreadableError("文件已加密，请提供未加密的版本")


def _story(node: etree._Element, numbers: OpenNumbers | None = None) -> Iterator[str]:
    for child in node.iterchildren("*"):
        yield from _lines(child, numbers)


def _lines(node: etree._Element, numbers: OpenNumbers | None) -> Iterator[str]:
    name = local_name(node)
    if name in _NOT_SHOWN:
        return
    if name in ("p", "h"):
        number = numbers.heading(node) if numbers is not None and name == "h" else ""
        yield from _paragraph_lines(node, numbers, number)
    elif name == "list" and numbers is not None:
        yield from _list_lines(node, numbers, None)
    elif name == "table-row":
        yield " ".join(filter(None, _story(node, numbers)))
    elif name in _DECLARED:
        yield _plain(node)
    elif name not in _SILENT:
        is_beside = name in _OTHERWISE
        yield from _beside_lines(node, numbers) if is_beside else _story(node, numbers)


def _list_lines(
    node: etree._Element, numbers: OpenNumbers, outer: OpenList | None
) -> Iterator[str]:
    """The items of a list; the first paragraph of each bears its number."""
    inner = numbers.enter(node, outer)
    for item in node.iterchildren("*"):
        number = numbers.number(inner, item)
        for child in item.iterchildren("*"):
            if local_name(child) == "list":
                yield from _list_lines(child, numbers, inner)
            elif local_name(child) in ("p", "h"):
                yield from _paragraph_lines(child, numbers, number)
                number = ""
            else:
                yield from _lines(child, numbers)


def _paragraph_lines(
    node: etree._Element, numbers: OpenNumbers | None, number: str
) -> Iterator[str]:
    paragraph = _Paragraph([number])
    _gather(node, paragraph)
    yield "".join(paragraph.pieces).strip()
    for one in paragraph.beside:
        yield from _beside_lines(one, numbers)


def _gather(node: etree._Element, into: _Paragraph) -> None:
    into.pieces.append(node.text or "")
    for child in node.iterchildren():
        name = local_name(child)
        if name in _BESIDE or name in ("title", "desc"):
            into.beside.append(child)
        elif name in ("s", "tab", "line-break"):
            into.pieces.append(" ")
        elif name in ("hidden-text", "hidden-paragraph"):
            into.pieces.append(attribute_of(child, "string-value"))
        elif name and name not in _SILENT:
            _gather(child, into)
        into.pieces.append(child.tail or "")


def _beside_lines(node: etree._Element, numbers: OpenNumbers | None = None) -> Iterator[str]:
    name = local_name(node)
    if name in ("title", "desc"):
        yield f"图：{_plain(node)}"
        return
    lines = list(_form_lines(node) if name == "form" else filter(None, _story(node, numbers)))
    if name in ("object", "ruby-text"):  # a formula within its paragraph, how a word is said
        lines = lines or [_plain(node)]
    if name in _OF_SHEETS:
        lines.insert(0, attribute_of(node, "title"))
    if name == "annotation":
        yield f"批注：{' '.join(lines)}"
    else:
        yield from lines


def _form_lines(form: etree._Element) -> Iterator[str]:
    """What stands in the fields of a form."""
    for node in form.iter("*"):
        for key, value in node.attrib.items():
            if str(key).rsplit("}", 1)[-1] in _FIELDS and str(value).strip():
                yield str(value).strip()


def _plain(node: etree._Element) -> str:
    return "".join(str(text) for text in node.itertext()).strip()
