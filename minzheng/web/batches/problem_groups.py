"""What a check of a roster found, as a clerk mends it: errors first, the same fault told once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from filler.batch_job import ShownProblem

#: The order in which kinds are read; 更正 stops a row, the others do not.
KINDS = ("更正", "留意", "说明")
_FOLDED_FROM = 3  #: fewer are as quickly read one by one


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """The same thing said of one or many rows."""

    first: ShownProblem
    rows: tuple[ShownProblem, ...]

    @property
    def is_folded(self) -> bool:
        """Whether it is told once for many rows."""
        return len(self.rows) > 1


def group_problems(problems: Iterable[ShownProblem], only: str = "") -> list[ProblemGroup]:
    """The problems of one kind or of all, what stops a row first, each in roster order."""
    of_kind: dict[str, list[ShownProblem]] = defaultdict(list)
    for one in problems:
        of_kind[one.kind].append(one)
    wanted = [only] if only in KINDS else KINDS
    return [group for kind in wanted for group in _grouped(of_kind[kind])]


def count_kinds(problems: Iterable[ShownProblem]) -> dict[str, int]:
    """How many there are of each kind that there are."""
    counts = dict.fromkeys(KINDS, 0)
    for one in problems:
        counts[one.kind] = counts.get(one.kind, 0) + 1
    return {kind: count for kind, count in counts.items() if count}


def _grouped(problems: Iterable[ShownProblem]) -> Iterator[ProblemGroup]:
    same: dict[tuple[str, str, str], list[ShownProblem]] = defaultdict(list)
    for one in problems:
        same[one.where, one.what, one.do].append(one)
    for rows in same.values():
        if len(rows) >= _FOLDED_FROM:
            yield ProblemGroup(rows[0], tuple(rows))
        else:
            yield from (ProblemGroup(one, (one,)) for one in rows)
