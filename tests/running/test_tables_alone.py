"""What is run once more with the tables on a server."""

from types import SimpleNamespace

import pytest

from tests.database.on_server import asks_tables, pytest_collection_modifyitems


def item(*fixtures: str, is_marked: bool = False):
    mark = pytest.mark.django_db.mark if is_marked else None
    return SimpleNamespace(fixturenames=fixtures, get_closest_marker=lambda name: mark)


@pytest.mark.parametrize(
    ("one", "asks"),
    [
        (item("tmp_path", is_marked=True), True),
        (item("office", "db"), True),
        (item("transactional_db"), True),
        (item("tmp_path", "monkeypatch"), False),
    ],
)
def test_a_test_asks_tables_by_its_mark_or_a_fixture(one, asks):
    """Whichever fixture of its own asks for one of them."""
    assert asks_tables(one) is asks


@pytest.mark.parametrize("is_asked", [True, False])
def test_only_what_asks_no_table_is_left_out(is_asked):
    """And only when that is wanted."""
    items = [asking, other] = [item("db"), item()]
    told = []

    def tell(items):
        told.extend(items)

    hook = SimpleNamespace(pytest_deselected=tell)
    config = SimpleNamespace(getoption=lambda name: is_asked, hook=hook)
    pytest_collection_modifyitems(config, items)
    assert (items, told) == (([asking], [other]) if is_asked else ([asking, other], []))
