"""A row of a register: its cells, its state, what it stands on and what proves it."""

from collections.abc import Mapping
from dataclasses import dataclass

from archive_indexer.stores.coded_papers import CodedPaper
from minzheng.registers.issued_rows import ReadDocument
from minzheng.registers.register import TOWN, VILLAGE


# Told apart by identity: a row made of the same things is the very same row.
@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row: its cells, its state, the document it stands on, the papers that prove it."""

    cells: Mapping[str, str]
    state: str
    document: ReadDocument | None = None
    papers: tuple[CodedPaper, ...] = ()

    @property
    def town(self) -> str:
        """The town it is of."""
        return self.cells.get(TOWN, "")

    @property
    def village(self) -> str:
        """The village it is of."""
        return self.cells.get(VILLAGE, "")
