"""Rows that a register gives to a form just opened: lists, counts of a village."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from minzheng.registers.give import ALL, EACH, OR, Give
from minzheng.registers.row import Row

_STATE = "state"


def give_table(
    gives: Sequence[Give],
    rows_of: Callable[[str], Iterable[Row]],
    answers: Mapping[str, object],
) -> list[dict[str, str]]:
    """The rows of one table, counted in several registers: what one counts lies beside another's.

    `rows_of` has the rows of a register.
    """
    if len(gives) == 1:
        return give_rows(gives[0], rows_of(gives[0].register), answers)
    nothing = {to: "0" for give in gives for to in give.counts}
    table: dict[tuple[str, ...], dict[str, str]] = {}
    for give in gives:
        for row in give_rows(give, rows_of(give.register), answers):
            key = tuple(row[to] for to in give.columns)
            table.setdefault(key, dict(nothing)).update(row)
    return list(table.values())


def give_rows(
    give: Give, rows: Iterable[Row], answers: Mapping[str, object]
) -> list[dict[str, str]]:
    """The rows for a form that is filled so far; none before it says for which place."""
    wanted = {own: str(answers.get(slug) or "").strip() for slug, own in give.match.items()}
    if not all(wanted.values()):
        return []
    fitting = [
        row
        for row in rows
        if row.document is not None
        and all(_cell(row, own) == text for own, text in wanted.items())
        and all(_cell(row, own) in words.split(OR) for own, words in give.where.items())
        and all(_lies_between(row, own, slugs, answers) for own, slugs in give.days.items())
    ]
    if not give.counts:
        return [
            _filled({to: _cell(row, own) for to, own in give.columns.items()}) for row in fitting
        ]
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in fitting:
        groups.setdefault(tuple(_cell(row, own) for own in give.columns.values()), []).append(row)
    return [
        {
            **dict(zip(give.columns, key, strict=True)),
            **{to: str(_count(some, what)) for to, what in give.counts.items()},
        }
        for key, some in groups.items()
    ]


def _count(rows: Iterable[Row], what: str) -> int:
    if what == ALL:
        return sum(1 for _ in rows)
    if what.startswith(EACH):
        return len({_cell(row, what.removeprefix(EACH)) for row in rows} - {""})
    own, _, words = what.partition("=")
    return sum(_cell(row, own) in words.split(OR) for row in rows)


def _lies_between(
    row: Row, own: str, slugs: tuple[str, ...], answers: Mapping[str, object]
) -> bool:
    """Whether its day is none of before or after; a row or a form without a day bounds nothing."""
    begin, end = (str(answers.get(slug) or "").strip() for slug in slugs)
    day = _cell(row, own)
    return not day or ((not begin or day >= begin) and (not end or day <= end))


def _cell(row: Row, own: str) -> str:
    return row.state if own == _STATE else row.cells.get(own, "")


def _filled(cells: dict[str, str]) -> dict[str, str]:
    return {to: text for to, text in cells.items() if text}
