"""Where the answers of a form stand: for those who look at a paper and know only its code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: `label` is print that asks for nothing that is read again: it only tells cells apart.
#: `boxes` are printed choices with a box before each, of which one may be ticked.
FieldKind = Literal["id", "phone", "amount", "name", "choice", "text", "label", "boxes"]


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form that is filled in: what is printed beside or above it, what it may hold."""

    label: str  #: as `form_marks.as_label` writes it
    kind: FieldKind
    is_column: bool = False  #: the label is the head of a column of a list
    choices: tuple[str, ...] = ()


FormLayouts = Mapping[str, tuple[FormCell, ...]]  #: form id → its cells
