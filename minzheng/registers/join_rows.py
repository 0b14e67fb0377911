"""What joins lay beside a row: the newest of others, how many there are, their sums and names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from minzheng.registers.cell_texts import BETWEEN, value_of
from minzheng.registers.register import TOWN, VILLAGE, Join
from minzheng.registers.take_cells import Taken

Key = tuple[str, ...]
Index = Mapping[Key, list[Taken]]
#: What a notice adds to the second household of one name and group.
_TOLD_APART = re.compile("（[乙丙丁戊己庚辛壬癸]）$")


class Beside(NamedTuple):
    """What one join lays beside a row, what that is made of, by which key it was found."""

    best: Taken | None
    worked_out: Mapping[str, str]
    made_of: tuple[object, ...]
    key: Key = ()


def lay_beside(one: Taken, indexes: Iterable[tuple[Join, Index]]) -> tuple[Beside, ...]:
    """What each join lays beside a row; a later one may ask for what an earlier one gave."""
    beside: tuple[Beside, ...] = ()
    for join, found in indexes:
        key = tuple([one_cell(slug, one, beside) for slug in join.on])
        others = found.get(key, ())
        there = [other for other in others if _is_there(one, other)] if others else []
        beside = (*beside, _of_join(join, there)._replace(key=key))
    return beside


def one_cell(slug: str, one: Taken, beside: tuple[Beside, ...]) -> str:
    """A cell of a row, or the first that is laid beside it."""
    if (own := one.cells.get(slug)) or not beside:
        return own or ""
    given = (other.best.cells.get(slug) for other in beside if other.best)
    return next(filter(None, given), "")


def age_of(newest: str, taken: Taken) -> tuple[str, int]:
    """What tells which of several is the newest: a column, then the number of the document."""
    return taken.cells.get(newest, ""), taken.document.number


def _of_join(join: Join, there: list[Taken]) -> Beside:
    best = max(there, key=lambda other: age_of(join.newest, other)) if len(there) > 1 else None
    best = best or (there[0] if there else None)
    if not (join.sums or join.lists):
        worked_out = {join.count: str(len(there))} if join.count else {}
        return Beside(best, worked_out, (best and best.key, len(there)))
    made_of = tuple(other.key for other in there)
    return Beside(None, dict(_summed(join, there)), made_of)


def _summed(join: Join, there: list[Taken]) -> Iterator[tuple[str, str]]:
    """Cells of all together: none of a single row."""
    if join.count:
        yield join.count, str(len(there))
    for own, slug in join.sums.items():
        values = (value_of("money", other.cells.get(slug, "")) for other in there)
        amount = sum((one for one in values if isinstance(one, Decimal)), Decimal(0))
        yield own, f"{amount:.2f}" if amount % 1 else f"{amount:.0f}"
    for own, slug in join.lists.items():
        names = (_TOLD_APART.sub("", other.cells.get(slug, "")) for other in there)
        yield own, BETWEEN.join(sorted(filter(None, names)))


def _is_there(one: Taken, other: Taken) -> bool:
    """Whether another row may speak of a row's place: one of no place speaks of all."""
    village, town = other.cells[VILLAGE], other.cells[TOWN]
    return village in ("", one.cells[VILLAGE]) and town in ("", one.cells[TOWN])
