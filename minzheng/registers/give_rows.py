"""Rows that a register gives to a form just opened: lists, counts of a village."""

from collections.abc import Iterable, Mapping

from minzheng.registers.give import ALL, Give
from minzheng.registers.row import Row

_STATE = "state"


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
        and all(_cell(row, own) == text for own, text in {**wanted, **give.where}.items())
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
    own, _, words = what.partition("=")
    return sum(_cell(row, own) in words.split("|") for row in rows)


def _cell(row: Row, own: str) -> str:
    return row.state if own == _STATE else row.cells.get(own, "")


def _filled(cells: dict[str, str]) -> dict[str, str]:
    return {to: text for to, text in cells.items() if text}
