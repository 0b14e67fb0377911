"""What may become of a piece: from the law and the table of retention.

个人信息保护法 art. 47: what is no longer needed is erased; where the period that law sets has
not passed, or erasing is technically hard, nothing is done with it but storing. 档案法 art. 21
forbids destroying archives before that. A paper that names others too cannot go for the one.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from minzheng.county.registry.retention import ENDED, OF_AGE, Retention
from minzheng.persons.holdings import Fate, Holding

_PERMANENT = "永久保管，不能删除（档案法第二十一条）"


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the years of a period count from."""

    retention: Retention
    today: dt.date
    age: int  #: years at which somebody is of age
    ended: Mapping[str, int] = field(default_factory=dict)  #: case → the year it ended
    newest: Mapping[str, int] = field(default_factory=dict)  #: case → year of its newest paper

    def due(self, one: Holding, born: dt.date | None) -> tuple[dt.date | None, str]:
        """From which day a piece may go, or None; and in words why."""
        keeping = self.retention.of(one.dossier)
        if keeping is None:
            return None, "保管期限表里没有这个专档，期限不明，不能删除"
        if keeping.years is None:
            return None, _PERMANENT
        year = self._year(one, keeping.start, born)
        if year is None:
            return None, f"保管 {keeping.label}，{_UNKNOWN[keeping.start]}，期限没有开始"
        day = keeping.ends(year)
        said = f"保管 {keeping.label}，自 {year} 年{_SINCE[keeping.start]}次年起算，到 {day} 满"
        return day, said

    def _year(self, one: Holding, start: str, born: dt.date | None) -> int | None:
        if start == OF_AGE:
            made = _year_of(one.year)
            if born is None:
                return None
            return max(born.year + self.age, self.newest.get(one.case_no, made or 0))
        if start == ENDED:
            return self.ended.get(one.case_no) if one.case_no else None
        return max(filter(None, (self.newest.get(one.case_no), _year_of(one.year))), default=None)


_UNKNOWN = {
    ENDED: "没有终止的材料",
    OF_AGE: "不知道出生日期",
    "形成": "不知道年度",
}
_SINCE = {ENDED: "案件终止", OF_AGE: "成年", "形成": "形成"}


def decide(one: Holding, calendar: Calendar, born: dt.date | None) -> Holding:
    """A paper or document with its fate and the reason."""
    day, said = calendar.due(one, born)
    is_due = day is not None and day <= calendar.today
    if one.names_others:
        why = "还写有别人，不能为一人删去；文字和检索里隐去此人，文书、原件照旧保存"
        return replace(one, fate=Fate.BLANK, why=f"{why}。{said}")
    if is_due:
        return replace(one, fate=Fate.ERASE, why=said)
    return replace(one, fate=Fate.STOP, why=f"{said}。未满期限的只存储，不再查找、显示、使用")


def _year_of(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None
