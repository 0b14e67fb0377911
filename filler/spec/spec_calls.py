"""Calls and conditions as specs write them, and whether their arguments exist."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from filler.form.forms import Call, Condition, Field
from filler.values.language import Argument, Around

_CALL = re.compile(r"^\s*(\w+)\s*(?:\((.*)\))?\s*$", re.DOTALL)
_ARGUMENT = re.compile(r"\"([^\"]*)\"|([^,，]+)")
_CONDITION = re.compile(r"^\s*(\w+)\s*(!=|=)\s*(.+?)\s*$")
_COLUMN = re.compile(r"^([a-z_]\w*)\.([a-z_]\w*)$")


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
    call: Call, arguments: tuple[Argument, ...], known: Mapping[str, Field]
) -> Iterator[str]:
    """What is wrong with a call's arguments, in Chinese."""
    least = sum(not (one.is_optional or one.is_many) for one in arguments)
    most = len(call.args) if arguments and arguments[-1].is_many else len(arguments)
    if not least <= len(call.args) <= most:
        wanted = f"{least} 个" if least == most else f"{least} 个以上"
        yield f"{call.name} 应有 {wanted}参数，读到 {len(call.args)} 个"
        return
    table: Field | None = None
    for index, arg in enumerate(call.args):
        kind = arguments[min(index, len(arguments) - 1)].kind
        fault = kind.find_fault(arg, Around(known, table))
        if kind.name == "rows":
            table = None if fault else known[arg]
        if fault:
            yield f"{call.name} 的参数“{arg}”{fault}"


def suggest(name: str, known: Iterable[str]) -> str:
    """What to do about an unknown name: the nearest known one, if any is near."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"是否为“{close[0]}”" if close else "改正或删去"
