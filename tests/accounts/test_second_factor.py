"""Codes of a phone: right now, once, or a spare one; the database tells none."""

import datetime as dt

import pytest
from django.test import override_settings

from minzheng.accounts.models import Person, Role, SecondFactor, SpareCode
from minzheng.accounts.second_factor import (
    SPARES,
    address_of,
    begin,
    confirm,
    end,
    is_on,
    must_begin,
    passes,
    renew_spares,
    secret_of,
    spares_left,
)
from tests.accounts.phone import code_at

NOW = dt.datetime(2026, 7, 1, 9, 0, 10, tzinfo=dt.UTC)
STEP = dt.timedelta(seconds=30)


@pytest.fixture
def person(db):
    return Person.objects.create_user("zhang", password="Right-one-1", role=Role.INSPECTOR)


@pytest.fixture
def spares(person):
    return confirm(person, code_at(person, NOW), NOW)


def test_the_codes_are_those_of_the_standard(person):
    """RFC 6238 appendix B, SHA-1, the last six digits; the secret is 160 bits."""
    factor = begin(person)
    assert len(secret_of(factor)) == 32
    address = address_of(factor, "镇坪县民政局")
    assert address.startswith("otpauth://totp/")
    assert f"secret={secret_of(factor)}" in address


def test_nothing_is_asked_for_before_a_first_code_was_right(person):
    """A wrong one changes nothing; a right one gives spare codes, each of its own."""
    begin(person)
    assert not passes(person, code_at(person, NOW), NOW)
    assert confirm(person, "000000", NOW) == ()
    assert not is_on(person)
    codes = confirm(person, code_at(person, NOW), NOW)
    assert is_on(person)
    assert len(set(codes)) == SPARES == spares_left(person)
    assert confirm(person, code_at(person, NOW + STEP), NOW + STEP) == ()


@pytest.mark.parametrize(
    ("late", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_phone_s_clock_may_be_one_step_wrong(person, spares, late, is_right):
    """No more."""
    now = NOW + 10 * STEP
    assert passes(person, code_at(person, now + late * STEP), now) is is_right


def test_a_code_opens_once_and_none_before_it(person, spares):
    """Who looked over a shoulder comes too late."""
    now = NOW + 10 * STEP
    assert not passes(person, code_at(person, NOW), NOW)
    assert passes(person, code_at(person, now), now)
    assert not passes(person, code_at(person, now), now)
    assert not passes(person, code_at(person, now - STEP), now)
    assert passes(person, code_at(person, now + STEP), now + STEP)


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}-{1}", " {0}{1} ", "full width"])
def test_a_code_may_be_typed_in_groups(person, spares, typed):
    """Or by an input method that makes its digits wide."""
    now = NOW + 5 * STEP
    code = code_at(person, now)
    wide = code.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789"})
    text = wide if typed == "full width" else typed.format(code[:3], code[3:])
    assert passes(person, text, now)


@pytest.mark.parametrize("code", ["", "0" * 5000, "验证码", "１２", "\0"])
def test_what_is_no_code_does_not_open(person, spares, code):
    """Whatever it is."""
    assert not passes(person, code, NOW + 5 * STEP)


def test_a_spare_code_is_good_once(person, spares):
    """In capitals or without its hyphen, too; new ones end the old."""
    assert passes(person, spares[0].replace("-", "").upper(), NOW)
    assert not passes(person, spares[0], NOW)
    assert spares_left(person) == SPARES - 1
    renew_spares(person)
    assert spares_left(person) == SPARES
    assert not passes(person, spares[1], NOW)


def test_the_database_holds_neither_secret_nor_spare_code(person, spares):
    """With another key of the installation the same rows make other codes."""
    factor = SecondFactor.objects.get()
    secret, code = secret_of(factor), code_at(person, NOW)
    kept = f"{vars(factor)} {list(SpareCode.objects.values())}"
    assert secret not in kept
    assert not any(one in kept or one.replace("-", "") in kept for one in spares)
    with override_settings(SECRET_KEY="another"):
        assert secret_of(factor) != secret
        assert not passes(person, code, NOW)


def test_a_role_that_must_have_one_begins_only_once(person):
    """Another role need not."""
    assert must_begin(person, ("检查人员",))
    assert not must_begin(person, ("管理员",))
    confirm(person, code_at(person, NOW), NOW)
    assert not must_begin(person, ("检查人员",))


def test_when_it_is_ended_another_phone_begins_anew(person, spares):
    """The old secret and the old spare codes are gone."""
    old = secret_of(SecondFactor.objects.get())
    end(person)
    assert not is_on(person)
    assert spares_left(person) == 0
    assert not passes(person, spares[0], NOW)
    assert secret_of(begin(person)) != old
