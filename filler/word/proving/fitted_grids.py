"""A table has as many columns as its widest row has cells, and stays as wide as it was.

Loops over cells and spans make rows wider or narrower than the grid that Word drew.
"""

import re
from typing import Any

from lxml import etree

from filler.word.word_names import qn

_CELL_TAGS = re.compile(r"\{%\s*(?:tc|hm|colspan)\b|\{#tc\b")
_TABLE, _GRID, _COLUMN, _WIDTH = (qn(one) for one in ("w:tbl", "w:tblGrid", "w:gridCol", "w:w"))
_ROW, _CELL, _T = qn("w:tr"), qn("w:tc"), qn("w:t")


def has_cell_tags(root: Any) -> bool:
    """Whether tags of a part make rows of more or fewer cells."""
    return bool(_CELL_TAGS.search("".join(one.text or "" for one in root.iter(_T))))


def fit_grids(data: bytes) -> bytes:
    """The part with the grid of each table as its rows need it."""
    root: Any = etree.fromstring(data)
    for table in root.iter(_TABLE):
        grid = table.find(_GRID)
        if grid is not None and len(grid.findall(_COLUMN)):
            _fit(grid, max(map(_columns, table.findall(_ROW)), default=0))
    fitted: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return fitted


def _columns(row: Any) -> int:
    spans = (cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for cell in row.findall(_CELL))
    return sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans)


def _fit(grid: Any, wanted: int) -> None:
    columns = grid.findall(_COLUMN)
    widths = [float(one.get(_WIDTH) or 0) for one in columns]
    if wanted in (0, len(columns)):
        return
    average = sum(widths) / wanted
    if wanted > len(columns):
        scale = len(columns) / wanted
        made = [int(one * scale) for one in widths] + [int(average)] * (wanted - len(columns))
    else:
        made = [int(one) + int(sum(widths[wanted:]) / wanted) for one in widths[:wanted]]
    for column in columns[wanted:]:
        grid.remove(column)
    columns = columns[:wanted]
    columns += [etree.SubElement(grid, _COLUMN) for _ in range(wanted - len(columns))]
    for column, width in zip(columns, made, strict=True):
        column.set(_WIDTH, str(width))
