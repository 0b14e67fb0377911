"""What is held of a person is looked up over all counties, or not at all."""

import pytest

from minzheng.accounts.models import Role


@pytest.mark.parametrize("page", ["/persons", "/persons/due", "/persons/removals"])
@pytest.mark.parametrize(("town", "is_shown"), [("·", True), ("平利县·", False)])
def test_an_account_of_one_county_is_told_who_can(counties, sign_in, page, town, is_shown):
    """Its own papers alone would not be all, and of the others it is told nothing."""
    answer = sign_in(Role.COUNTY_CLERK, town).get(page)
    said = answer.content.decode()
    assert (answer.status_code == 200) is is_shown
    assert ("请用看得到全部县（区）的县级经办账号" in said) is not is_shown


def test_whoever_chose_a_county_looks_at_all_first(counties, sign_in):
    """The choice narrows this, too, and the page says so."""
    browser = sign_in(Role.COUNTY_CLERK, "·")
    browser.post("/county", {"county": "平利县·"})
    assert "页首选“全部”" in browser.get("/persons").content.decode()
