"""Words in the drawings of office documents: shapes, diagrams, charts, descriptions."""

import re
from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from archive_indexer.extract.office.parts import (
    attribute_of,
    kept_nodes,
    local_name,
    part_or_none,
    targets_of,
)
from archive_indexer.extract.office.slide_numbers import SlideNumbers

#: What is written a second time for older programs.
FALLBACK = frozenset({"Fallback"})
_FILE_NAME = re.compile(r".*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)$", re.IGNORECASE)
_PARTS = ("chart", "chartEx", "diagramData")


def drawn_lines(root: etree._Element) -> Iterator[str]:
    """The paragraphs of shapes and tables, with the numbers of lists; a paragraph is a line."""
    numbers = SlideNumbers()
    for paragraph in kept_nodes(root, FALLBACK):
        if paragraph.tag == _tag_of_drawing(paragraph, "p"):
            words = "".join(_pieces(paragraph)).strip()
            yield f"{numbers.number(paragraph, words)}{words}"


def chart_lines(root: etree._Element) -> Iterator[str]:
    """Titles, then each series with its name, its categories and its values."""
    yield from drawn_lines(root)
    for series in root.iter("{*}ser", "{*}series", "{*}data"):
        values = (node.text or "" for node in series.iter("{*}v", "{*}pt") if not len(node))
        yield " ".join(value.strip() for value in values if value.strip())


def described(root: etree._Element) -> Iterator[str]:
    """What an author wrote about pictures for those who cannot see them."""
    for node in kept_nodes(root, FALLBACK):
        if local_name(node) in ("docPr", "cNvPr"):
            for name in ("title", "descr"):
                words = node.get(name, "").strip()
                if words and not _FILE_NAME.match(words):
                    yield words
        elif local_name(node) in ("tblCaption", "tblDescription"):
            yield attribute_of(node, "val").strip()


def lines_of_related(package: ZipFile, part: str) -> Iterator[str]:
    """The words of the charts and diagrams that a part shows."""
    for target in targets_of(package, part):
        root = part_or_none(package, target.part) if target.kind in _PARTS else None
        if root is not None:
            yield from drawn_lines(root) if target.kind == "diagramData" else chart_lines(root)
            yield from _lines_over(package, target.part)


def _lines_over(package: ZipFile, chart: str) -> Iterator[str]:
    """The words of boxes that somebody drew on a chart."""
    for target in targets_of(package, chart):
        root = part_or_none(package, target.part) if target.kind == "chartUserShapes" else None
        if root is not None:
            yield from drawn_lines(root)


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for node in kept_nodes(paragraph, FALLBACK):
        name = local_name(node)
        if name == "t":
            yield node.text or ""
        elif name in ("br", "tab"):
            yield " "


def _tag_of_drawing(node: etree._Element, name: str) -> str:
    """The tag in DrawingML, of today's or of the strict namespace; else one that is none."""
    space = node.tag[1:].partition("}")[0] if isinstance(node.tag, str) else ""
    return f"{{{space}}}{name}" if "drawingml" in space else ""
