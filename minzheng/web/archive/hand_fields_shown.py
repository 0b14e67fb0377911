"""Doubtful fields as the keeper's page shows them: guess, what else it may be, who is known."""

from dataclasses import dataclass

from archive_indexer.disk.file_names import as_shown
from archive_indexer.reading.possible_values import is_possible
from archive_indexer.stores.doubtful_fields import DoubtfulField
from filler.records.people_store import known_names

#: What a keeper calls the kinds of numbers.
NUMBERS = {"id": "身份证号", "phone": "电话", "amount": "金额"}
_MOST_OFFERED = 5
_TICKED, _CROSSED = "☑", "☒"


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field with the value that is offered, and the others behind it."""

    one: DoubtfulField
    path: str
    guess: str
    others: tuple[str, ...]
    because: str  #: why this value is offered, when it is not the likeliest

    @property
    def how_sure(self) -> str:
        """How sure the models are of their own guess; of one that cannot stand there, that."""
        field = self.one.field
        if self.one.is_struck:
            return "有划改，请写改后算数的内容"
        if field.kind == "boxes":
            return _asked_of_boxes(field.value)
        if field.kind in NUMBERS and not is_possible(field.kind, field.value):
            return f"不像正确的{NUMBERS[field.kind]}"
        return f"把握 {round(100 * field.confidence)}%"


def _asked_of_boxes(read: str) -> str:
    """What is to be said of choices of which one may be ticked."""
    if read.count(_TICKED) > 1:
        return "只能勾一项，勾了不止一项：请点算数的"
    if _CROSSED in read:
        return "框里打的是叉，不知是选中还是划去：请点算数的"
    return "框外有笔迹，或有框被笔迹盖住：请点勾的是哪一项"


def shown_fields(found: list[DoubtfulField]) -> list[ShownField]:
    """Fields for the page; names known in the village are offered before all others."""
    return [_shown(one) for one in found]


def _shown(one: DoubtfulField) -> ShownField:
    field, file = one.field, one.file
    values = [value for value in (field.value, *field.alternatives) if value]
    known: frozenset[str] = frozenset()
    if field.kind == "name" and (file.town or file.village):
        known = known_names(values, file.town, file.village)
    ordered = sorted(dict.fromkeys(values), key=lambda value: value not in known)
    if field.kind == "boxes":  # as it stands last: one key is not to confirm what is in question
        ordered = ["", *field.alternatives, field.value]
    elif one.is_struck:  # what was struck out is not to be confirmed by one key
        ordered = ["", *ordered]
    guess = ordered[0] if ordered else ""
    because = "村里已有此人" if guess in known else ""
    others = tuple(ordered[1 : _MOST_OFFERED + 1])
    return ShownField(one, as_shown(file.path), guess, others, because)
