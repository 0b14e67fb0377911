"""Papers drawn with known contents: a form with cells, a roster, a letter, a receipt.

Every word of the truth has a kind, its box in millimetres, and whether it runs over lines.
"""

import datetime as dt
import random
from decimal import Decimal

from minzheng.county.writing.id_card import to_eighteen
from minzheng.county.writing.money_words import amount_words
from script.samples.sheet import Paper

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜谢邹喻柏窦章苏潘葛范彭"
_GIVEN = "国明秀英桂兰德才翠花有财发香先贵大芳远志成玉光荣宪家全长福义建军文武春梅冬雪海波强丽红永"
_RELATIONS = ("户主", "配偶", "长子", "长女", "母亲", "父亲")
_VILLAGE = "镇坪县钟宝镇旧城村"


def make_name(source: random.Random) -> str:
    """A name of two or three characters."""
    given = "".join(source.choice(_GIVEN) for _ in range(source.choice((1, 2, 2, 2))))
    return source.choice(_SURNAMES) + given


def application(source: random.Random, dpi: int, font: tuple[str, int]) -> Paper:
    """A form with cells, some of them too narrow for their contents."""
    paper = Paper(210, 297, dpi, font)
    paper.text((58, 18), "最低生活保障申请审批表", 22)
    paper.text((20, 32), f"镇（村）：{_VILLAGE}", 11)
    paper.text((140, 32), f"填表日期：{_date(source, 0)}", 11)
    lefts, tops = [20, 42, 72, 96, 130, 152, 190], [40, 52, 64, 76]
    paper.grid(lefts, tops)
    rows = [
        [("姓名", ""), (make_name(source), "name"), ("身份证号", ""), (_id(source), "id"),
         ("联系电话", ""), (_phone(source), "")],
        [("出生日期", ""), (_date(source, 1), "date"), ("家庭年收入", ""),
         (_amount(source), "amount"), ("开户人", ""), (make_name(source), "name")],
        [("申请日期", ""), (_date(source, 2), "date"), ("月保障金", ""), (_amount(source), "amount"),
         ("户主", ""), (make_name(source), "name")],
    ]  # fmt: skip
    for top, row in zip(tops, rows, strict=False):
        for left, right, (text, kind) in zip(lefts, lefts[1:], row, strict=False):
            paper.flow((left + 1.5, top + 1.5, right - 1, 0), [(text, kind)], 10.5)
    _members(paper, source, 84)
    body = [
        ("申请理由：本人", ""), (make_name(source), "name"), ("，身份证号", ""), (_id(source), "id"),
        ("，因病丧失劳动能力，家庭主要收入为务工收入", ""), (_amount(source), "amount"),
        ("元，医疗自付支出", ""), (_amount(source), "amount"), ("元，特申请自", ""),
        (_date(source, 0), "date"), ("起享受最低生活保障，以上情况属实，如有虚假愿承担责任。", ""),
    ]  # fmt: skip
    paper.grid([20, 190], [190, 225])
    paper.flow((23, 193, 187, 0), body, 12)
    _opinion(paper, source, 229)
    return paper


def roster(source: random.Random, dpi: int, font: tuple[str, int]) -> Paper:
    """A landscape list with fifteen rows."""
    paper = Paper(297, 210, dpi, font)
    paper.text((95, 12), "农村最低生活保障对象花名册", 20)
    lefts = [15, 27, 55, 100, 125, 155, 190, 242, 282]
    tops = [28 + 10.5 * row for row in range(17)]
    paper.grid(lefts, tops)
    heads = ("序号", "户主姓名", "身份证号", "人口", "月保障金", "起始日期", "银行账号", "备注")
    for left, head in zip(lefts, heads, strict=False):
        paper.text((left + 2, tops[0] + 3), head, 10.5)
    for row, top in enumerate(tops[1:-1], start=1):
        day = dt.date(2016, 1, 1) + dt.timedelta(days=source.randrange(2500))
        cells = [(str(row), ""), (make_name(source), "name"), (_id(source), "id"),
                 (str(source.randint(1, 6)), ""), (_amount(source), "amount"),
                 (f"{day:%Y-%m-%d}", "date"), (_bank(source), ""), ("因病", "")]  # fmt: skip
        for left, (text, kind) in zip(lefts, cells, strict=False):
            paper.text((left + 2, top + 3), text, 10.5, kind)
    return paper


def letter(source: random.Random, dpi: int, font: tuple[str, int]) -> Paper:
    """A notice in running text: its words break at the right edge."""
    paper = Paper(210, 297, dpi, font)
    paper.text((60, 30), "关于低保审核结果的公示", 22)
    y = 50.0
    for _ in range(6):
        pieces = [
            ("　　申请人", ""), (make_name(source), "name"), ("（身份证号", ""), (_id(source), "id"),
            ("）于", ""), (_date(source, 0), "date"), ("提出申请，经入户调查和民主评议，家庭月人均收入", ""),
            (_amount(source), "amount"), ("元，拟纳入保障，与共同生活的家庭成员", ""),
            (make_name(source), "name"), ("每月发放", ""), (_amount(source), "amount"), ("元。", ""),
        ]  # fmt: skip
        y = paper.flow((28, y, 182, 0), pieces, 14) + 2
    _closing(paper, source, y + 14)
    return paper


def receipt(source: random.Random, dpi: int, font: tuple[str, int]) -> Paper:
    """Receipts with amounts in figures and in capital words."""
    paper = Paper(210, 297, dpi, font)
    paper.text((75, 18), "临时救助金领款单", 20)
    for row in range(5):
        top = 36 + 48.0 * row
        paper.grid([20, 50, 190], [top, top + 10, top + 20, top + 30, top + 40])
        figures = _amount(source)
        lines = [
            ("领款人", [(make_name(source), "name")]),
            ("身份证号", [(_id(source), "id")]),
            ("金额", [(figures, "amount"), ("　大写：人民币", ""), (_words(figures), "amount")]),
            ("领款日期", [(_date(source, row % 3), "date"), ("　经办人：", ""), (make_name(source), "name")]),
        ]  # fmt: skip
        for number, (label, pieces) in enumerate(lines):
            paper.text((22, top + 10 * number + 2.5), label, 12)
            paper.flow((53, top + 10 * number + 2.5, 189, 0), pieces, 12)
    return paper


def _members(paper: Paper, source: random.Random, top: float) -> None:
    lefts, tops = [20, 42, 58, 84, 110, 140, 190], [top + 14 * row for row in range(7)]
    paper.grid(lefts, tops)
    heads = ("姓名", "关系", "身份证号", "年收入", "登记日期", "所在单位或住址")
    for left, head in zip(lefts, heads, strict=False):
        paper.text((left + 2, top + 4), head, 10.5)
    for start, relation in zip(tops[1:-1], _RELATIONS, strict=False):
        cells = [(make_name(source), "name"), (relation, ""), (_id(source), "id"),
                 (_amount(source), "amount"), (_date(source, 0), "date"),
                 (f"{_VILLAGE}第{source.randint(1, 9)}村民小组{source.randint(10, 99)}号", "")]  # fmt: skip
        for left, right, (text, kind) in zip(lefts, lefts[1:], cells, strict=False):
            paper.flow((left + 1, start + 1.5, right - 1, 0), [(text, kind)], 10.5)


def _opinion(paper: Paper, source: random.Random, top: float) -> None:
    paper.grid([20, 105, 190], [top, top + 50])
    for left, who in ((23, "村民委员会意见"), (108, "镇人民政府意见")):
        paper.text((left, top + 3), who, 12)
        paper.text((left, top + 13), "经民主评议，同意上报。", 12)
        paper.text((left, top + 24), "负责人：", 12)
        paper.text((left + 17, top + 24), make_name(source), 12, "name")
        paper.text((left + 30, top + 37), _date(source, 0), 12, "date")


def _closing(paper: Paper, source: random.Random, top: float) -> None:
    paper.text((105, top), f"{_VILLAGE}村民委员会", 14)
    paper.text((105, top + 9), "经办人：", 14)
    paper.text((125, top + 9), make_name(source), 14, "name")
    paper.text((118, top + 18), _date(source, 0), 14, "date")


def _id(source: random.Random) -> str:
    day = dt.date(1935, 1, 1) + dt.timedelta(days=source.randrange(26_000))
    return to_eighteen(f"610927{day:%y%m%d}{source.randrange(1000):03d}")


def _date(source: random.Random, style: int) -> str:
    day = dt.date(2015, 1, 1) + dt.timedelta(days=source.randrange(3500))
    return (f"{day.year}年{day.month}月{day.day}日", f"{day:%Y-%m-%d}", f"{day:%Y.%m.%d}")[style]


def _amount(source: random.Random) -> str:
    return f"{source.randint(120, 28_000)}.{source.randint(0, 99):02d}"


def _words(figures: str) -> str:
    return amount_words(Decimal(figures))


def _phone(source: random.Random) -> str:
    return f"1{source.choice('3578')}{source.randrange(10**9):09d}"


def _bank(source: random.Random) -> str:
    return "6217" + "".join(str(source.randint(0, 9)) for _ in range(15))


PAPERS = (application, roster, letter, receipt)
