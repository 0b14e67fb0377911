"""Drawings of the web (SVG): the words that are written in them as words, and their pictures."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from lxml import etree

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.markup import tree_of
from archive_indexer.extract.office.parts import attribute_of, local_name
from archive_indexer.extract.office.pictures import Load, read_pictures
from archive_indexer.extract.office.web_page import content_of
from archive_indexer.extract.plain_text import as_pages

_WORDS = frozenset({"text", "title", "desc", "foreignObject"})
_STROKES = "这一页是矢量图形，画成线条的字未识别。请转成 PDF 或图片"


def read_svg(file: Path, limits: Limits) -> Extraction:
    """Line by line; pictures within it are further pages; what is drawn is told."""
    root = tree_of(file.read_bytes(), is_large=True)
    pages = as_pages("\n".join(filter(None, _lines(root))), limits)
    pictured, unread = read_pictures(_pictures(root), len(pages) + 1, limits)
    if next(root.iter("{*}path"), None) is not None:
        unread = (*unread, _STROKES)
    return Extraction("svg", (replace(pages[0], unread=unread), *pages[1:], *pictured))


def _lines(root: etree._Element) -> Iterator[str]:
    for node in root.iter("*"):
        if local_name(node) in _WORDS:
            yield " ".join("".join(map(str, node.itertext())).split())


def _pictures(root: etree._Element) -> list[tuple[str, Load]]:
    addresses = (attribute_of(node, "href").strip() for node in root.iter("{*}image"))
    return [("picture", partial(content_of, one)) for one in addresses if one.startswith("data:")]
