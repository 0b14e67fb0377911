"""Doubtful fields as the keeper's page shows them: guess, what else it may be, who is known."""

from dataclasses import dataclass

from archive_indexer.disk.file_names import as_shown
from archive_indexer.stores.doubtful_fields import DoubtfulField
from filler.records.people_store import known_names

_MOST_OFFERED = 5


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field with the value that is offered, and the others behind it."""

    one: DoubtfulField
    path: str
    guess: str
    others: tuple[str, ...]
    because: str  #: why this value is offered, when it is not the likeliest

    @property
    def percent(self) -> int:
        """How sure the models are of their own guess."""
        return round(100 * self.one.field.confidence)


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
    guess = ordered[0] if ordered else ""
    because = "村里已有此人" if guess in known else ""
    others = tuple(ordered[1 : _MOST_OFFERED + 1])
    return ShownField(one, as_shown(file.path), guess, others, because)
