"""Filters, order and offers of the search page: each is an address."""

import pytest
from django.http import QueryDict

from archive_indexer.asking.search_offers import Offer
from minzheng.web.archive.search_choices import (
    Addresses,
    describe_choices,
    describe_offers,
    describe_set_filters,
    read_moment,
)

ID = "11010519491231002X"


def asked(address: str) -> Addresses:
    return Addresses.of(QueryDict(address), 7)


@pytest.mark.parametrize(
    ("text", "page"),
    [("", 1), ("3", 3), ("0", 1), ("99999", 1000), ("999999", 1), ("-1", 1), ("x", 1), ("３", 1)],
)
def test_a_page_is_a_number_within_bounds(text, page):
    """Anything else is the first."""
    assert asked(f"q=低保&page={text}").page == page


def test_a_change_keeps_the_rest_and_begins_on_the_first_page():
    """Filters stay, the page does not, an emptied filter goes."""
    given = asked("q=低保&town=钟宝镇&year=2018&page=4")
    assert given.with_changes(year="2019") == asked("q=低保&town=钟宝镇&year=2019").with_changes()
    assert "town" not in given.with_changes(town="")
    assert "page" not in given.with_changes()
    assert given.without_filters() == asked("q=低保").with_changes()
    assert (given.is_filtered, asked("q=低保&order=date").is_filtered) == (True, False)


def test_a_personal_number_is_known_and_stands_in_no_address():
    """For whoever asked it; for another it is forgotten."""
    given = asked(f"q={ID}")
    assert given.text == ID
    address = given.with_changes()
    assert ID not in address
    assert Addresses.of(QueryDict(address[1:]), 7).text == ID
    other = Addresses.of(QueryDict(address[1:]), 8)
    assert (other.text, other.is_forgotten) == ("", True)


def test_the_commonest_value_comes_first_and_years_from_the_newest():
    """A value that is set leads to the address without it."""
    facets = {"village": {"旧城村": 2, "民主村": 5}, "year": {"2017": 9, "2019": 1}}
    given = asked("q=低保&village=旧城村")
    shown = {one.label: one.choices for one in describe_choices(facets, given)}
    assert [one.name for one in shown["村"]] == ["民主村", "旧城村"]
    assert [one.name for one in shown["年度"]] == ["2019", "2017"]
    chosen = shown["村"][1]
    assert (chosen.is_set, chosen.address) == (True, asked("q=低保").with_changes())


def test_a_filter_without_any_file_can_still_be_taken_off():
    """It is listed with none."""
    (village,) = describe_choices({}, asked("q=低保&village=旧城村"))
    assert [(one.name, one.count) for one in village.choices] == [("旧城村", 0)]


def test_what_is_set_is_said_in_words():
    """By the names people use."""
    given = asked("q=低保&dossier=DB&origin=ocr&since=2026-11-25T14:30:05")
    assert describe_set_filters(given) == [
        "专档：低保", "来源：扫描件", "2026年11月25日 14:30 以后入库",
    ]  # fmt: skip


def test_an_offer_takes_the_place_of_what_it_mends():
    """The rest of the question stays."""
    offer = Offer("李四光", "季四光", 1, "近似")
    ((_, address),) = describe_offers([offer], asked("q=村:旧城村 李四光"))
    assert address == asked("q=村:旧城村 季四光").with_changes()


@pytest.mark.parametrize(
    ("text", "is_moment"),
    [
        ("2026-11-25T14:30:05", True),
        ("2026-02-30", False),
        ("1999-12-31", False),
        ("2101-01-01", False),
        ("2026-11-25T14:30:05+08:00", False),
        ("", False),
    ],
)
def test_only_moments_as_our_addresses_write_them_are_read(text, is_moment):
    """Anything else is none, and no error."""
    assert (read_moment(text) is not None) == is_moment
