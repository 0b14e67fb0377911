"""Whatever stands on two papers of a chain: changed on one of them, it is refused or marked.

Unlike test_pairs.py this asks no table what two papers both tell: a text that stands on another
paper, an older one of the same form too, is taken for the same thing, and so is every number of
people. Where it is not the same, it is named here with the reason.
"""

import pytest

from tests.filler.one_case.other_schemes import OTHERS
from tests.filler.one_case.papers import issue_papers
from tests.filler.one_case.test_pairs import said, spots_of, with_changes
from tests.filler.one_case.typing_counted import is_telling, leaves_of, texts_on

__all__ = ["said"]  # a fixture of the neighbour

_PEOPLE = frozenset(
    {"hh_size", "insured", "persons", "obj_size", "c_size", "size", "insured_count"}
)
#: Address → why another value contradicts nothing, though the same text stands elsewhere.
OWN: dict[str, str] = {}


@pytest.mark.parametrize("scheme", OTHERS)
def test_what_stands_on_two_papers_is_changed_on_none_in_silence(  # noqa: PLR0917  # fixtures
    scheme, catalogue, fill, answers_of, store, said
):
    """Dates, names, numbers of people, of accounts and notices, whatever a table says of them."""
    numbers = issue_papers(OTHERS[scheme], fill, answers_of)
    stands = {number: store.issued[number - 1].answers for _, number in numbers}
    texts = {number: texts_on(catalogue.form(one), stands[number]) for one, number in numbers}
    silent, tried = set(), 0
    for form_id, number in numbers:
        spec, answers = catalogue.form(form_id), {**stands[number]}
        before, leaves = said(number, answers), dict(leaves_of(spec, answers))
        others = set().union(*(told for one, told in texts.items() if one != number))
        for spot, field in spots_of(spec):
            text = leaves.get(f"{spot.table}[0].{spot.slug}" if spot.table else spot.slug, "")
            is_same = is_telling(text) and text in others
            if not is_same and not (text and spot.slug in _PEOPLE):
                continue
            for other in with_changes(answers, spot, field, in_every_row=False):
                tried += 1
                silent |= {str(spot)} if not said(number, other) - before else set()
    assert tried
    assert silent - OWN.keys() == set()
