"""Parts of pages asked for after the sign-in ended."""

import pytest
from django.test import Client

from minzheng.accounts.models import Person, Role

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/coverage?x=1"}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", ["/coverage/live", "/batches/1/progress"])
def test_the_whole_page_goes_to_the_sign_in(part):
    """And comes back to the page, not to its part."""
    answer = Client().get(part, headers=HTMX)
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/sign-in?next=%2Fcoverage%3Fx%3D1"
    assert answer.content == b""


def test_without_htmx_it_is_a_plain_redirect():
    """As before."""
    assert Client().get("/coverage/live").status_code == 302


def test_a_password_that_is_too_old_leads_the_whole_page_away(sign_in):
    """To the own account."""
    browser = sign_in()
    Person.objects.update(must_change_password=True)
    assert browser.get("/coverage/live", headers=HTMX)["HX-Redirect"] == "/account"


def test_a_form_being_filled_stays_and_says_that_the_time_is_over():
    """Nothing on it is replaced but a note, which asks whether somebody signed in again."""
    answer = Client().post("/forms/DB-01/preview", {}, headers=HTMX)
    assert answer["HX-Reswap"] == "none"
    assert "在新窗口登录" in answer.content.decode()
    assert "HX-Redirect" not in answer


def test_after_a_new_sign_in_the_form_gets_a_new_token(sign_in):
    """Signed out there is nothing to say."""
    assert Client().get("/sign-in/again").status_code == 204
    page = sign_in(Role.TOWN_CLERK, "钟宝镇").get("/sign-in/again").content.decode()
    assert 'name="csrfmiddlewaretoken" value="' in page
    assert "接着填" in page
