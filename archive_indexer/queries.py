"""A question already understood, and its answer: conditions, filters, hits."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from archive_indexer.documents import Visible

Order = Literal["best", "date", "path"]
_EVERYTHING_VISIBLE = Visible()


@dataclass(frozen=True, slots=True)
class Word:
    """A folded text that stands somewhere on a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Folded texts that stand close to one another on a page, in this order or two turned."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasValue:
    """A filter or a fact of the file is one of these values."""

    #: a filter (town …) or a fact (person, id, id_end, number, archive_no, case_no)
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The file names a number of a kind between two bounds, both included."""

    name: str  #: amounts (in fen) or dates (20180331)
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class InPath:
    """A folded text that stands in the file's path or name."""

    text: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part does not hold."""

    part: "Condition"


Condition: TypeAlias = Word | Near | HasValue | Between | InPath | AllOf | AnyOf | Without

EVERYTHING = AllOf(())


@dataclass(frozen=True, slots=True)
class Query:
    """What a user searches for: words that must all occur, or a condition; and filters."""

    words: tuple[str, ...]
    town: str = ""
    village: str = ""
    dossier: str = ""
    year: str = ""
    limit: int = 20
    offset: int = 0
    condition: Condition | None = None  #: in place of words
    form_id: str = ""
    kind: str = ""
    origin: str = ""
    has_seal: str = ""  #: 是, 否
    visible: Visible = _EVERYTHING_VISIBLE
    order: Order = "best"
    folds_copies: bool = False
    shows_absent: bool = True  #: traces of files that are no longer there
    among: frozenset[str] | None = None  #: only files under these paths


@dataclass(frozen=True, slots=True)
class Hit:
    """One file that answers a query, with the page that answers it best."""

    path: str
    sha256: str
    page: int
    pages: tuple[int, ...]  #: every page on which any of the words stands
    town: str
    village: str
    dossier: str
    year: str
    form_id: str
    title: str
    snippet: str  #: plain text around the first hit
    marks: tuple[tuple[int, int], ...] = ()  #: start and end of each found word in `snippet`
    copies: int = 0  #: other hits that are copies of this one, when folded
    present: bool = True  #: False: the file is no longer there (曾存在)
    day: int = 0  #: the day of the paper, 20180331; 20180300, 20180000 when less is known


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits asked for, how many there are in all, and counts for each filter."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)  #: filter → value → files
    copies: int = 0  #: how many hits were folded away
    absent: int = 0  #: how many hits, shown or not, are traces of files no longer there


def word_groups(condition: Condition) -> tuple[tuple[str, ...], ...]:
    """The words of each part that must hold; one of each group should stand on a page."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    return tuple(words for part in parts if (words := wanted_words(part)))


def wanted_words(condition: Condition) -> tuple[str, ...]:
    """The words that may stand in a hit, each once, in the order of the question."""
    return tuple(dict.fromkeys(_words(condition)))


def _words(condition: Condition) -> list[str]:
    if isinstance(condition, Word):
        return [condition.text]
    if isinstance(condition, Near):
        return list(condition.parts)
    if isinstance(condition, AllOf | AnyOf):
        return [word for part in condition.parts for word in _words(part)]
    return []


def wanted_numbers(condition: Condition) -> frozenset[str]:
    """The personal numbers that are asked for in whatever spelling."""
    if isinstance(condition, HasValue):
        return frozenset(condition.values) if condition.name == "number" else frozenset()
    if isinstance(condition, AllOf | AnyOf):
        return frozenset().union(*map(wanted_numbers, condition.parts))
    return frozenset()
