"""What the checklist shows: each question with the address that answers it here and now."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.urls import reverse

from archive_indexer.documents import Visible
from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.queries import Query
from archive_indexer.search import search_archive
from minzheng.accounts.areas import Area
from minzheng.county.registry.places import Village
from minzheng.county.registry.questions import Question
from minzheng.web.gate.office import county
from minzheng.web.gate.private_questions import as_address, from_address

_ASKED_FOR = {"name": "先填姓名", "number": "先填号码", "old_names": "先选有旧村名的村"}
_LONGEST = 40
_LAST = dt.date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """For which village, time, person the questions are asked."""

    village: Village | None
    year: str
    quarter: str
    name: str
    number: str

    @property
    def blanks(self) -> dict[str, str]:
        """What fills the blanks of the questions."""
        olds = self.village.other_names if self.village else ()
        return {
            "village": self.village.name if self.village else "",
            "year": self.year,
            "days": self._days,
            "name": self.name,
            "number": self.number,
            "old_names": " 或 ".join(olds),
        }

    @property
    def _days(self) -> str:
        if not self.year or not self.quarter:
            return self.year
        last = int(self.quarter) * 3
        return f"{self.year}-{last - 2:02}..{self.year}-{last:02}"

    @property
    def place_key(self) -> str:
        """The village for the checks of papers."""
        return self.village.short_code if self.village else "all"


@dataclass(frozen=True, slots=True)
class Line:
    """One question as it is shown."""

    question: Question
    address: str = ""  #: empty when something must be filled in first, or it cannot be answered
    count: int | None = None  #: files that answer
    asked_for: str = ""
    answer: tuple[str, ...] = ()  #: what can be said at once


def read_given(asked: QueryDict, place: Area, person: int) -> AskedFor:
    """What was chosen; a place outside the area is none, an address's number may be a token."""

    def text(name: str) -> str:
        return "".join(asked.get(name, "").replace("\0", "").split())[:_LONGEST]

    village = county().places.by_short_code(text("village"))
    if village is not None and not place.covers(village.town, village.name):
        village = None
    year, quarter = text("year"), text("quarter")
    number = from_address(person, text("number")) or ""
    is_year = len(year) == 4 and year.isascii() and year.isdecimal()
    return AskedFor(
        village,
        year if is_year else "",
        quarter if quarter in ("1", "2", "3", "4") else "",
        text("name").replace('"', ""),
        number if number.isalnum() else "",
    )


def as_query(given: AskedFor, person: int) -> str:
    """The choices as an address, without personal numbers."""
    chosen = {
        "village": given.village.short_code if given.village else "",
        "year": given.year,
        "quarter": given.quarter,
        "name": given.name,
        "number": as_address(person, given.number),
    }
    return urlencode({name: value for name, value in chosen.items() if value})


def describe_questions(
    given: AskedFor, index: ArchiveIndex, visible: Visible, person: int
) -> list[Line]:
    """All questions; those that are searches with how many files answer."""
    return [_line(question, given, index, visible, person) for question in county().questions]


def _line(
    question: Question, given: AskedFor, index: ArchiveIndex, visible: Visible, person: int
) -> Line:
    blanks = given.blanks
    missing = question.missing(blanks)
    if missing:
        return Line(question, asked_for=_ASKED_FOR[missing[0]])
    if question.page:
        return Line(question, question.page.format_map(_quoted(blanks)))
    if question.doubts:
        address = reverse("doubts", args=(question.doubts, given.place_key))
        return Line(question, f"{address}?year={given.year}" if given.year else address)
    query = question.query(blanks)
    filters = Query((), limit=1, visible=visible, shows_absent=False)
    answer = search_archive(index, query, filters, county())
    count = answer.result.total
    address = f"{reverse('search')}?{urlencode({'q': as_address(person, query)})}"
    return Line(question, address, count, answer=_laws(question.law) if question.law else ())


def _quoted(blanks: Mapping[str, str]) -> dict[str, str]:
    return {name: quote(value) for name, value in blanks.items()}


def _laws(title: str) -> tuple[str, ...]:
    """Every version of a regulation and until when it holds."""
    return tuple(
        f"{law.doc_no}：{law.start:%Y-%m-%d} 起"
        + (f"，至 {law.end:%Y-%m-%d} 止" if law.end < _LAST else "，现行有效")
        for law in county().laws.all
        if law.title == title
    )
