"""What every page knows: who is signed in, and what of the archive that person sees."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from minzheng.accounts.models import Person, Role
from minzheng.county.config import current_config
from minzheng.web.gate import office as gate_office
from minzheng.web.gate.office import area, office, signed_in, visible


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_nobody_is_nobody():
    """A view that was reached without a sign-in fails loudly."""
    with pytest.raises(TypeError):
        signed_in(request_of(AnonymousUser()))
    assert office(request_of(AnonymousUser()))["may"] == {}


def test_the_area_of_a_person_is_what_may_be_found():
    """Town, village and the dossiers that need a right of their own."""
    request = request_of(Person(role=Role.VILLAGE_KEEPER, town="钟宝镇", village="旧城村"))
    seen, place = visible(request), area(request)
    assert (seen.town, seen.village, seen.is_nothing) == ("钟宝镇", "旧城村", False)
    assert "ET" in place.forbidden
    assert place.forbidden == seen.hidden_dossiers


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [(Role.INSPECTOR, "SEARCH", "FILL"), (Role.ADMINISTRATOR, "ADMINISTER", "SEARCH")],
)
def test_every_page_is_told_what_may_be_done(role, may, may_not):
    """By the names of the rights."""
    told = office(request_of(Person(role=role)))["may"]
    assert told[may]
    assert not told[may_not]


@pytest.mark.parametrize(("https", "is_said"), [("no", True), ("yes", False)])
def test_every_page_says_when_it_is_not_encrypted(sign_in, monkeypatch, https, is_said):
    """To whoever is signed in, and to nobody else."""
    open_to_all = replace(current_config(), host="0.0.0.0", https=https)
    monkeypatch.setattr(gate_office, "config", lambda: open_to_all)
    browser = sign_in()
    for address in ("/", "/forms", "/documents", "/account"):
        assert ("没有加密" in browser.get(address).content.decode()) is is_said
    assert "没有加密" not in Client().get("/sign-in").content.decode()
