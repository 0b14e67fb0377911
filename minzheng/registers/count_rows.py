"""How many rows are in which state: of towns, villages, teams, weeks; 人 apart from 人次."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from minzheng.county.registry.places import Places
from minzheng.registers.cell_texts import value_of
from minzheng.registers.make_rows import Row
from minzheng.registers.register import Register

_UNSAID = "没有写"


@dataclass
class Count:
    """Rows counted: all, by state, persons once, sums."""

    total: int = 0
    states: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)
    sums: dict[str, Decimal] = field(default_factory=dict)

    def add(self, row: Row, register: Register) -> None:
        """Count one row; what is lacking is in a state, and no row."""
        self.states[row.state] += 1
        if row.document is None:
            return
        self.total += 1
        if register.people and row.cells.get(register.people):
            self.people.add(row.cells[register.people])
        for slug in register.sums:
            value = value_of(register.types[slug], row.cells.get(slug, ""))
            if isinstance(value, Decimal):
                self.sums[slug] = self.sums.get(slug, Decimal(0)) + value


@dataclass(frozen=True, slots=True)
class PlaceCounts:
    """Counts of the county, each town, each village, each for every value of `each`."""

    whole: Count
    towns: Mapping[str, Count]
    villages: Mapping[tuple[str, str], Count]
    parts: Mapping[tuple[str, str, str], Counter[str]]  #: town, village, value → states


def count_places(rows: Iterable[Row], register: Register) -> PlaceCounts:
    """Count rows by place; rows of no known place are of the county only."""
    whole, towns, villages = (
        Count(),
        defaultdict[str, Count](Count),
        defaultdict[tuple[str, str], Count](Count),
    )
    parts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        place = (row.town, row.village)
        for count in (whole, towns[row.town], villages[place]):
            count.add(row, register)
        if register.each:
            value = row.cells.get(register.each, "")
            for key in {("", ""), (row.town, ""), place}:
                parts[(*key, value)][row.state] += 1
    return PlaceCounts(whole, towns, villages, parts)


def count_by(rows: Iterable[Row], register: Register, slug: str) -> list[tuple[str, Count]]:
    """Counts for every value of a column, in order; rows without one last."""
    counts: dict[str, Count] = defaultdict(Count)
    for row in rows:
        if row.document is not None:
            counts[row.cells.get(slug, "")].add(row, register)
    return [(name or _UNSAID, counts[name]) for name in sorted(counts, key=_order)]


def chosen_rows(rows: Iterable[Row], wanted: Mapping[str, str]) -> list[Row]:
    """Rows of a state and with these cells; an empty part is any."""
    state = wanted.get("state", "")
    cells = {slug: text for slug, text in wanted.items() if slug != "state" and text}
    return [
        row
        for row in rows
        if state in ("", row.state)
        and all(_is(row.cells.get(slug, ""), text) for slug, text in cells.items())
    ]


def in_order(rows: Iterable[Row], register: Register, places: Places) -> list[Row]:
    """Rows as the county lists its villages, and as the register lists what must be there."""
    villages = {one.name: number for number, one in enumerate(places.settlements)}
    values = {one: number for number, one in enumerate(register.values)}

    def order(row: Row) -> tuple[int, int, int]:
        value = row.cells.get(register.each, "")
        return (
            villages.get(row.village, len(villages)),
            values.get(value, len(values)),
            row.document.number if row.document else 0,
        )

    return sorted(rows, key=order)


def _is(text: str, wanted: str) -> bool:
    return text == ("" if wanted == _UNSAID else wanted)


def _order(name: str) -> tuple[bool, str]:
    return not name, name
