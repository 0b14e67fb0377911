"""What stands in the rows of rosters and payment lists: names, ID numbers, amounts, the month."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from minzheng.county.writing.id_card import to_eighteen
from minzheng.inspection.traces import ID_NUMBER, latest_day

_NAME_BEFORE = re.compile(r"([㐀-鿿·]{2,10})[\s|]+(?:[男女][\s|]+)?$")
_AMOUNT = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+|\d{1,9})(?:(\.\d{2})(?!\d)|元)")
#: A share, and behind it the figure that a sheet holds for it: 12.50% 0.125.
_SHARE = re.compile(r"\d[\d,.]*\s?[%％‰](?:[ \t]\d?\.\d+)?")
_UNTIL = re.compile(r"(?:统计截止|发放日期|截止日期)[：:\s]*(\d{4})年(\d{1,2})月")
_MONTH = re.compile(r"(\d{4})年(?:度)?(?:(\d{1,2})月|第?([1-4一二三四])季度)")
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}

Month = tuple[int, int]  #: year and month


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row that names a person by ID number."""

    name: str
    id_no: str


def rows_of(text: str) -> Iterator[ListRow]:
    """Every row with an ID number; the name stands before it."""
    for line in text.split("\n"):
        for match in ID_NUMBER.finditer(line):
            before = _NAME_BEFORE.search(line[: match.start()])
            yield ListRow(before[1] if before else "", to_eighteen(match[0].upper()))


def month_of(title: str, text: str, year: str) -> Month | None:
    """The month a list is of: what it says it was counted until, its title, its latest date."""
    until = _UNTIL.search(text)
    if until:
        return int(until[1]), int(until[2])
    named = _MONTH.search(title.replace(" ", "")) or _MONTH.search(text[:200])
    if named:
        return int(named[1]), int(named[2]) if named[2] else _QUARTERS[named[3]]
    day: dt.date | None = latest_day(text, year)
    return (day.year, day.month) if day else None


def amount_beside(name: str, id_no: str, text: str) -> Decimal | None:
    """What the row of a person pays: the last amount of the row.

    Rows without a number that say different amounts are of several people of that name.
    """
    unnumbered: set[Decimal] = set()
    for line in text.split("\n"):
        if name not in line:
            continue
        ids = {to_eighteen(match[0].upper()) for match in ID_NUMBER.finditer(line)}
        if ids and id_no and id_no not in ids:
            continue
        amounts = [
            Decimal(whole.replace(",", "") + (part or ""))
            for whole, part in _AMOUNT.findall(_SHARE.sub(" ", line))
        ]
        if amounts and ids:
            return amounts[-1]
        unnumbered.update(amounts[-1:])
    return unnumbered.pop() if len(unnumbered) == 1 else None
