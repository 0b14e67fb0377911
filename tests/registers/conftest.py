"""The forms and the county, read once."""

import pytest

from filler.spec.form_catalogue import Catalogue
from tests.shipped_forms import shipped_forms


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """All forms with the county they rest on."""
    return shipped_forms()
