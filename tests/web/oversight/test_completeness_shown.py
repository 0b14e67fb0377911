"""The heat map's columns, rows and cells, as somebody may see them."""

import re

import pytest

from minzheng.accounts.models import Role
from tests.web.conftest import put_paper
from tests.web.oversight.conftest import CASE, cell

pytestmark = pytest.mark.usefixtures("papers")


@pytest.mark.parametrize(
    "address", ["999/DB/2018", "103200/XX/2018", "103200/DB/18", "103200/DB/20180", "x/all/all"]
)
def test_an_unknown_cell_is_not_found(sign_in, address):
    """And no error."""
    browser = sign_in()
    assert browser.get(f"/completeness/{address}").status_code == 404
    assert browser.get(f"/completeness/files/{address}").status_code == 404


def test_another_place_is_not_seen(sign_in):
    """A keeper sees the own village only, whatever is asked."""
    put_paper("城关镇", "蔬菜村", "特困 测试乙", dossier="TK", name="特困", year="2019")
    keeper = sign_in(Role.VILLAGE_KEEPER, "城关镇", "蔬菜村", given=())
    page = keeper.get("/completeness", {"open": "103"}).content.decode()
    assert "蔬菜村" in page
    assert "钟宝镇" not in page
    assert "新华村" not in page
    assert keeper.get("/completeness/103200/DB/2018").status_code == 404
    assert CASE not in keeper.get("/completeness/all/all/all").content.decode()
    assert "测试甲" not in keeper.get("/completeness/100/all/all").content.decode()


@pytest.mark.parametrize(
    ("role", "place", "rows"),
    [
        (Role.VILLAGE_KEEPER, ("城关镇", "蔬菜村"), ["蔬菜村"]),
        (Role.TOWN_CLERK, ("城关镇", ""), ["城关镇", "蔬菜村"]),
        (Role.COUNTY_CLERK, ("", ""), ["城关镇", "合计"]),
    ],
)
def test_nobody_sees_the_same_row_twice(sign_in, role, place, rows):
    """One village is its town and the sum for who has no other; one town is the sum."""
    put_paper("城关镇", "蔬菜村", "特困 测试乙", dossier="TK", name="特困", year="2019")
    page = sign_in(role, *place, given=()).get("/completeness").content.decode()
    heads = re.findall(r'<th scope="row">\s*(?:<a[^>]*>)?\s*([^<\s]+)', page)
    assert [one for one in heads if one in {"城关镇", "蔬菜村", "合计"}] == rows


@pytest.mark.parametrize(("given", "is_seen"), [(("ET",), True), ((), False)])
def test_a_dossier_set_apart_is_not_counted(sign_in, given, is_seen):
    """Neither in its column nor in the sums; that it is left out is said."""
    inspector = sign_in(Role.INSPECTOR, given=given)
    page = inspector.get("/completeness", {"open": "100"}).content.decode()
    assert ("/completeness/files/100200/ET/all" in page) == is_seen
    assert ("/completeness/files/100200/all/all" in page) == is_seen
    assert ("儿童保障（须单独授权）" in page.replace("优抚、", "")) != is_seen
    assert inspector.get("/completeness/100200/ET/all").status_code == (200 if is_seen else 404)


def test_a_town_opens_to_its_villages(sign_in):
    """Each cell says how many files and how much is missing, in figures and in colour."""
    browser = sign_in()
    closed = browser.get("/completeness").content.decode()
    assert "旧城村" not in closed
    page = browser.get("/completeness", {"open": "103"}).content.decode()
    shown = cell(page, "旧城村", "103200/DB/all")
    assert 'class="m-low"' in shown
    assert ">2</a>" in shown
    assert "缺6/8" in shown
    assert len(page) < 100_000
