"""Calls and conditions as specs write them, and whether their arguments exist."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from filler.form.forms import Call, Condition, Field
from minzheng.county.registry.terms import is_term

_CALL = re.compile(r"^\s*(\w+)\s*(?:\((.*)\))?\s*$", re.DOTALL)
_ARGUMENT = re.compile(r"\s*\"([^\"]*)\"\s*|([^,，]+)")
_CONDITION = re.compile(r"^\s*(\w+)\s*(!=|=)\s*(\S.*?)\s*$")
_COLUMN = re.compile(r"^([a-z_]\w*)\.([a-z_]\w*)$")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")


def parse_call(text: str) -> Call | None:
    """`not_before(apply_date)`; `members.m_id` counts as two arguments."""
    match = _CALL.match(text)
    if match is None:
        return None
    args: list[str] = []
    for quoted, bare in _ARGUMENT.findall(match[2] or ""):
        column = _COLUMN.match(bare.strip())
        args += [column[1], column[2]] if column else [quoted or bare.strip()]
    return Call(match[1], tuple(arg for arg in args if arg))


def parse_condition(text: str) -> Condition | None:
    """`health = 患重病|残疾` or `apply_mode != 本人申请`."""
    match = _CONDITION.match(text)
    if match is None:
        return None
    values = tuple(value.strip() for value in match[3].split("|"))
    return Condition(match[1], values, match[2] == "!=")


def find_argument_faults(
    call: Call, kinds: tuple[str, ...], known: Mapping[str, Field]
) -> Iterator[str]:
    """What is wrong with a call's arguments, in Chinese."""
    least = sum(not kind.endswith(("?", "*")) for kind in kinds)
    most = 99 if kinds and kinds[-1].endswith("*") else len(kinds)
    if not least <= len(call.args) <= most:
        wanted = f"{least} 个" if least == most else f"{least} 个以上"
        yield f"{call.name} 应有 {wanted}参数，读到 {len(call.args)} 个"
        return
    table: Field | None = None
    for index, arg in enumerate(call.args):
        kind = kinds[min(index, len(kinds) - 1)].rstrip("?*")
        field = known.get(arg)
        if kind == "rows":
            table = field if field and field.type == "rows" else None
        if not _fits(kind, arg, field, table):
            yield f"{call.name} 的参数“{arg}”{_MEANINGS[kind]}"


def suggest(name: str, known: Iterable[str]) -> str:
    """What to do about an unknown name: the nearest known one, if any is near."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"是否为“{close[0]}”" if close else "改正或删去"


def _fits(kind: str, arg: str, field: Field | None, table: Field | None) -> bool:
    if kind == "rows":
        return field is not None and field.type == "rows"
    if kind == "column":
        return table is None or any(column.slug == arg for column in table.columns)
    if kind == "slug":
        return field is not None
    if kind == "number":
        return field is not None or bool(_NUMBER.match(arg)) or is_term(arg)
    if kind == "term":
        return is_term(arg)
    return kind != "count" or arg.isdecimal()


_MEANINGS = {
    "rows": "不是本表的表格字段",
    "column": "不是该表格的列",
    "slug": "不是本表字段",
    "number": "既不是本表字段、数字，也不是 registry/terms.toml 中的名称",
    "term": "不在 registry/terms.toml 中",
    "count": "不是整数",
}
