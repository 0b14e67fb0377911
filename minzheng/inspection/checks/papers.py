"""What a check reads of a paper: typed answers of a document, or words of a scan."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from minzheng.county.writing.chinese_dates import parse_date, parse_month
from minzheng.county.writing.money_words import parse_money

Row = Mapping[str, str]
Month = tuple[int, int]
RECORD, SCAN = "出具", "扫描"
#: Under which a row names the table it is of.
TABLE = "_"
#: Columns and fields in which a name and an ID number stand side by side, and as what.
PAIRS: tuple[tuple[str, str, str], ...] = (
    ("name", "id_no", "本人"),
    ("head", "id_no", "本人"),
    ("addressee", "id_no", "本人"),
    ("m_name", "m_id", "成员"),
    ("s_name", "s_id", "义务人"),
    ("a_name", "a_id", "授权人"),
    ("beneficiary", "ben_id", "救助对象"),
    ("b_name", "b_id", "本人"),
    ("c_name", "c_id", "照料人"),
    ("obj_name", "obj_id", "近亲属"),
    ("staff_name", "staff_id", "干部"),
    ("guardian", "guardian_id", "监护人"),
)


@dataclass(frozen=True, slots=True)
class Looks:
    """What was seen on a scan: seals, places for signatures, photos."""

    is_pictured: bool = False  #: it is a picture of paper, on which a seal would be seen
    seals: int = 0
    unsigned: tuple[str, ...] = ()  #: labels of places where nobody signed
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A document issued here, or a file of the archive of a known form."""

    source: str  #: RECORD or SCAN
    number: int
    form_id: str
    town: str
    village: str
    dossier: str
    year: str
    case_no: str
    title: str
    day: dt.date | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    looks: Looks = Looks()

    @property
    def key(self) -> str:
        """Which of all papers it is."""
        return f"{self.source}:{self.number}"

    @property
    def is_scan(self) -> bool:
        """Whether it lies in the archive."""
        return self.source == SCAN

    def text(self, slug: str) -> str:
        """What stands in a field; nothing when it is not known."""
        return self.values.get(slug, "")

    def date(self, slug: str) -> dt.date | None:
        """A field as a day."""
        return day_in(self.values.get(slug, ""))

    def money(self, slug: str) -> Decimal | None:
        """A field as an amount."""
        return money_in(self.values.get(slug, ""))

    def table(self, *names: str) -> tuple[Row, ...]:
        """The rows of one of its tables; without a name all of them."""
        return tuple(row for row in self.rows if not names or row.get(TABLE) in names)

    @property
    def month(self) -> Month | None:
        """The month of its day."""
        return (self.day.year, self.day.month) if self.day else None


@dataclass(frozen=True, slots=True)
class Mention:
    """A person on a paper: as what, and the row or fields that speak of them."""

    id_no: str
    name: str
    part: str  #: 本人, 成员, 干部 …
    paper: Paper  #: without the rows of others
    row: Row  #: the row, or the fields of the paper

    def text(self, slug: str) -> str:
        """What the row says, else the paper."""
        return self.row.get(slug, "") or self.paper.text(slug)

    def date(self, slug: str) -> dt.date | None:
        """The same as a day."""
        return day_in(self.text(slug))


def mentions_on(paper: Paper) -> Iterator[Mention]:
    """Everybody a paper names with an ID number."""
    for name, number, part in PAIRS:
        if paper.values.get(number) and paper.values.get(name):
            yield Mention(paper.values[number], paper.values[name], part, paper, paper.values)
    for row in paper.rows:
        for name, number, part in PAIRS:
            if row.get(number) and name in row:
                yield Mention(row[number], row[name], part, paper, row)


@lru_cache(maxsize=8192)
def day_in(text: str) -> dt.date | None:
    """A day as forms print it or people write it."""
    return parse_date(text) if text else None


@lru_cache(maxsize=8192)
def month_in(text: str) -> Month | None:
    """A month as forms print it or people write it."""
    day = parse_month(text) if text else None
    return (day.year, day.month) if day else None


@lru_cache(maxsize=16384)
def money_in(text: str) -> Decimal | None:
    """An amount as forms print it or people write it."""
    return parse_money(text.rstrip("元").strip()) if text else None


def print_months(month: Month) -> str:
    """A month as a sentence says it."""
    return f"{month[0]}年{month[1]}月"


def later_months(month: Month, count: int) -> Month:
    """So many months later."""
    whole = month[0] * 12 + month[1] - 1 + count
    return whole // 12, whole % 12 + 1


def as_json(paper: Paper) -> dict[str, Any]:
    """What of a paper is kept beside its place."""
    looks = paper.looks
    seen = [looks.is_pictured, looks.seals, list(looks.unsigned), looks.confidence]
    return {"v": dict(paper.values), "r": [dict(row) for row in paper.rows], "s": seen}


def looks_of(seen: list[Any]) -> Looks:
    """What was seen, as it was kept."""
    is_pictured, seals, unsigned, confidence = seen
    return Looks(bool(is_pictured), int(seals), tuple(unsigned), float(confidence))
