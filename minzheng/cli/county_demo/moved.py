"""Sample answers told again of other people, in another village, on other days."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from minzheng.cli.county_demo.people import MARK, InventedPeople
from minzheng.county.registry.places import Village
from minzheng.county.registry.working_days import Calendar
from minzheng.county.shipped import shipped
from minzheng.county.writing.id_card import age_on, sex

Answers = dict[str, Any]
#: Where and when the samples are told of.
_TOWN, _VILLAGE = "钟宝镇", "旧城村"
SAMPLE_DAY = dt.date(2018, 5, 7)
_MOST_WEEKS = 12
#: When the samples' towns and county decide.
_DECIDED = tuple(dt.date(2018, *one) for one in (
    (4, 27), (5, 7), (5, 18), (5, 21), (5, 25), (5, 28), (5, 30), (5, 31)))  # fmt: skip
_NUMBER = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)|(?<!\d)\d{17}[\dX](?=\d\d[A-Z]?\d?$)")
_NAME = re.compile(rf"{MARK}[\u4e00-\u9fff]{{2,3}}")
_MONTH = re.compile(r"20\d\d-\d\d")
_YEAR = re.compile(r"(?<!\d)201[678](?=[〔〕年\-－])|(?<=〔)201[678]|(?<=[A-Z]{2})201[678](?=-)")


@cache
def sample(form_id: str) -> Answers:
    """The sample answers of a form."""
    file = shipped("tests/samples/answers") / f"{form_id}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


class Moved:
    """One village's samples, on days so much later; the same person stays the same."""

    def __init__(
        self,
        village: Village,
        people: InventedPeople,
        day: dt.date,
        known: Mapping[str, str] | None = None,
    ) -> None:
        """`day` is what becomes of the samples' 7 May 2018; a weekday stays one."""
        self.village, self._people = village, people
        self._later = _weeks_later(day)
        self._years = day.year - SAMPLE_DAY.year
        self._texts = {_TOWN: village.town, _VILLAGE: village.name, **(known or {})}

    def day(self, month: int, number: int) -> dt.date:
        """A day of the samples' year."""
        return dt.date(SAMPLE_DAY.year, month, number) + self._later

    def answers(self, form_id: str, *left_out: str, **other: Any) -> Answers:
        """The answers of a form, without some, with others."""
        told = {slug: one for slug, one in sample(form_id).items() if slug not in left_out}
        self._learn(told)
        return {slug: self._moved(one) for slug, one in told.items() if slug not in other} | other

    def _learn(self, answers: Answers) -> None:
        """Whoever is named for the first time is somebody else from now on."""
        for text in _texts_of(answers):
            if _NAME.fullmatch(text) and text not in self._texts:
                self._texts[text] = self._people.name()
            for found in _NUMBER.findall(text):
                if found not in self._texts:
                    self._texts[found] = self._number(found)

    def _number(self, number: str) -> str:
        """A number of the same age and sex."""
        age = age_on(number, SAMPLE_DAY) or 0
        return self._people.number(age, age, SAMPLE_DAY + self._later, sex(number))

    def _moved(self, value: Any) -> Any:
        if isinstance(value, dt.date):
            return value + self._later
        if isinstance(value, list):
            return [self._moved(one) for one in value]
        if isinstance(value, dict):
            return {slug: self._moved(one) for slug, one in value.items()}
        return self._told(value) if isinstance(value, str) else value

    def _told(self, text: str) -> str:
        if _MONTH.fullmatch(text):
            year, month = map(int, text.split("-"))
            return f"{dt.date(year, month, 15) + self._later:%Y-%m}"
        # The longer first: 测试赵明 is no part of 测试赵明义; and nothing is told twice.
        known = "|".join(map(re.escape, sorted(self._texts, key=len, reverse=True)))
        text = re.sub(known, lambda found: self._texts[found[0]], text)
        return _YEAR.sub(lambda found: str(int(found[0]) + self._years), text)


def quiet_day(day: dt.date, calendar: Calendar) -> dt.date:
    """The nearest day before on whose story no town and no county decides on a holiday."""
    for weeks in range(_MOST_WEEKS):
        begun = day - dt.timedelta(weeks=weeks)
        if all(calendar.is_working_day(one + _weeks_later(begun)) for one in _DECIDED):
            return begun
    return day


def _weeks_later(day: dt.date) -> dt.timedelta:
    """How much later than the samples' a story is: a weekday stays one."""
    return dt.timedelta(weeks=round((day - SAMPLE_DAY).days / 7))


def _texts_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts_of(one)]
    return [value] if isinstance(value, str) else []
