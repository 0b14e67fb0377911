"""What the search page lets one choose: filters, order, offers; each is an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from archive_indexer.search_offers import Offer
from county.dossiers import load_dossiers

FILTERS = {
    "town": "镇", "village": "村", "dossier": "专档", "year": "年度",
    "form_id": "表", "kind": "类型", "has_seal": "盖章", "origin": "来源",
}  # fmt: skip
_OPEN = ("town", "village", "dossier", "year")
_KEPT = ("q", *FILTERS, "order", "syn", "copies")
_NAMES = {
    "has_seal": {"是": "有章", "否": "无章"},
    "origin": {"ocr": "扫描件", "text": "电子文字"},
}
_MOST_CHARACTERS = 500

#: How a question can be written: what it does, and an example that can be tried.
HELP = (
    ("几个词都要有", "张三 低保"),
    ("连在一起的短语", "“无异议”"),
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

    given: QueryDict

    @property
    def text(self) -> str:
        """The question itself."""
        return self.value("q").replace("\0", "").strip()[:_MOST_CHARACTERS]

    @property
    def page(self) -> int:
        """Which page of results, from 1."""
        text = self.value("page")
        is_number = text.isascii() and text.isdecimal() and len(text) < 6
        return max(1, min(int(text), 1000)) if is_number else 1

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        return any(self.value(name) for name in FILTERS)

    def value(self, name: str) -> str:
        """What was given for a name."""
        return str(self.given.get(name, ""))

    def with_changes(self, **changed: object) -> str:
        """The address with other values; the page starts again unless it is given."""
        kept = {name: self.value(name) for name in _KEPT}
        merged = {**kept, **{name: str(value) for name, value in changed.items()}}
        return "?" + urlencode({name: value for name, value in merged.items() if value})

    def without_filters(self) -> str:
        """The same question over everything."""
        return self.with_changes(**dict.fromkeys(FILTERS, ""))


def describe_choices(facets: Mapping[str, Mapping[str, int]], given: Addresses) -> list[Filter]:
    """Every filter with its values, the most frequent first; years from the newest."""
    return [
        Filter(label, choices, name in _OPEN or bool(given.value(name)))
        for name, label in FILTERS.items()
        if (choices := _choices(name, facets.get(name, {}), given))
    ]


def describe_offers(offers: Sequence[Offer], given: Addresses) -> list[tuple[Offer, str]]:
    """What may have been meant, with the address that asks it."""
    return [(offer, given.with_changes(q=_instead(given.text, offer))) for offer in offers]


def _instead(text: str, offer: Offer) -> str:
    if offer.instead_of in text:
        return text.replace(offer.instead_of, offer.text)
    return offer.text


def _choices(name: str, counts: Mapping[str, int], given: Addresses) -> list[Choice]:
    chosen = given.value(name)
    known = counts or ({chosen: 0} if chosen else {})
    by_count = sorted(known.items(), key=lambda item: (-item[1], item[0]))
    ordered = sorted(known.items(), reverse=True) if name == "year" else by_count
    names = _NAMES.get(name) or _dossier_names(name)
    return [
        Choice(
            names.get(value, value),
            count,
            given.with_changes(**{name: "" if value == chosen else value}),
            value == chosen,
        )
        for value, count in ordered
    ]


def _dossier_names(name: str) -> dict[str, str]:
    if name != "dossier":
        return {}
    return {dossier.code: dossier.short_name for dossier in load_dossiers().all}
