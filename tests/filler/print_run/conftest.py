"""A roster of visits with known mistakes."""

import pytest

from tests.filler.rosters import column_of, fill_template


@pytest.fixture
def spec(catalogue):
    return catalogue.form("ZF-01")


@pytest.fixture
def book(catalogue, visits):
    """Three households: the second with two mistakes, the third without its policies' name."""
    book = fill_template(catalogue, "ZF-01", visits(3))
    sheet = book.worksheets[0]
    sheet.cell(3, column_of(sheet, "联系电话"), "12345")
    sheet.cell(3, column_of(sheet, "走访方式"), "来访")
    book["应享与已享"].cell(8, 2, "低保金")
    return book
