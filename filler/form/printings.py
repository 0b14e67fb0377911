"""Two printings of one document: 送审稿, on which the next hand is blank, and 定稿, decided.

Which of them answers make is told by the answers alone: as long as nobody has decided, the
paper goes to the first hand that has not written yet. What only repeats a form's own wording
(a default) nobody has written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from filler.form.forms import Field, FormSpec
from filler.form.opinions import DECIDER, LEVELS, hands_of, levels_of

DRAFT, FINAL = "送审稿", "定稿"


@dataclass(frozen=True, slots=True)
class Printing:
    """How far a paper is: whose hand it waits for, and what is left blank for the pen."""

    waits_for: str = ""  #: a level; empty when it is decided, or when nobody decides it
    blank: frozenset[str] = frozenset()  #: fields
    is_approval: bool = False

    @property
    def is_draft(self) -> bool:
        """Whether somebody has to write on it still."""
        return bool(self.waits_for)

    @property
    def name(self) -> str:
        """What it is called; nothing for a form that nobody decides."""
        return "" if not self.is_approval else DRAFT if self.is_draft else FINAL


_PLAIN = Printing()


def printing_of(spec: FormSpec, answers: Mapping[str, Any]) -> Printing:
    """The printing that answers make of a form."""
    levels = levels_of(spec)
    if not levels:
        return _PLAIN
    written = hands_in(spec, answers)
    needed = _needed(spec)
    if _is_decided(spec, written, needed):
        return Printing(is_approval=True)
    done = max((LEVELS.index(one) for one in written if one in LEVELS), default=-1)
    waits = next((one for one in needed if LEVELS.index(one) > done), levels[-1])
    return Printing(waits, _from(spec, waits), is_approval=True)


def hands_in(spec: FormSpec, answers: Mapping[str, Any]) -> frozenset[str]:
    """Whose hand has written something in the answers: levels, and whether it is decided."""
    return frozenset(
        level for field, level in _typed_hands(spec) if _is_written(field, answers.get(field.slug))
    )


@lru_cache(maxsize=512)
def _typed_hands(spec: FormSpec) -> tuple[tuple[Field, str], ...]:
    """What is entered of an opinion or of the decision, and whose hand it is in."""
    hands = hands_of(spec)
    typed = (field for field in spec.fields if field.slug in hands and field.is_typed)
    return tuple((field, hands[field.slug]) for field in typed)


def written_by(spec: FormSpec, answers: Mapping[str, Any], level: str) -> list[Field]:
    """The fields of a level in which something was written."""
    hands = hands_of(spec)
    return [
        field
        for field in spec.fields
        if hands.get(field.slug) == level
        and field.is_typed
        and _is_written(field, answers.get(field.slug))
    ]


def deciding_level(spec: FormSpec, answers: Mapping[str, Any]) -> str:
    """Who decides a form with these answers: the last level that must, or has written."""
    levels, needed = levels_of(spec), _needed(spec)
    if not levels or levels[-1] in needed or levels[-1] in hands_in(spec, answers):
        return levels[-1] if levels else ""
    return needed[-1] if needed else levels[-1]


def _is_written(field: Field, answer: Any) -> bool:
    text = str(answer if answer is not None else "").strip()
    return bool(text) and answer not in ([], ()) and text != field.default


def _is_decided(spec: FormSpec, written: frozenset[str], needed: tuple[str, ...]) -> bool:
    top = levels_of(spec)[-1]
    if top in written or DECIDER in written:
        return True
    has_decision = DECIDER in hands_of(spec).values()
    return top not in needed and not has_decision and bool(needed) and needed[-1] in written


@lru_cache(maxsize=512)
def _needed(spec: FormSpec) -> tuple[str, ...]:
    """The levels that must write, in their order; the last of all when a decision hangs on it."""
    required = {field.slug for field in spec.fields if field.required}
    return tuple(
        level for level in levels_of(spec) if required & {f"{level}_opinion", f"{level}_date"}
    )


@lru_cache(maxsize=2048)
def _from(spec: FormSpec, level: str) -> frozenset[str]:
    """The fields of a level, of those after it, and of the decision."""
    later = {*LEVELS[LEVELS.index(level) :], DECIDER}
    return frozenset(slug for slug, hand in hands_of(spec).items() if hand in later)
