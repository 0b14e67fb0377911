"""What cells of an .xlsx look like and what is pinned to them: people mean things by it."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from minzheng.external.files.file_properties import PRODUCT

_STYLES, _TEXTS = "xl/styles.xml", "xl/sharedStrings.xml"
_PLAIN_COLOURS = frozenset({"000000", "FFFFFF"})
_RED = "10"  #: of the palette
_OFF = ("0", "false")
#: Whose comments a copy with marked faults holds, and its colour: they are no words of people.
CHECKED_BY, CHECKED_COLOUR = "核对", "FFF4C7C3"
_OURS = (CHECKED_BY, PRODUCT)


@dataclass(frozen=True, slots=True)
class CellLooks:
    """The numbers of the styles that strike a text through, and of those with a colour."""

    struck: frozenset[str] = frozenset()
    coloured: frozenset[str] = frozenset()
    struck_texts: frozenset[str] = frozenset()  #: of the shared texts, part of which is struck


def read_looks(archive: zipfile.ZipFile) -> CellLooks:
    """The looks a file has; none when they cannot be read."""
    root, texts = _root(archive, _STYLES), _struck_texts(archive)
    if root is None:
        return CellLooks(struck_texts=texts)
    fonts = root.findall("{*}fonts/{*}font")
    fills = root.findall("{*}fills/{*}fill")
    struck, coloured = set(), set()
    for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        font, fill = _of(fonts, style.get("fontId")), _of(fills, style.get("fillId"))
        if font is not None and _is_on(font.find("{*}strike")):
            struck.add(str(number))
        if _is_coloured(font, "{*}color") or _is_coloured(fill, "{*}patternFill/{*}fgColor"):
            coloured.add(str(number))
    return CellLooks(frozenset(struck), frozenset(coloured), texts)


def _struck_texts(archive: zipfile.ZipFile) -> frozenset[str]:
    root = _root(archive, _TEXTS)
    texts = () if root is None else root.iterfind("{*}si")
    return frozenset(str(number) for number, text in enumerate(texts) if has_struck_part(text))


def has_struck_part(text: Any) -> bool:
    """Whether a piece of a text is struck through: what stood there before."""
    return any(map(_is_on, text.iterfind("{*}r/{*}rPr/{*}strike")))


def read_comments(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[str, str]]:
    """Cell and text of each comment of a sheet, without those the program wrote itself."""
    folder, name = posixpath.split(member)
    relations = _root(archive, f"{folder}/_rels/{name}.rels")
    for one in () if relations is None else relations:
        if (one.get("Type") or "").endswith("/comments"):
            target = one.get("Target", "")
            joined = posixpath.normpath(posixpath.join(folder, target))
            root = _root(archive, target.lstrip("/") if target[:1] == "/" else joined)
            authors = [] if root is None else root.findall("{*}authors/{*}author")
            for comment in () if root is None else root.iterfind(".//{*}comment"):
                author = _of(authors, comment.get("authorId"))
                if author is not None and author.text in _OURS:
                    continue
                text = "".join(comment.itertext("{*}t")).strip()
                yield comment.get("ref", ""), text


def _root(archive: zipfile.ZipFile, member: str) -> Any:
    if member not in archive.namelist():
        return None
    try:
        return etree.fromstring(archive.read(member), etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return None


def _of(elements: list[Any], number: str | None) -> Any:
    at = int(number) if number and number.isdigit() else -1
    return elements[at] if 0 <= at < len(elements) else None


def _is_on(element: Any) -> bool:
    return element is not None and element.get("val", "1") not in _OFF


def _is_coloured(look: Any, path: str) -> bool:
    """Whether a colour was chosen; black, white and those of the theme are none."""
    colour = None if look is None else look.find(path)
    if colour is None:
        return False
    chosen = colour.get("rgb", "")[-6:].upper()
    is_ours = chosen == CHECKED_COLOUR[-6:]
    return (bool(chosen) and chosen not in _PLAIN_COLOURS and not is_ours) or colour.get(
        "indexed"
    ) == _RED
