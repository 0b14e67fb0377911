"""What registers give to a form that is just opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Among what is counted: every row that is there; before a column: its different values.
ALL, EACH = "*", "#"
#: Between several words, any of which will do.
OR = "|"


@dataclass(frozen=True, slots=True)
class Give:
    """Which rows of a register become rows of a form's table."""

    form_id: str
    rows: str  #: slug of the table
    register: str
    match: Mapping[str, str] = field(default_factory=dict)  #: slug of the form → own column
    columns: Mapping[str, str] = field(default_factory=dict)  #: column of the table → own column
    #: Column of the table → `column=word`, `*` for all, `#column` for its different values.
    counts: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)  #: own column, or state → words
    #: Own column with a day → the fields of the form it lies between, from and until.
    days: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
