"""What a question asks of a file: a tree of conditions, already understood."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A folded text that stands somewhere on a page."""

    text: str


@dataclass(frozen=True, slots=True)
class HasValue:
    """A filter or a fact of the file is one of these values."""

    name: str  #: a filter (town …) or a fact (person, id, id_end, archive_no, case_no)
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


Condition: TypeAlias = Word | HasValue | Between | InPath | AllOf | AnyOf | Without

EVERYTHING = AllOf(())


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
    if isinstance(condition, AllOf | AnyOf):
        return [word for part in condition.parts for word in _words(part)]
    return []
