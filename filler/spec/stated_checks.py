"""`[[check]]` of a spec: what one form checks, said in formulas, and whether it can be."""

from collections.abc import Iterator, Mapping
from typing import Any

from filler.form.forms import Call, Field, StatedCheck
from filler.values.derive import DERIVATIONS
from filler.values.formula import (
    calls_in,
    find_condition_faults,
    find_formula_faults,
    formulas_in,
)
from filler.values.language import Around
from minzheng.county.errors import Problem

KEYS = frozenset({"at", "when", "what", "do", "warning"})


def read_stated(entry: Mapping[str, Any]) -> StatedCheck:
    """A check as it is written."""
    at = entry.get("at", ())
    return StatedCheck(
        (at,) if isinstance(at, str) else tuple(map(str, at)),
        when=str(entry.get("when", "")),
        what=str(entry.get("what", "")),
        do=str(entry.get("do", "")),
        is_warning=entry.get("warning") is True,
    )


def calls_of(stated: StatedCheck) -> Iterator[Call]:
    """The derivations a check calls."""
    for text in (stated.when, *formulas_in(stated.what), *formulas_in(stated.do)):
        yield from calls_in(text)


def find_stated_problems(
    stated: StatedCheck, where: str, known: Mapping[str, Field]
) -> Iterator[Problem]:
    """Everything a check speaks of that is not there."""
    place = f"{where} check“{stated.what}”"
    if not all((stated.at, stated.when, stated.what, stated.do)):
        yield Problem(place, "at、when、what、do 没有写全", "四项都要写", "check")
        return
    for address in stated.at:
        table, _, column = address.rpartition(".")
        fields = _fields_at(table, known)
        if (table and not fields) or (column or table) not in {**known, **fields}:
            yield Problem(place, f"at“{address}”不是本表字段", "改正", address)
            continue
        around = Around({**known, **fields}, known.get(table), DERIVATIONS)
        for fault in find_condition_faults(stated.when, around, column):
            yield Problem(place, f"条件“{stated.when}”：{fault}", "改正条件", address)
        for text in (*formulas_in(stated.what), *formulas_in(stated.do)):
            for fault in find_formula_faults(text, around, column):
                yield Problem(place, f"公式“{text}”：{fault}", "改正公式", address)


def _fields_at(table: str, known: Mapping[str, Field]) -> dict[str, Field]:
    """The columns of a table."""
    columns = known[table].columns if table in known else ()
    return {column.slug: column for column in columns}
