"""A book made a moment ago is given again."""

import datetime as dt

import pytest

from minzheng.policies.policy_book import PolicyBook
from minzheng.web.policies import made_books

DAY = dt.date(2026, 8, 1)


@pytest.fixture
def made(monkeypatch):
    """The days a book was made for."""
    days = []
    monkeypatch.setattr(made_books, "_made", type(made_books._made)())

    def make(known, day, county, bureau):
        days.append(day)
        return PolicyBook(str(day).encode(), {})

    monkeypatch.setattr(made_books, "make_book", make)
    monkeypatch.setattr(made_books, "as_pdf", lambda word: b"pdf of " + word)
    return days


def test_the_same_day_is_made_once(made):
    """Its PDF of the same."""
    first = made_books.book_of(DAY, "docx")
    assert made_books.book_of(DAY, "docx") is first
    assert made_books.book_of(DAY, "pdf") == b"pdf of 2026-08-01"
    assert made == [DAY]


def test_other_tables_are_another_book(made, monkeypatch):
    """A policy was put in meanwhile."""
    made_books.book_of(DAY, "docx")
    monkeypatch.setattr(made_books, "policies", object)
    made_books.book_of(DAY, "docx")
    assert made == [DAY, DAY]


def test_only_a_few_are_kept(made):
    """The first made goes first."""
    for day in range(1, 7):
        made_books.book_of(DAY.replace(day=day), "docx")
    assert len(made_books._made) == made_books._MOST_KEPT


def test_whoever_waits_too_long_is_told(made, monkeypatch):
    """Somebody else's is being made."""
    monkeypatch.setattr(made_books, "_PATIENCE_SECONDS", 0.01)
    with made_books._one_at_a_time, pytest.raises(made_books.BookBusyError):
        made_books.book_of(DAY, "docx")
