"""What the program's copies.toml holds and the county's own older one does not: it goes along.

A table that the county changed stays as it wrote it when the program is renewed. Whole parts
that it knows nothing of (no day before what it rests on, what papers say of one thing) are
taken from the program's, so that what is refused does not hang on the age of a table.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filler.spec.taken_from import FILE
from minzheng.county.errors import Problem
from minzheng.county.shipped import shipped

_LEFT_OUT = "left_out"
#: Parts and what they are called. What ends a case (benefit, change) is the county's alone.
_PARTS = {
    "days": "各日期的先后",
    "rest": "哪张表以哪张表为先",
    "same": "同一案件各表应一致的内容",
    "listed": "名单与审批的核对",
    "coded": "儿童代码的核对",
    "gather": "名单的行从哪里取",
    "join": "归入别的案件的表",
    "offer": "参考填写",
    "offer_rows": "名单的参考行",
    "monthly": "按月查看",
    "month_rows": "每月汇总的行",
}

#: Everything that is wrong with a table.
_Faults = Callable[[Mapping[str, Any]], list[Problem]]


@dataclass(frozen=True, slots=True)
class Brought:
    """What goes along with the county's own table, and what could not."""

    parts: tuple[str, ...] = ()  #: as they are called
    unfit: tuple[Problem, ...] = ()


def with_newer_parts(
    own: Mapping[str, Any], faults: _Faults, program: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], Brought]:
    """The county's table, and behind it the program's parts of which it has none.

    A part that does not fit the county's own forms is left out and told. `left_out` at the top
    of the table names the parts that are not wanted.
    """
    table = dict(own)
    lacking = [one for one in _PARTS if one not in own and one not in own.get(_LEFT_OUT, ())]
    newer = (_shipped() if program is None else program) if lacking else {}
    brought, unfit = list[str](), list[Problem]()
    known = faults(table) if lacking and newer else []
    for part in lacking:
        if part not in newer:
            continue
        more = {**table, part: newer[part]}
        wrong = [problem for problem in faults(more) if problem not in known]
        if wrong:
            unfit += wrong
        else:
            table = more
            brought.append(_PARTS[part])
    return table, Brought(tuple(brought), tuple(unfit))


def tell_newer_parts(brought: Brought) -> list[str]:
    """What is used beside the county's own table, and what could not be; a line each."""
    told = []
    if brought.parts:
        names = "、".join(brought.parts)
        told.append(
            f"本县的 {FILE} 没有新版本的 {len(brought.parts)} 部分（{names}），"
            f'先用随程序带的；不要的，在文件最前面写 {_LEFT_OUT} = ["代号"]'
        )
    if brought.unfit:
        first = brought.unfit[0]
        told.append(
            f"新版本的 {FILE} 有 {len(brought.unfit)} 处与本县的表对不上，那一部分没有用："
            f"{first.what}"
        )
    return told


def _shipped() -> dict[str, Any]:
    """The program's own table; nothing, when it cannot be read."""
    file: Path = shipped("registry") / FILE
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return {}
