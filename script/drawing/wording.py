"""How fields, blanks and labels are worded on paper."""

import re
from collections.abc import Mapping
from itertools import pairwise

from filler.form.forms import Field
from script.drawing.paper import tag

SMALL = 10.5
#: Room for a signature; spaces at the end of a line would not be laid out.
SIGNATURE = "_" * 16
BLANK_DATE, _BLANK_MONTH = "　　年　月　日", "　　年　月"
PLACE = "{{ town or '　　　　镇' }}　{{ village or '　　　　村' }}"
#: The number of the case, or a line to write it on.
CASE_NO = f"编号:{{{{ case_no or '{'_' * 18}' }}}}"
_WORD = re.compile(r"\{(\w+)\}")
POINT_MM = 0.353
#: Half-width characters the pen needs; longer texts say so by their length rule.
_ROOM = {"idcard": 18, "bank": 19, "phone": 11, "money": 8, "int": 4, "choice": 6, "multi": 16}
_LONG_ROOM, _MOST_ROOM, _TEXT_ROOM = 24, 16, 8
_SHORT = frozenset({"id_sex", "age_on", "disability_level"})
#: Ends of labels that stay in one piece when a label takes two lines.
_TAILS = (
    "身份证号", "证明材料", "审议日期", "公开日期", "提议日期", "决议日期", "书记签字", "单位职务",
    "审核意见", "备案意见", "其他待遇", "享受待遇", "是否变化", "是否有效", "是否缓解", "是否到账",
    "有效期至", "重新公示", "自主行走", "生活状况", "情况说明", "停发提示", "处理结果", "刚性支出",
    "审批限额", "发言摘要", "大厅的原因", "总人数", "签字", "签收", "日期", "月份", "人数", "金额",
    "姓名", "关系", "次数", "等级", "种类", "情形", "档次", "报销", "合计", "意见", "电话", "备案",
    "原因", "费用", "书记", "标准", "情况", "变化", "理由", "依据", "编号", "范围", "申请", "待遇",
    "全称", "至少公开", "人均收入", "委会意见", "解除日期", "见证人签字", "的理由", "会议",
)  # fmt: skip


def dated(slug: str) -> str:
    """A date, or room to write one."""
    return "{{ " + f'{slug} or "{BLANK_DATE}"' + " }}"


def while_it_hangs(label: str, slug: str, since: str) -> str:
    """A label with a last day; left out of a filled paper on whose day no term holds.

    The condition stands once about the label and once in the tag: each within its own run.
    """
    said = f"{{% if {slug} or not {since} %}}{label}:{{% endif %}}"
    return said + "{{ " + f"{slug} or (not {since} and '{BLANK_DATE}') or ''" + " }}"


def roomy(slug: str, characters: int = 8) -> str:
    """A value, or a line for the pen."""
    return "{{ " + f"{slug} or '{'_' * characters}'" + " }}"


def counted(slug: str, before: str, after: str) -> str:
    """A figure of a row with its words; a line for the pen on a blank form, else nothing."""
    words = (f"{before}{figure}{after}" for figure in (tag(slug), "_" * _ROOM["money"]))
    return f"{{% if {slug} %}}{next(words)}{{% elif not case_no %}}{next(words)}{{% endif %}}"


def or_none(slug: str, none: str = "无") -> str:
    """The name of a row; 无 where a filled form has no such row."""
    return "{{ " + f"{slug} or case_no and '{none}'" + " }}"


def apart(first: str, second: str, between: str = "　") -> str:
    """Two values of one cell; what parts them stands only where both do."""
    return f"{tag(first)}{{% if {first} and {second} %}}{between}{{% endif %}}{tag(second)}"


def names_in(*lines: str) -> list[str]:
    """The fields that lines of a spec speak of."""
    return _WORD.findall(" ".join(lines))


def with_tags(line: str, fields: Mapping[str, Field]) -> str:
    """`{name}` as a tag; a blank value leaves as much room as its kind needs."""
    return _WORD.sub(lambda match: _told(match[1], fields.get(match[1])), line)


def _told(slug: str, field: Field | None) -> str:
    if field is None:
        return tag(slug)
    if field.type in ("date", "month"):
        blank = BLANK_DATE if field.type == "date" else _BLANK_MONTH
        return "{{ " + f'{slug} or "{blank}"' + " }}"
    if field.type == "longtext" and field.default and "{" not in field.default:
        return "{{ " + f'{slug} or "{field.default}"' + " }}"
    return roomy(slug, _room(field))


def _room(field: Field) -> int:
    if field.derived and field.derived.name in _SHORT:
        return 4
    if field.type == "longtext":
        return _LONG_ROOM
    most = longest(field)
    room = min(_MOST_ROOM, max(6, 2 * most)) if most else _TEXT_ROOM
    return _ROOM.get(field.type, room)


def filled_length(field: Field) -> float:
    """Han characters that a usual value takes in a line; figures are half as wide."""
    return {"date": 8, "month": 5, "idcard": 9.5, "bank": 9.5, "phone": 6}.get(field.type, 4)


def longest(field: Field) -> int:
    """The most characters a rule allows; 0 when no rule speaks."""
    for rule in field.rules:
        if rule.name == "length":
            return int(rule.args[1])
    return 0


def broken(text: str, most: int) -> str:
    """A label over two or three lines when it is too long for one."""
    if len(text) <= most or "\n" in text:
        return text
    head, bracket, rest = text.partition("（")
    if bracket and len(head) > 1:
        inside, _, tail = rest.partition("）")
        return _around_bracket(head, f"（{inside}）", tail)
    return _before_a_tail(text, most) or _in_the_middle(text)


def in_short_lines(text: str, most: int) -> str:
    """A label over as many lines as leave none longer than `most` characters."""
    lines = broken(text, most).split("\n")
    if len(lines) == 1:
        return lines[0]
    return "\n".join(in_short_lines(line, most) for line in lines)


def _before_a_tail(text: str, most: int) -> str:
    """Two lines that are as even as words allow; empty when it ends with no known word."""
    heads = [
        len(text) - len(tail)
        for tail in _TAILS
        if text.endswith(tail) and len(tail) <= most and 1 < len(text) - len(tail) <= most + 1
    ]
    if not heads:
        return ""
    head = min(heads, key=lambda length: (max(length, len(text) - length), length))
    return f"{text[:head]}\n{text[head:]}"


def _around_bracket(head: str, bracket: str, tail: str) -> str:
    """Two lines, or three when two would be too long."""
    if not tail:
        return f"{head}\n{bracket}"
    if len(bracket + tail) <= 5 or len(tail) == 1:
        return f"{head}\n{bracket}{tail}"
    if len(head + bracket) <= 6:
        return f"{head}{bracket}\n{tail}"
    if len(bracket + tail) <= 6:
        return f"{head}\n{bracket}{tail}"
    return f"{head}\n{bracket}\n{tail}"


def _in_the_middle(text: str) -> str:
    """Two lines; no bracket closes at the beginning of one or opens at the end."""
    middle = -(-len(text) // 2)
    while middle < len(text) - 1 and (text[middle] in "）、，" or text[middle - 1] == "（"):
        middle += 1
    return f"{text[:middle]}\n{text[middle:]}"


def fitting_size(text: str, millimetres: float, most: float) -> float:
    """The largest half point at which no line of a label is broken by itself."""
    longest_line = max(len(line) for line in text.split("\n"))
    size = int(millimetres / (longest_line * POINT_MM) * 2) / 2
    return max(7.5, min(most, size))


def signed(text: str) -> str:
    """What stands before the room for a signature."""
    return text if "签" in text or "按印" in text else f"{text}签字"


def title_size(title: str, most: float = 22, width: float = 165) -> float:
    """The largest size at which the title stands in one line."""
    characters = len(_WORD.sub("　" * 3, title))
    sizes = (22, 20, 18, 16, 15)
    return next(
        size
        for size, smaller in pairwise((*sizes, 0))
        if not smaller or (size <= most and characters * size * POINT_MM <= width)
    )
