"""What the county's tables say of an amount somebody asks for: 高龄补贴多少钱一个月."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from archive_indexer.asking.official_words import official_words
from minzheng.county.county import County
from minzheng.county.registry.standards import Limit, Standard
from minzheng.county.registry.synonyms import Groups
from minzheng.county.writing.chinese_text import fold_for_search

_ASKS = re.compile(
    "多少钱|多少元|几块钱|几多钱|给多少|发多少|补多少|领多少|拿多少|多少$|标准|最多|最高|封顶|限额|上限"
    "|(?:调|提|涨)[到高]|提标|调标|每月多少|一个月多少|比例"
)
_MOST = 8


@dataclass(frozen=True, slots=True)
class SaidAmount:
    """A standard or limit that holds on a day: what it is of, how much, since when."""

    of: str
    amount: str
    start: dt.date
    source: str
    mark: str  #: 示例, 待核: the county has not confirmed it


def find_said_amounts(text: str, county: County, day: dt.date) -> tuple[SaidAmount, ...]:
    """What is registered of the scheme that a question for an amount names, as of a day."""
    if not _ASKS.search(text):
        return ()
    said = _plain(official_words(fold_for_search(text), county).replace(" ", ""), county.synonyms)
    found = (*_standards(said, county, day), *_limits(said, county, day))
    return tuple(found[:_MOST])


def _standards(said: str, county: County, day: dt.date) -> Iterator[SaidAmount]:
    named = {
        one.scheme for one in county.standards.all if _plain(one.scheme, county.synonyms) in said
    }
    named -= {one for one in named for other in named if one != other and one in other}
    for one in county.standards.all:
        if one.scheme in named and one.start <= day <= one.end:
            yield _said(
                one, f"{one.scheme}·{one.hukou_type}", f"每人每月 {_yuan(one.month_amount)} 元"
            )


def _limits(said: str, county: County, day: dt.date) -> Iterator[SaidAmount]:
    schemes = [one.short_name for one in county.dossiers.all]
    matters = [one for dossier in county.dossiers.all for one in dossier.matters]
    asked = [one for one in schemes + matters if _plain(one, county.synonyms) in said]
    for one in county.limits.all:
        # 低保边缘家庭 is another matter than 低保: only who asks for it is told of it.
        own = [word for word in matters if word in one.name] or schemes
        is_asked = any(word in one.name for word in asked if word in own)
        if one.start <= day <= one.end and is_asked:
            unit = "%" if "比例" in one.name else " 元"
            yield _said(one, one.name, f"{_yuan(one.amount)}{unit}")


def _said(one: Standard | Limit, of: str, amount: str) -> SaidAmount:
    return SaidAmount(of, amount, one.start, one.source, one.mark)


def _yuan(amount: Decimal) -> str:
    return f"{amount:f}".removesuffix(".00")


def _plain(text: str, synonyms: Groups) -> str:
    """One word in place of all that mean the same."""
    for word, shortest in synonyms.shortest_for:
        text = text.replace(word, shortest)
    return text
