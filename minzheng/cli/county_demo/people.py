"""People nobody is: names with 测试, ID numbers that check, each only once."""

import datetime as dt
import random
from dataclasses import dataclass, field

from minzheng.county.writing.id_card import checked_number

MARK = "测试"
#: Signs of given names; a village of a few hundred has no two people called alike.
SIGNS = (
    "安本成春达恩发福光国海和洪华辉吉家建江金军康兰丽良林龙梅敏明能宁平奇清庆秋"
    "仁荣瑞山胜世书顺思泰天文武祥新兴秀学雪亚艳阳义永友玉元远云泽珍正志忠子宗祖"
)
_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_REGION = "610927"
_BANK = "621700"


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody invented: a name, a number, where to reach and pay them."""

    name: str
    id_no: str
    group_no: int
    phone: str
    bank_no: str

    @property
    def born(self) -> dt.date:
        """The day of birth, as the number tells."""
        return dt.datetime.strptime(self.id_no[6:14], "%Y%m%d").date()


@dataclass
class InventedPeople:
    """Invents people one after the other, no name and no number twice."""

    chance: random.Random
    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def person(self, youngest: int, oldest: int, today: dt.date, sex: str = "") -> Invented:
        """Somebody of an age between two, both counted."""
        count = len(self.numbers)
        return Invented(
            self.name(),
            self.number(youngest, oldest, today, sex),
            self.chance.randint(1, 6),
            f"139{15000000 + count:08}",
            _with_check_digit(f"{_BANK}{count + 1:012}"),
        )

    def name(self) -> str:
        """A name that nobody has yet."""
        while True:
            given = "".join(self.chance.sample(SIGNS, 2))
            name = f"{MARK}{self.chance.choice(_SURNAMES)}{given}"
            if name not in self.names:
                self.names.add(name)
                return name

    def number(self, youngest: int, oldest: int, today: dt.date, sex: str = "") -> str:
        """An ID number that nobody has yet."""
        while True:
            days = self.chance.randint(youngest * 366, oldest * 365 + 360)
            number = self._of_day(today - dt.timedelta(days=days), sex)
            if number not in self.numbers:
                self.numbers.add(number)
                return number

    def _of_day(self, born: dt.date, sex: str) -> str:
        last = self.chance.randrange(0, 1000, 2) + (
            sex == "男" if sex else self.chance.random() < 0.5
        )
        return checked_number(f"{_REGION}{born:%Y%m%d}{last:03}")


def _with_check_digit(digits: str) -> str:
    """A bank card's number: the digits and what Luhn's rule adds."""
    doubled = [int(one) * (2 - number % 2) for number, one in enumerate(reversed(digits))]
    total = sum(one // 10 + one % 10 for one in doubled)
    return f"{digits}{-total % 10}"
