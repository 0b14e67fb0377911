"""Whoever runs pages and stories in one go has one Chromium for both."""

from playwright.sync_api import Browser

from tests.journeys.served_office import open_chromium


def test_a_second_one_is_the_same_and_the_first_stays_open(chromium: Browser):
    """The end of the inner block does not close what the outer one goes on with."""
    with open_chromium() as again:
        assert again is chromium
    page = chromium.new_page()
    page.set_content("<p>还开着</p>")
    assert page.inner_text("p") == "还开着"
    page.close()
