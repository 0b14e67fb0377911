"""The administrator's page of what the services do."""

import pytest

from minzheng.accounts.models import Role
from minzheng.web.office.jobs_shown import jobs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/jobs", "/jobs/live"])
def test_every_kind_of_work_has_its_line(sign_in, address):
    """On the whole page, and on the part that is asked for again."""
    page = sign_in(Role.ADMINISTRATOR).get(address).content.decode()
    assert [one.name for one in jobs() if one.name not in page] == []
    assert ("<html" in page) == (address == "/jobs")
