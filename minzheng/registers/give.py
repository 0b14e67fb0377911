"""What a register gives to a form that is just opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Among what is counted: every row that is there.
ALL = "*"


@dataclass(frozen=True, slots=True)
class Give:
    """Which rows of a register become rows of a form's table."""

    form_id: str
    rows: str  #: slug of the table
    register: str
    match: Mapping[str, str] = field(default_factory=dict)  #: slug of the form → own column
    columns: Mapping[str, str] = field(default_factory=dict)  #: column of the table → own column
    counts: Mapping[str, str] = field(default_factory=dict)  #: column → `column=word`, or `*`
    where: Mapping[str, str] = field(default_factory=dict)  #: own column, or state → word
