"""A row with `{{ 家庭成员.姓名 }}` and no loop around it is a sample: it is repeated.

People who draw a table in Word write one row as it shall look; the loop's own two rows
are put around it here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from filler.word.word_names import qn
from minzheng.county.loaded_later import LoadedLater

docx_oxml = LoadedLater("docx.oxml")  #: only what compiles a template makes elements

_COLUMN = re.compile(r"\{\{\s*(\w+)\.\w+[^{}]*\}\}")
_LOOP = re.compile(r"\{%\s*(?:tr\s+|p\s+|tc\s+)?for\s+(\w+)\s+in\s+\w+\s*%\}")
_END = re.compile(r"\{%\s*tr\s+endfor\s*%\}")


def sample_tables(text: str, loops: Iterable[str]) -> set[str]:
    """Tables whose columns a row prints although no loop goes over them."""
    own = {match[1] for match in _LOOP.finditer(text)}
    return {match[1] for match in _COLUMN.finditer(text)} - own - set(loops) - {"loop"}


def sample_loops(text: str, loops: Mapping[str, str]) -> dict[str, str]:
    """The loops of a row, those that are put around it included."""
    return {**{table: table for table in sample_tables(text, loops)}, **loops}


def repeat_sample_rows(body: Any) -> None:
    """Put a loop around every row that is a sample of one table."""
    for table in list(body.iter(qn("w:tbl"))):
        for row, name in list(_samples(table)):
            row.addprevious(_marker(f"{{%tr for {name} in {name} %}}"))
            row.addnext(_marker("{%tr endfor %}"))


def _samples(table: Any) -> Iterator[tuple[Any, str]]:
    open_loops: list[str] = []
    for row in table.findall(qn("w:tr")):
        text = "".join(node.text or "" for node in row.iter(qn("w:t")))
        if _END.search(text):
            open_loops = open_loops[:-1]
        elif "{%tr" in text or "{% tr" in text:
            open_loops += [match[1] for match in _LOOP.finditer(text)]
        else:
            tables = sample_tables(text, open_loops)
            if len(tables) == 1:
                yield row, tables.pop()


def _marker(words: str) -> Any:
    row, cell, paragraph, run, text = map(
        docx_oxml.OxmlElement, ("w:tr", "w:tc", "w:p", "w:r", "w:t")
    )
    text.text = words
    run.append(text)
    paragraph.append(run)
    cell.append(paragraph)
    row.append(cell)
    return row
