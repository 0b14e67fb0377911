"""A paper of the archive as the checks read it: labelled values, rows that name people.

A text keeps no columns: a row is read from its ID number, or from its number and name, and
its amount is its last one.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minzheng.county.writing.chinese_dates import parse_date
from minzheng.county.writing.id_card import is_sound, to_eighteen
from minzheng.inspection.checks.papers import SCAN, TABLE, Looks, Paper, Row
from minzheng.inspection.rows_of_lists import month_of
from minzheng.inspection.traces import ID_NUMBER, latest_day

_DAY = r"((?:19|20)\d{2}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?)"
_MONEY = r"(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)"
_NAME = r"([㐀-鿿·]{2,10})"
_GAP = r"[：:\s|]*"


def _day_after(*labels: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(_loose, labels))}){_GAP}{_DAY}")


def _money_after(*labels: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(_loose, labels))})[\s|/]*[（(]?元?[）)]?{_GAP}{_MONEY}")


def _loose(label: str) -> str:
    """A label whose characters may stand on two lines of a cell."""
    return r"[\s|/]*".join(label)


#: What stands behind which words, in any form.
_VALUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("name", re.compile(rf"(?<!户主)姓名{_GAP}{_NAME}(?=[\s|])")),
    ("id_no", re.compile(rf"身份证号码?{_GAP}({ID_NUMBER.pattern})")),
    ("gender", re.compile(rf"性别{_GAP}([男女])")),
    ("notice_no", re.compile(rf"公示编号{_GAP}([A-Z]{{2}}-\d{{6}}-\d{{4}}-\d+)")),
    ("apply_date", _day_after("申请日期")),
    ("accept_date", _day_after("受理日期")),
    ("survey_date", _day_after("调查日期")),
    ("meet_date", _day_after("会议日期", "评议日期")),
    ("death_date", _day_after("死亡日期")),
    ("review_date", _day_after("本次核查", "复核日期", "核查日期")),
    ("post_date", _day_after("张贴日期")),
    ("down_date", _day_after("撤下日期")),
    ("as_of", _day_after("统计截止", "截止日期", "数据截止日期")),
    ("pay_date", _day_after("发放日期")),
    ("relief_date", _day_after("先行救助日期")),
    ("supp_date", _day_after("补办日期")),
    ("supp_due", _day_after("补办期限")),
    ("cert_valid_to", _day_after("有效期至")),
    ("receive_date", _day_after("签收日期")),
    ("month_amount", _money_after("户月保障金额", "月保障金", "月合计")),
    ("ok_amount", _money_after("批准金额")),
    ("relief_amount", _money_after("先行救助金额")),
    ("insured_count", re.compile(rf"{_loose('保障人数')}{_GAP}(\d{{1,2}})\s*人?")),
    ("start_month", re.compile(rf"(?:{_loose('起发月份')}|{_loose('起始月份')}){_GAP}"
                               r"((?:19|20)\d{2}年\d{1,2}月)")),
    ("group_total", re.compile(r"(?:应到|评议小组)(?:总人数|共)?[：:\s]*(\d{1,3})\s*人")),
    ("present", re.compile(r"实到(?:人数)?[：:\s]*(\d{1,3})\s*人")),
    ("dis_cert", re.compile(rf"残疾人?证号{_GAP}(\d{{17}}[\dXx]\d{{2}})")),
    ("addressee", re.compile(rf"申请人（户主）{_GAP}{_NAME}")),
    ("b_name", re.compile(rf"乙方（特困人员）{_GAP}{_NAME}")),
    ("relative_decl", re.compile(r"近亲属关系[^☑√\n]{0,12}(?:[☑√])\s*([是否])")),
)  # fmt: skip
_PERIOD = re.compile(rf"公示(?:期|时间)[^\d\n]{{0,6}}{_DAY}\s*[至到—-]+\s*{_DAY}")
_TERM = re.compile(rf"期限自\s*{_DAY}\s*起?至\s*{_DAY}")
_MEETING = ("COM-04",)
#: Forms that speak of one scheme in their title, and how it is called there.
_OF_SCHEMES = frozenset({"COM-04", "COM-05", "COM-06", "COM-07", "COM-09", "GS-01", "GS-03",
                         "GS-04", "GS-09"})  # fmt: skip
_SCHEMES = ("低保边缘家庭", "刚性支出困难家庭", "低保", "最低生活保障", "特困", "临时救助",
            "医疗救助", "残疾人两项补贴", "高龄补贴")  # fmt: skip
_HEAD = 200
_WHOLE = 18
_SAID = re.compile(r"(?:评议发言摘要|发言摘要)[：:\s|]*([\s\S]{10,2000}?)(?:到会人员|签到|$)")
_WHOLE_NAME = re.compile(r"[㐀-鿿·]{2,10}")
#: What stands between a name and its number in a row of members.
_BETWEEN = frozenset((
    "男", "女", "子", "户主", "本人", "配偶", "妻", "夫", "妻子", "丈夫", "儿子", "女儿", "孙子女",
    "孙子", "孙女", "父母", "父亲", "母亲", "祖父母", "兄弟姐妹", "儿媳", "女婿", "其他",
))  # fmt: skip
_LABEL = re.compile(r"号码?$|证件?$")
_ROW = re.compile(r"^[\s|]*\d{1,4}[\s|]+([㐀-鿿·]{2,10})[\s|]+(.*)$")
_TOKENS = re.compile(r"[\s|]+")
_CENTS = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d+)(\.\d{2}|元)$")
_MONTH = re.compile(r"^(?:19|20)\d{2}(?:年\d{1,2}月|-\d{1,2})$")
_BAND = re.compile(r"\d{2,3}[-—~至]\d{2,3}周?岁|\d{2,3}周?岁(?:以上|及以上)")
_EIGHTEEN = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")
_PROBLEM = re.compile(
    r"^\d+\s+(\S+)\s+(\S+[村社区])\s+(?:(.*?)\s)?(登记|交办|整改中|待验收|已销号|退回)(?:\s|$)"
)
_BOX = re.compile(r"专档[：:]\s*(\S+)\s+年度[：:]\s*(\d{4})\s+盒号[：:]\s*(\S+)")
_ITEM = re.compile(r"^\d+\s.*?([^\s]*[㐀-鿿][^\s]*)\s(?:19|20)\d{6}\s")
_THREE = re.compile(
    r"^\d+\s+(\S+[村社区])\s+" + r"\s+".join([r"(\d+)\s+(\d+)\s+([\d,]+\.\d{2})"] * 3)
)


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A file of the archive: where it belongs, and what stands and shows on its pages."""

    number: int
    form_id: str
    town: str
    village: str
    dossier: str
    year: str
    case_no: str
    person: str
    title: str
    text: str
    looks: Looks


def read_text(filed: FiledPaper) -> Paper:
    """What a paper's words tell, under the names its form gives them."""
    values = dict(_values(filed))
    rows = tuple(_rows(filed))
    day = _day_of(filed, values)
    return Paper(
        SCAN, filed.number, filed.form_id, filed.town, filed.village, filed.dossier,
        filed.year or (str(day.year) if day else ""),
        filed.case_no, filed.title, day, values, rows, filed.looks,
    )  # fmt: skip


def _values(filed: FiledPaper) -> Iterator[tuple[str, str]]:
    text = filed.text
    for slug, pattern in _VALUES:
        found = pattern.search(text)
        if found and not (slug == "id_no" and not is_sound(to_eighteen(found[1].upper()))):
            yield slug, "".join(found[1].split())
    yield from _spans(text)
    scheme = next((one for one in _SCHEMES if one in f"{filed.title}{text[:_HEAD]}"), "")
    if scheme and filed.form_id in _OF_SCHEMES:
        yield "scheme", scheme
    if filed.person and "姓名" not in text:
        yield "name", filed.person
    if filed.form_id in _MEETING:
        said = _SAID.search(text)
        yield "discussion", "".join((said[1] if said else text).split())
    unsound = [one for one in dict.fromkeys(_EIGHTEEN.findall(text)) if not is_sound(one.upper())]
    if unsound:
        yield "unsound", "、".join(unsound)
    box = _BOX.search(text)
    if box:
        yield from zip(("dossier", "year", "box_no"), box.groups(), strict=True)


def _spans(text: str) -> Iterator[tuple[str, str]]:
    for pattern, slugs in ((_PERIOD, ("pub_start", "pub_end")), (_TERM, ("from_date", "to_date"))):
        found = pattern.search(text)
        if found:
            yield from zip(slugs, ("".join(one.split()) for one in found.groups()), strict=True)


def _day_of(filed: FiledPaper, values: dict[str, str]) -> dt.date | None:
    """Of a list the month it is of, else its own date, else the latest on it."""
    for slug in ("as_of", "pay_date", "post_date", "pub_start", "review_date", "death_date"):
        day = parse_date(values.get(slug, "")) if values.get(slug) else None
        if day:
            return day
    if ID_NUMBER.search(filed.text):
        month = month_of(filed.title, filed.text, filed.year)
        if month:
            return dt.date(*month, 1)
    return latest_day(filed.text, filed.year)


def _rows(filed: FiledPaper) -> Iterator[Row]:
    for line in filed.text.split("\n"):
        yield from _of_directories(line)
        found = list(ID_NUMBER.finditer(line))
        if found:
            for match in found:
                number = to_eighteen(match[0].upper())
                tail = _TOKENS.split(line[match.end() :].strip())
                yield _row(_name_before(line[: match.start()]), number, tail)
            continue
        plain = _ROW.match(line)
        if plain and any(_CENTS.match(one) for one in _TOKENS.split(plain[2])):
            yield _row(plain[1], "", _TOKENS.split(plain[2]))


def _name_before(line: str) -> str:
    """The name in front of a number, perhaps with a sex or a relation between; no label."""
    before = _TOKENS.split(line.strip(" |\t：:"))
    told = next((one for one in reversed(before) if one not in _BETWEEN), "")
    return told if _WHOLE_NAME.fullmatch(told) and not _LABEL.search(told) else ""


def _row(name: str, number: str, tail: Sequence[str]) -> Row:
    """A row of a list: persons are the last whole number before the amount."""
    row = {TABLE: "rows"}
    if name:
        row["name"] = name
    if number and (len(number) != _WHOLE or is_sound(number)):
        row["id_no"] = number  # one that was written wrong, or misread, is nobody's
    amounts = [at for at, one in enumerate(tail) if _CENTS.match(one)]
    if amounts:
        row["amount"] = tail[amounts[-1]].rstrip("元")
        counts = [one for one in tail[: amounts[0]] if one.isdecimal() and len(one) <= 2]
        if counts:
            row["insured"] = counts[-1]
    months = [one for one in tail if _MONTH.match(one)]
    if months:
        row["start_month"] = months[0]
    bands = [one for one in tail if _BAND.fullmatch(one)]
    if bands:
        row["band"] = bands[0]
    if tail and tail[-1] in ("是", "否"):
        row["m_insured"] = tail[-1]
    return row


def _of_directories(line: str) -> Iterator[Row]:
    """Rows of ledgers and directories, which name no person."""
    problem = _PROBLEM.match(line)
    if problem:
        number, village, measure, status = problem.groups()
        yield {TABLE: "ledger", "problem_no": number, "village": village,
               "measure": measure or "", "status": status}  # fmt: skip
    item = _ITEM.match(line)
    if item:
        yield {TABLE: "items", "title": item[1]}
    three = _THREE.match(line)
    if three:
        names = ("village", "c_hh", "c_n", "c_a", "t_hh", "t_n", "t_a", "v_hh", "v_n", "v_a")
        yield {TABLE: "levels", **dict(zip(names, three.groups(), strict=True))}
