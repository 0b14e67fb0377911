"""Doubts about procedure: notices, agreements, problems left open, boxes and their directories."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from archive_indexer.stores.paper_texts import PaperText
from minzheng.county.publicity import Publicity
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.writing.chinese_dates import parse_date, print_date
from minzheng.inspection.doubts import Doubt, Reader, doubt_of

_DAY = r"(\d{4}年\d{1,2}月\d{1,2}日)"
_PERIODS = (
    re.compile(rf"公示(?:期|时间)[^\d\n]{{0,6}}{_DAY}\s*[至到—-]+\s*{_DAY}"),
    re.compile(rf"张贴日期[：:\s]*{_DAY}[\s\S]{{0,80}}?撤下日期[：:\s]*{_DAY}"),
)
_RECEIPT = re.compile(rf"签收日期[：:\s]*({_DAY})?")
_ADDRESSEE = re.compile(r"申请人（户主）[：:]\s*([㐀-鿿·]{2,10})")
_TERM = re.compile(rf"期限自\s*{_DAY}\s*起?至\s*{_DAY}")
_SECOND_PARTY = re.compile(r"乙方（特困人员）[：:\s]*([㐀-鿿·]{2,10})")
_PROBLEM = re.compile(
    r"^\d+\s+(\S+)\s+(\S+[村社区])\s+(?:(.*?)\s)?(登记|交办|整改中|待验收|已销号|退回)(?:\s|$)"
)
_CLOSED = "已销号"
_BOX = re.compile(r"专档[：:]\s*(\S+)\s+年度[：:]\s*(\d{4})\s+盒号[：:]\s*(\S+)")
_ITEM = re.compile(r"^\d+\s.*?([^\s]*[㐀-鿿][^\s]*)\s(?:19|20)\d{6}\s")


def notices_too_short(read: Reader, publicity: Publicity) -> Iterator[Doubt]:
    """What was made public for less than the county asks of a notice before a decision."""
    for paper in read(["COM-05", "COM-06", "GS-02", "GS-05"]):
        for period in _PERIODS:
            match = period.search(paper.text)
            start, end = (parse_date(match[1]), parse_date(match[2])) if match else (None, None)
            until = publicity.last_day(start) if start else None
            if start and end and until and end < until:
                days = f"只有 {(end - start).days} 天，不足 {publicity.told(start)}"
                what = f"{print_date(start)}至{print_date(end)}，{days}"
                yield doubt_of(paper, paper.title, what)


def agreements_ended(read: Reader, today: dt.date) -> Iterator[Doubt]:
    """Whose last agreement on care has ended."""
    latest: dict[tuple[str, str, str], tuple[dt.date, PaperText]] = {}
    for paper in read(["TK-04"]):
        match, party = _TERM.search(paper.text), _SECOND_PARTY.search(paper.text)
        end = parse_date(match[2]) if match else None
        if end is not None:
            who = (paper.town, paper.village, party[1] if party else paper.person)
            latest[who] = max(latest.get(who, (end, paper)), (end, paper), key=lambda one: one[0])
    for (_, _, name), (end, paper) in latest.items():
        if end < today:
            yield doubt_of(paper, name, f"照料协议 {print_date(end)}到期，没有找到续签的协议")


def letters_without_receipt(read: Reader) -> Iterator[Doubt]:
    """Letters of refusal or stopping without a day of receipt."""
    for paper in read(["COM-07"]):
        match = _RECEIPT.search(paper.text)
        if match and not match[1]:
            addressee = _ADDRESSEE.search(paper.text)
            name = addressee[1] if addressee else paper.case_no
            yield doubt_of(paper, name, f"{paper.title}：送达回证上没有签收日期")


def problems_left_open(read: Reader) -> Iterator[Doubt]:
    """Problems of the visits that are not closed, as the latest ledger tells."""
    latest: dict[tuple[str, str], tuple[PaperText, str, str, str]] = {}
    for paper in sorted(read(["ZF-03"]), key=lambda one: one.year):
        for line in paper.text.split("\n"):
            match = _PROBLEM.match(line)
            if match:
                latest[paper.town, match[1]] = (paper, match[2], match[3] or "", match[4])
    for (_, number), (paper, village, measure, status) in latest.items():
        if status != _CLOSED:
            yield doubt_of(paper, f"{number}（{village}）", f"{status}：{measure or '没有写措施'}")


def boxes_and_directories(
    read: Reader, titles_in: Callable[..., list[str]], dossiers: Dossiers
) -> Iterator[Doubt]:
    """What a box's directory names and the archive does not hold."""
    for paper in read(["ZH-04"]):
        box = _BOX.search(paper.text)
        dossier = dossiers.by_word(box[1]) if box else None
        if box is None or dossier is None:
            continue
        items = [match[1] for match in map(_ITEM.match, paper.text.split("\n")) if match]
        there = titles_in(paper.town, paper.village, dossier.code, box[2])
        missing = [item for item in items if not any(_is_the_same(item, one) for one in there)]
        if missing:
            about = f"{dossier.short_name} {box[2]} 年第 {box[3]} 盒"
            found = len(items) - len(missing)
            what = f"目录应有 {len(items)} 件，找到 {found} 件；没有找到：{'、'.join(missing)}"
            yield replace(doubt_of(paper, about, what), year=box[2])


def _is_the_same(item: str, title: str) -> bool:
    """A directory names a paper by its people, a paper itself by its form: their ends agree."""
    ends = min(len(item), len(title), 5)
    return ends >= 3 and (item[-ends:] == title[-ends:] or title in item or item in title)
