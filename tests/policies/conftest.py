"""The county's policies, read once."""

import pytest

from filler.spec.form_catalogue import load_catalogue
from minzheng.policies.chapters import Policies


@pytest.fixture(scope="session")
def policies() -> Policies:
    """All that the registry and the forms know of them."""
    catalogue = load_catalogue(needs_templates=False)
    return Policies(catalogue.county, catalogue.by_id)
