"""The code every page of a form carries: printed by the filler, read by the indexer.

The QR holds only upper-case letters, digits, `-`, `:` and `.`, so that it stays in
the QR standard's alphanumeric mode (ISO/IEC 18004) and prints large modules.
The page number stands in the printed code line: Word counts pages itself.
"""

import re
from dataclasses import dataclass

_PATTERN = re.compile(
    r"^MZ:(?P<form>[A-Z]{2,3}-[0-9]{2}[A-Z]?):V(?P<version>[0-9.]+):(?P<case>[A-Z0-9-]+)$"
)
_LINE = re.compile(
    r"(?P<form>(?:DB|TK|LS|YL|CB|GL|YF|GS|ET|LR|JZ|ZF|BZ|ZZ|ZH|COM)-[0-9]{2}[a-zA-Z]?)"
    r"\s*v(?P<version>[0-9.]+)(?:\s+(?P<case>[A-Z]{2}-[0-9]{6}-[0-9]{4}-[0-9]{4}))?"
)
NO_CASE = "-"


@dataclass(frozen=True, slots=True)
class FormCode:
    """Which form, in which version, of which case."""

    form_id: str
    version: str
    case_no: str = ""  #: empty on a blank form

    def qr_text(self) -> str:
        """The text of the QR code."""
        return f"MZ:{self.form_id.upper()}:V{self.version}:{self.case_no or NO_CASE}"

    def line(self) -> str:
        """The printed code line, without the page number that Word adds."""
        return f"{self.form_id} v{self.version} {self.case_no}".rstrip()


def read_qr(text: str) -> FormCode | None:
    """The code in a QR text, or None when the QR is not one of ours."""
    match = _PATTERN.match(text.strip())
    if match is None:
        return None
    case_no = match["case"]
    return FormCode(match["form"], match["version"], "" if case_no == NO_CASE else case_no)


def find_line(text: str) -> FormCode | None:
    """The code in a printed code line somewhere in a page's text, or None."""
    match = _LINE.search(text)
    return FormCode(match["form"], match["version"], match["case"] or "") if match else None
