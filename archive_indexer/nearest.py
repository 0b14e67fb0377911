"""What may be meant where a question found nothing exactly."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive_indexer.asking.fitting import NamedForm, Signs, fitting_signs
from archive_indexer.asking.looser_readings import Loosened, Reading, find_readings, loosen
from archive_indexer.asking.said_amounts import SaidAmount, find_said_amounts
from archive_indexer.asking.step_forms import fitting_forms
from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.queries import Query
from archive_indexer.search import search_archive
from minzheng.county.county import County

_NOT_LOOSENED = Loosened()
_NO_SIGNS = Signs()
_TWO_WAYS = 2


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A form that may be meant, and how many files of it answer the rest of the question."""

    form: NamedForm
    text: str  #: the question that finds them
    count: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """What may be meant where nothing was found exactly: offered, never among the hits."""

    loosened: Loosened = _NOT_LOOSENED
    readings: tuple[Reading, ...] = ()
    forms: tuple[FoundForm, ...] = ()
    signs: Signs = _NO_SIGNS
    amounts: tuple[SaidAmount, ...] = ()  #: registered, of what was asked for


def find_nearest(
    index: ArchiveIndex,
    text: str,
    filters: Query,
    county: County,
    *,
    forms: Sequence[NamedForm],
    today: dt.date,
    with_synonyms: bool = False,
) -> Nearest:
    """For a question that found nothing: looser readings, forms, what else answers it here."""

    def count(asked: str) -> int:
        nothing_shown = replace(filters, limit=0, offset=0)
        answer = search_archive(index, asked, nothing_shown, county, with_synonyms=with_synonyms)
        return 0 if answer.problems else answer.result.total

    loosened = loosen(text, county, today)
    said = [one for one in (loosened.meant, loosened.terms) if one]
    fitting = fitting_forms(said, forms, county)
    asked = [(one, loosened.asking([f"表:{one.form_id}"])) for one in fitting]
    return Nearest(
        loosened,
        find_readings(text, loosened, county.synonyms, count),
        tuple(FoundForm(one, question, count(question)) for one, question in asked),
        fitting_signs((*said[:1], loosened.said, *_alone(loosened.said)), county),
        find_said_amounts(text, county, _day_of(loosened, today)),
    )


def _alone(said: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """A single word as it was typed, and as papers put it, each for itself."""
    return tuple((one,) for one in said) if len(said) == _TWO_WAYS else ()


def _day_of(loosened: Loosened, today: dt.date) -> dt.date:
    """The last day of the year that was named, if that is over."""
    year = int(loosened.year or today.year)
    return min(today, dt.date(year, 12, 31))
