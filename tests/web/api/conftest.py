"""Callers by key, and a paper with a number on it."""

import pytest
from django.test import Client

from minzheng.accounts.models import Person, Role
from minzheng.accounts.tokens import issue_token
from tests.web.conftest import put_paper

ID = "11010519491231002X"


@pytest.fixture
def as_(db):
    """A caller by key of somebody with a role."""

    def run(role: Role = Role.COUNTY_CLERK, town: str = "", village: str = "") -> Client:
        person = Person.objects.create_user(
            f"api{Person.objects.count()}", role=role, town=town, village=village
        )
        key = issue_token(person, purpose="测试", days=1, issued_by="测试")
        return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {key}"})

    return run


@pytest.fixture
def paper(db):
    return put_paper("钟宝镇", "旧城村", f"测试甲 {ID}", dossier="DB", name="测试甲")
