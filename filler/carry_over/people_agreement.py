"""One ID number, one name: whoever the papers of a case name is the same person on each of them.

Fields of one name are compared already (`case_agreement.py`); here a household's row, a signature
under a letter, a patient beside the applicant. What differs is pointed out with both places.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from filler.carry_over.earlier import Earlier
from filler.carry_over.two_places import Disagreements, Place, place, told
from filler.form.case_history import same_number
from filler.form.forms import Field, FormSpec
from filler.form.taken import GivingPaper
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.writing.chinese_text import normalise_name

#: Whose number `id_no` is, by the first of these that a form or a table has.
_ITS_NAMES = ("name", "addressee", "head", "elder")


class _Person(NamedTuple):
    scope: Scope
    slugs: tuple[str, str]  #: of the name and of the number
    paper: GivingPaper | None
    called: str
    numbered: str

    @property
    def name(self) -> Place:
        return place(self.scope, self.slugs[0], self.paper)

    @property
    def number(self) -> Place:
        return place(self.scope, self.slugs[1], self.paper)


def find_people_told_otherwise(scope: Scope, earlier: Earlier) -> Disagreements:
    """Where a form gives a person of its case, or of itself, another name or number."""
    own = list(_people(scope))
    if not own:
        return Disagreements()
    others = [*own, *(one for paper in _papers(scope, earlier) for one in paper)]
    if _is_one_to_one(others):
        return Disagreements()
    told_of = dict[str, Problem]()
    for one in own:
        found = next((told for other in others if (told := _differs(one, other))), None)
        if found:
            told_of.setdefault(found.field, found)
    return Disagreements((), tuple(told_of.values()))


def _is_one_to_one(people: Sequence[_Person]) -> bool:
    """Whether each name stands with one number everywhere, and each number with one name."""
    pairs = {(one.called, one.numbered) for one in people}
    return len(pairs) == len(dict(pairs)) == len({number for _, number in pairs})


def _papers(scope: Scope, earlier: Earlier) -> Iterator[Iterator[_Person]]:
    """Those of the newest paper of each form of the case."""
    newest = {
        past.form_id: past
        for past in (earlier.of_case("", scope.case_no) if scope.case_no else ())
        if past.form_id in earlier.forms
    }
    for past in newest.values():
        paper = earlier.read(past)
        yield _people(paper.scope, paper.source)


def _differs(own: _Person, other: _Person) -> Problem | None:
    """What is told of a place of the form at hand."""
    is_one_name, is_one_number = own.called == other.called, own.numbered == other.numbered
    if is_one_name == is_one_number:
        return None
    if _is_same_place(own, other) or _is_compared_already(own, other):
        return None
    if is_one_number and not is_one_name:
        return _problem(own.name, other.name, "同一个身份证号的")
    if is_one_name and not is_one_number and _is_applicant(own, other):
        return _problem(own.number, other.number, "同一个姓名的")
    return None


def _is_same_place(own: _Person, other: _Person) -> bool:
    return own.name.paper is other.name.paper and own.number.address == other.number.address


def _is_compared_already(own: _Person, other: _Person) -> bool:
    singles = all(one.number.address == one.number.slug for one in (own, other))
    return singles and own.number.slug == other.number.slug


def _is_applicant(own: _Person, other: _Person) -> bool:
    """Namesakes there are; who applies stands once among the people of a case."""
    return "id_no" in (own.number.slug, other.number.slug)


def _problem(own: Place, other: Place, of: str) -> Problem:
    what = f"填的是“{own.shown}”，{of}{told(other)}"
    return Problem(own.label, what, "核对是否同一个人", own.address)


def _people(scope: Scope, paper: GivingPaper | None = None) -> Iterator[_Person]:
    """Everybody whose name stands beside a number, in fields and in rows."""
    yield from _beside(scope, _named(scope.spec.fields), paper)
    for table, columns in _tables_of_people(scope.spec):
        for row in scope.rows(table):
            yield from _beside(row, columns, paper)


def _beside(
    scope: Scope, named: Iterable[tuple[str, str]], paper: GivingPaper | None
) -> Iterator[_Person]:
    for slugs in named:
        name, number = map(scope.text, slugs)
        if name and number:
            yield _Person(scope, slugs, paper, normalise_name(name), same_number(number))


@lru_cache(maxsize=512)
def _tables_of_people(spec: FormSpec) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Tables with names and numbers, and which of their columns these are."""
    every = ((table.slug, _named(table.columns)) for table in spec.fields)
    return tuple((table, columns) for table, columns in every if columns)


@lru_cache(maxsize=2048)
def _named(fields: tuple[Field, ...]) -> tuple[tuple[str, str], ...]:
    """The fields of names beside which a number stands, and of the number."""
    known = {one.slug for one in fields if one.type == "text" and one.is_typed}
    found = []
    for one in fields:
        if one.type == "idcard" and one.is_typed:
            stem = one.slug.removesuffix("_no").removesuffix("_id")
            asked = (*_ITS_NAMES,) if one.slug == "id_no" else (f"{stem}_name", stem)
            found.append((next((slug for slug in asked if slug in known), ""), one.slug))
    return tuple((name, number) for name, number in found if name)
