"""An application that was issued, and the inputs of a page."""

import re

import pytest

from filler.models import Issued


@pytest.fixture
def applied(sign_in, posted):
    """A county clerk's browser, and the application that was issued with it."""
    browser = sign_in()
    browser.post("/forms/DB-01", posted("DB-01"))
    return browser, Issued.objects.get()


def field(page: str, slug: str) -> str:
    """The tag of an input."""
    return re.search(rf'<(?:input|textarea|select)[^>]*id="f-{slug}"[^>]*>', page)[0]
