"""A fault of a template: what is wrong, and the paragraph to mark."""

from dataclasses import dataclass

from filler.word.faults.template_text import PlacedText
from minzheng.county.errors import Problem

WHOLE = "全文"


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake where it stands; without a paragraph it concerns the whole."""

    what: str
    do: str
    text: PlacedText | None = None

    @property
    def where(self) -> str:
        """第2个表格第3行第1列."""
        return self.text.where if self.text else WHOLE

    def problem(self) -> Problem:
        """The same for a list of problems."""
        return Problem(self.where, self.what, self.do)
