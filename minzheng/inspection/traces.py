"""One paper about a person: what it says of whom, of when, of which step of the work."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from minzheng.county.writing.chinese_dates import parse_date
from minzheng.county.writing.id_card import to_eighteen

ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:(?:18|19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx]"
    r"|\d{2}[01]\d[0-3]\d\d{3})(?![0-9A-Za-z])"
)
_DATE = re.compile(r"(?:19|20)\d{2}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?")
_AFTER, _BEFORE = 90, 40  #: characters around a name in which its ID number stands
_EARLIEST = dt.date(1990, 1, 1)

Source = Literal["出具文书", "扫描件"]
#: own: of the person's case; list: one of many people on it; mention: somebody else's paper.
Kind = Literal["own", "list", "mention"]


@dataclass(frozen=True, slots=True)
class Trace:
    """One paper about a person."""

    source: Source
    number: int  #: of the issued document, or of the file
    title: str
    text: str  #: what stands on it, to find ID and date
    page: int = 1
    form_id: str = ""
    dossier: str = ""
    town: str = ""
    village: str = ""
    year: str = ""
    case_no: str = ""
    person: str = ""  #: whose paper it is, as far as the filing knows
    sha256: str = ""
    id_no: str = ""  #: known for records; found for scans
    day: dt.date | None = None
    present: bool = True
    about: str = ""  #: the dossier it speaks of: a notice speaks of another than its own
    step: str = ""
    kind: Kind = "own"
    because: str = ""  #: why it is this person's, when no ID number says so
    copies: int = 0
    waits_for: str = ""  #: the level whose hand a 送审稿 waits for: it proves nothing yet
    paper: int = 0  #: of an issued document: the number of its first printing

    @property
    def year_shown(self) -> str:
        """Its year, or that of its date."""
        return self.year or (str(self.day.year) if self.day else "")


def id_beside(name: str, text: str, *, is_anothers: bool = False) -> str:
    """The ID number nearest to a name, else the only one of a paper that is not another's."""
    found: list[tuple[int, str]] = []
    for at in (match.start() for match in re.finditer(re.escape(name), text)):
        start = max(0, at - _BEFORE)
        for match in ID_NUMBER.finditer(text[start : at + len(name) + _AFTER]):
            distance = start + match.start() - at
            found.append((distance if distance >= 0 else 3 * -distance, match[0].upper()))
    if found:
        return to_eighteen(min(found)[1])
    if is_anothers:
        return ""
    all_ids = {to_eighteen(match[0].upper()) for match in ID_NUMBER.finditer(text)}
    return all_ids.pop() if len(all_ids) == 1 else ""


def latest_day(text: str, year: str = "") -> dt.date | None:
    """The latest date of a paper, of its year if that is known: births come before it."""
    days = (parse_date(re.sub(r"\s", "", match[0])) for match in _DATE.finditer(text))
    known = [day for day in days if day and day >= _EARLIEST]
    of_the_year = [day for day in known if str(day.year) == year]
    return max(of_the_year or known, default=None)
