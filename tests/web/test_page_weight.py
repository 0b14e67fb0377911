"""Pages come over a village's telephone line: at most 100 KB each, pictures apart."""

import pytest

from minzheng.accounts.models import Role
from minzheng.county.registry.shown.registry_guide import FILES
from minzheng.web.gate.office import forms

MOST_BYTES = 100 * 1024
_TABLES = [f"/registry/{one.name}" for one in FILES]


def weigh(browser, addresses) -> dict[str, int]:
    """Addresses whose page is too heavy."""
    weights = {address: len(browser.get(address).content) for address in addresses}
    return {address: weight for address, weight in weights.items() if weight > MOST_BYTES}


def test_every_form_is_light(sign_in):
    """Tables with many columns too."""
    addresses = [f"/forms/{spec.id}" for spec in forms().forms]
    assert weigh(sign_in(), addresses) == {}


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        (
            Role.COUNTY_CLERK,
            ["/", "/forms", "/batches", "/batches?form=ZF-01", "/completeness", "/coverage"],
        ),
        (Role.INSPECTOR, ["/", "/search", "/checklist"]),
        (
            Role.ADMINISTRATOR,
            ["/", "/people", "/people/new", "/jobs", "/registry", "/templates", *_TABLES],
        ),
        (Role.AUDITOR, ["/", "/audit", "/audit/verify", "/api/guide"]),
    ],
)  # fmt: skip
def test_every_desk_is_light(sign_in, role, addresses):
    """And all its pages."""
    assert weigh(sign_in(role), addresses) == {}
