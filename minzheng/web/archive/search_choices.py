"""What the search page lets one choose: filters, order, offers; each is an address."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import get_args
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from archive_indexer.asking.search_offers import Offer
from archive_indexer.queries import Order
from minzheng.county.town_names import place_in_words
from minzheng.county.writing.chinese_dates import print_date
from minzheng.web.gate.office import county
from minzheng.web.gate.private_questions import as_address, from_address

FILTERS = {
    "town": "镇", "village": "村", "dossier": "专档", "year": "年度",
    "form_id": "表", "kind": "类型", "has_seal": "盖章", "origin": "来源",
}  # fmt: skip
_OPEN = ("town", "village", "dossier", "year")
_KEPT = ("q", *FILTERS, "order", "look", "syn", "copies", "gone", "since")
_NAMES = {
    "has_seal": {"是": "有章", "否": "无章"},
    "origin": {"ocr": "扫描件", "text": "电子文字"},
}
_MOST_CHARACTERS = 500
_LONGEST_CHOICE = 40

#: How a question can be written: what it does, and an example that can be tried.
HELP = (
    ("几个词都要有", "张三 低保"),
    ("连在一起的短语", "“无异议”"),
    ("两段字相隔不远", "冬春…救助"),
    ("有一个就行", "低保 或 特困"),
    ("不要含有", "公示 不含 停保"),
    ("括号", "文彩村 (低保 或 特困)"),
    ("只看某村、某镇", "村:文彩村"),
    ("某个专档、年度", "专档:低保 年:2017..2019"),
    ("某人", "姓名:张三"),
    ("身份证，写全号或后四位", "身份证:0015"),
    ("金额", "金额:>5000"),
    ("纸上的日期", "日期:2018-03"),
    ("某张表", "表:DB-02"),
    ("档号、编号", "档号:DB-2018"),
    ("有没有盖章", "公示 有章:否"),
    ("签名处有没有空着的（系统的表）", "签名:无"),
    ("文件名、文件夹名", "文件名:花名册"),
    ("姓名拼音或首字母", "zhangsan"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its name, how many files, the address that sets it."""

    name: str
    count: int
    address: str
    is_set: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values; rarely used ones are folded."""

    label: str
    choices: list[Choice]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Addresses:
    """What was asked for, and the addresses of the same question changed a little."""

    text: str  #: the question itself
    given: Mapping[str, str]  #: what the address says, `q` as it may stand there
    person: int
    is_forgotten: bool = False  #: the address stood for a question that is no longer known

    @classmethod
    def of(cls, given: QueryDict, person: int) -> "Addresses":
        """The question and the choices of an address."""
        asked = str(given.get("q", "")).replace("\0", "").strip()[:_MOST_CHARACTERS]
        text = from_address(person, asked)
        values = {name: str(given.get(name, ""))[:_LONGEST_CHOICE] for name in (*_KEPT, "page")}
        values["q"] = asked if text is None else as_address(person, text)
        return cls(text or "", values, person, text is None)

    @classmethod
    def saved(cls, text: str, choices: Mapping[str, str], person: int) -> "Addresses":
        """What a saved search asks."""
        kept = {name: str(choices.get(name, "")) for name in _KEPT}
        return cls(text, kept | {"q": as_address(person, text)}, person)

    @property
    def page(self) -> int:
        """Which page of results, from 1."""
        text = self.value("page")
        is_number = text.isascii() and text.isdecimal() and len(text) < 6
        return max(1, min(int(text), 1000)) if is_number else 1

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        return any(self.value(name) for name in (*FILTERS, "since"))

    @property
    def choices(self) -> dict[str, str]:
        """All that was chosen beside the words."""
        return {name: self.value(name) for name in _KEPT if name != "q" and self.value(name)}

    @property
    def with_synonyms(self) -> bool:
        """Whether synonyms are searched, and marked."""
        return self.value("syn") != "0"

    @property
    def shows_absent(self) -> bool:
        """Whether traces of files that are gone are listed among the hits."""
        return bool(self.value("gone"))

    @property
    def is_list(self) -> bool:
        """Whether the hits are looked at as lines of a table, and not as cards."""
        return self.value("look") == "list"

    @property
    def since(self) -> dt.datetime | None:
        """Only what came into the archive after this moment."""
        return read_moment(self.value("since"))

    @property
    def order(self) -> Order:
        """The order of the hits; an unknown one is the usual one."""
        return next((one for one in get_args(Order) if one == self.value("order")), "best")

    def value(self, name: str) -> str:
        """What was given for a name."""
        return self.given.get(name, "")

    def with_changes(self, **changed: object) -> str:
        """The address with other values; the page starts again unless it is given."""
        names = dict.fromkeys((*_KEPT, *changed))
        values = ((name, str(changed.get(name, self.value(name)))) for name in names)
        return "?" + "&".join(_encoded(name, value) for name, value in values if value)

    def since_moment(self, moment: dt.datetime) -> "Addresses":
        """The same question about what came later."""
        since = timezone.localtime(moment).replace(tzinfo=None).isoformat(timespec="microseconds")
        return replace(self, given={**self.given, "since": since})

    def asking(self, text: str) -> str:
        """The address of another question with the same filters."""
        return self.with_changes(q=as_address(self.person, text))

    def of_picture(self, width: int, turn: int = 0) -> str:
        """The address of a page's picture with the words marked."""
        asked = {name: self.value(name) for name in ("q", "syn")}
        given = {**asked, "width": str(width or ""), "turn": str(turn or "")}
        return "?" + "&".join(_encoded(name, value) for name, value in given.items() if value)

    def without_filters(self) -> str:
        """The same question over everything."""
        return self.with_changes(**dict.fromkeys((*FILTERS, "since"), ""))


@lru_cache(maxsize=512)
def _encoded(name: str, value: str) -> str:
    """A page of hits has some eighty addresses, and the same question stands in all."""
    return urlencode({name: value})


def read_moment(text: str) -> dt.datetime | None:
    """A moment as our addresses write it: 2026-11-25T14:30:05; anything else is none."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    is_usual = moment.tzinfo is None and 2000 <= moment.year <= 2100
    return timezone.make_aware(moment) if is_usual else None


def describe_choices(facets: Mapping[str, Mapping[str, int]], given: Addresses) -> list[Filter]:
    """Every filter with its values, the most frequent first; years from the newest."""
    return [
        Filter(label, choices, name in _OPEN or bool(given.value(name)))
        for name, label in FILTERS.items()
        if (choices := _choices(name, facets.get(name, {}), given))
    ]


def describe_set_filters(given: Addresses) -> list[str]:
    """The filters that are set, in words: 村：旧城村."""
    said = [
        f"{label}：{_names_of(name).get(value, value)}"
        for name, label in FILTERS.items()
        if (value := given.value(name))
    ]
    if given.since:
        since = timezone.localtime(given.since)
        said.append(f"{print_date(since)} {since:%H:%M} 以后入库")
    return said


def describe_offers(offers: Sequence[Offer], given: Addresses) -> list[tuple[Offer, str]]:
    """What may have been meant, with the address that asks it."""
    return [(offer, given.asking(_instead(given.text, offer))) for offer in offers]


def _instead(text: str, offer: Offer) -> str:
    if offer.instead_of in text:
        return text.replace(offer.instead_of, offer.text)
    return offer.text


def _choices(name: str, counts: Mapping[str, int], given: Addresses) -> list[Choice]:
    chosen = given.value(name)
    known = counts or ({chosen: 0} if chosen else {})
    by_count = sorted(known.items(), key=lambda item: (-item[1], item[0]))
    ordered = sorted(known.items(), reverse=True) if name == "year" else by_count
    names = _names_of(name)
    return [
        Choice(
            names.get(value, value),
            count,
            given.with_changes(**{name: "" if value == chosen else value}),
            value == chosen,
        )
        for value, count in ordered
    ]


def _names_of(name: str) -> Mapping[str, str]:
    """How the values of a filter are called."""
    if name == "dossier":
        return {dossier.code: dossier.short_name for dossier in county().dossiers.all}
    if name == "town":
        return {one: place_in_words(one) for one in county().places.counties}
    return _NAMES.get(name, {})
