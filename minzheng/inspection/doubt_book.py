"""The list of doubts as a spreadsheet, each with its state."""

from collections.abc import Iterable
from typing import NamedTuple

from minzheng.external.files.file_properties import FileProperties
from minzheng.inspection.list_book import write_list

#: The headings, and how wide each column is.
_COLUMNS = (
    ("编号", 7), ("核对", 22), ("轻重", 6), ("村", 16), ("专档", 10), ("年度", 7), ("对象", 14),
    ("哪里对不上", 48), ("依据的材料", 36), ("状态", 9), ("说明", 28), ("核实人", 12),
    ("核实日期", 12), ("发现日期", 12),
)  # fmt: skip


class DoubtLine(NamedTuple):
    """One doubt, as a row tells it."""

    no: str
    name: str
    severity: str
    where: str
    dossier: str
    year: str
    about: str
    what: str
    papers: str
    state: str
    note: str
    by: str
    at: str
    found: str


def write_doubts(
    watermark: str, lines: Iterable[DoubtLine], *, properties: FileProperties
) -> bytes:
    """One sheet of doubts."""
    return write_list(watermark, "疑点清单", _COLUMNS, lines, properties=properties)
