"""Somebody with a password, trying to come in."""

import pytest
from django.test import Client

from minzheng.accounts.models import Person, Role

PASSWORD = "Right-one-1"


@pytest.fixture
def person(db):
    return Person.objects.create_user("zhang", password=PASSWORD, role=Role.INSPECTOR)


def try_password(
    password: str,
    username: str = "zhang",
    browser: Client | None = None,
    address: str = "127.0.0.1",
):
    data = {"username": username, "password": password}
    return (browser or Client()).post("/sign-in", data, REMOTE_ADDR=address)
