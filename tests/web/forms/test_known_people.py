"""A known person's data begin the next form; a wrong document is corrected by a new edition."""

import pytest

from filler.models import Issued
from minzheng.accounts.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(sign_in, posted):
    browser = sign_in()
    browser.post("/forms/DB-01", posted("DB-01"))
    return browser


def test_a_known_person_is_found_and_shown_masked(browser):
    """By initials; the ID number stays covered."""
    page = browser.get("/known", {"q": "cszgl"}).content.decode()
    assert "测试周桂兰" in page
    assert "11010519491231002X" not in page


def test_the_next_form_begins_with_what_is_known(browser):
    """Name and ID stand in the survey form."""
    person = Issued.objects.get().person
    known = browser.get(f"/known/{person.pk}").content.decode()
    assert f'href="/forms/COM-03?person={person.pk}"' in known
    assert "退出</button>" in known and 'aria-label="主菜单"' in known
    page = browser.get(f"/forms/COM-03?person={person.pk}").content.decode()
    assert 'value="测试周桂兰"' in page
    assert 'value="11010519491231002X"' in page


def test_another_village_knows_nobody(browser, sign_in):
    """Neither in the list nor by the number."""
    keeper = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "红星村")
    person = Issued.objects.get().person
    assert "测试周桂兰" not in keeper.get("/known", {"q": "周桂兰"}).content.decode()
    assert keeper.get(f"/known/{person.pk}").status_code == 404
    page = keeper.get(f"/forms/COM-03?person={person.pk}").content.decode()
    assert "测试周桂兰" not in page
