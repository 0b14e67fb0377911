"""How many rows are in which state: of towns, villages, teams, weeks; 人 apart from 人次."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from minzheng.county.registry.places import Places, find_group_no
from minzheng.registers.cell_texts import value_of
from minzheng.registers.register import Register
from minzheng.registers.row import Row

_UNSAID = "没有写"


@dataclass
class Count:
    """Rows counted: all, by state, persons once, sums."""

    total: int = 0
    states: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)
    sums: Counter[str] = field(default_factory=Counter)  #: fen and whole numbers, times 100

    def add(self, row: Row, register: Register) -> None:
        """Count one row; what is lacking is in a state, and no row."""
        self.states[row.state] += 1
        if row.document is None:
            return
        self.total += 1
        if register.people and (who := row.cells.get(register.people)):
            self.people.add(who)
        for slug in register.sums:
            value = value_of(register.types[slug], row.cells.get(slug, ""))
            if isinstance(value, Decimal):
                self.sums[slug] += round(value * 100)

    def merge(self, other: "Count") -> None:
        """Add what another one counted; a person of both is one person."""
        self.total += other.total
        self.states.update(other.states)
        self.people |= other.people
        self.sums.update(other.sums)

    def sum_of(self, slug: str) -> Decimal:
        """The sum of a column."""
        return Decimal(self.sums[slug]) / 100


@dataclass(frozen=True, slots=True)
class PlaceCounts:
    """Counts of the county, each town, each village, each for every value of `each`."""

    whole: Count
    towns: Mapping[str, Count]
    villages: Mapping[tuple[str, str], Count]
    parts: Mapping[tuple[str, str, str], Counter[str]]  #: town, village, value → states


def count_places(rows: Iterable[Row], register: Register) -> PlaceCounts:
    """Count rows by village, and these together; rows of no known place are of the county."""
    villages: dict[tuple[str, str], Count] = defaultdict(Count)
    parts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        town, village = row.town, row.village
        villages[town, village].add(row, register)
        if register.each:
            parts[town, village, row.cells.get(register.each, "")][row.state] += 1
    whole, towns = Count(), defaultdict[str, Count](Count)
    for (town, _), count in villages.items():
        towns[town].merge(count)
        whole.merge(count)
    return PlaceCounts(whole, towns, villages, _with_sums(parts))


def _with_sums(
    parts: Mapping[tuple[str, str, str], Counter[str]],
) -> dict[tuple[str, str, str], Counter[str]]:
    """The same with towns and the county: their villages are empty."""
    summed: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for (town, village, value), states in parts.items():
        for place in {("", ""), (town, ""), (town, village)}:
            summed[*place, value].update(states)
    return summed


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


def _order(name: str) -> tuple[bool, int, str]:
    """第二组 before 第三组, whose first signs stand the other way round."""
    return not name, find_group_no(name) or 0, name
