"""Facts as terms."""

from hypothesis import given
from hypothesis import strategies as st

from archive_indexer.index.on_server.terms import as_term, terms_between, terms_of_numbers

_NUMBER = st.one_of(st.integers(-(2**63), 2**63 - 1), st.integers(-40, 40))


@given(_NUMBER, _NUMBER, _NUMBER)
def test_a_number_between_bounds_has_one_of_their_terms(number: int, low: int, high: int):
    """And no other has."""
    met = terms_of_numbers("dates", [number]) & set(terms_between("dates", low, high))
    assert len(met) == (1 if low <= number <= high else 0)


def test_bounds_may_lie_beyond_all_numbers():
    """A question may say 金额:>0 without an end."""
    assert terms_of_numbers("amounts", [7]) & set(terms_between("amounts", 0, 10**30))
    assert not terms_of_numbers("amounts", [-1]) & set(terms_between("amounts", 0, 10**30))


def test_a_day_of_a_year_is_asked_by_few_terms():
    """A statement stays short."""
    assert len(terms_between("dates", 20180000, 20189999)) < 40
    assert len(terms_between("amounts", -(10**20), 10**20)) == 16


def test_kinds_of_numbers_are_apart():
    """A day is no amount."""
    assert not terms_of_numbers("dates", [7]) & set(terms_between("amounts", 7, 7))


def test_a_very_long_term_is_kept_by_its_hash():
    """An index takes no longer ones; the usual stay as they are."""
    assert as_term("person:" + "三" * 197) == "person:" + "三" * 197
    long, other = "person:" + "三" * 5000, "person:" + "三" * 5001
    assert len(as_term(long).encode()) < 600
    assert as_term(long) != as_term(other)
