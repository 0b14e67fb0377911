"""The tables of a web page: what many systems of offices hand out as .xls."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree, html

_BEGINNING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|meta|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_MOST_SPAN = 1000
Place = tuple[int, int]  #: row and column from 0


class WebTable(NamedTuple):
    """The texts of a table, and its merged cells by their first and last."""

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[Place, Place], ...]


def is_web_page(text: str) -> bool:
    """Whether a text is a page and no list."""
    return bool(_BEGINNING.match(text)) and "<table" in text.lower()


def read_web_tables(text: str) -> Iterator[WebTable]:
    """Every table that holds no other, from top to bottom."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, huge_tree=False
    )
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except etree.LxmlError:
        return
    for table in root.iter("table"):
        if table.find(".//table") is None:
            yield _read(table)


def _read(table: Any) -> WebTable:
    cells: dict[Place, str] = {}
    merged = []
    rows = list(table.iter("tr"))
    for at, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (at, column) in cells:
                column += 1
            down = min(_span(cell, "rowspan"), len(rows) - at)
            right = _span(cell, "colspan")
            covered = ((at + y, column + x) for y in range(down) for x in range(right))
            cells.update(dict.fromkeys(covered, ""))
            cells[at, column] = _text(cell)
            if down > 1 or right > 1:
                merged.append(((at, column), (at + down - 1, column + right - 1)))
            column += right
    width = max((column + 1 for _, column in cells), default=0)
    texts = (tuple(cells.get((at, one), "") for one in range(width)) for at in range(len(rows)))
    return WebTable(tuple(texts), tuple(merged))


def _span(cell: Any, name: str) -> int:
    told = (cell.get(name) or "1").strip()
    return max(1, min(int(told), _MOST_SPAN)) if told.isdecimal() else 1


def _text(cell: Any) -> str:
    for line in cell.iter("br"):
        line.tail = f"\n{line.tail or ''}"
    return "".join(cell.itertext()).replace("\xa0", " ").strip()
