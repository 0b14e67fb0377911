"""The forms and the county, read once."""

import pytest

from filler.spec.form_catalogue import Catalogue, load_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """All forms with the county they rest on."""
    return load_catalogue()
