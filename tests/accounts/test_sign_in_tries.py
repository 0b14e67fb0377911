"""Wrong passwords slow down whoever types them."""

import datetime as dt

import pytest
from django.utils import timezone

from minzheng.accounts.models import AuditEntry, Person, Role, SignInTries
from minzheng.accounts.sign_in_tries import (
    FREE_TRIES,
    MOST_FROM_ADDRESS,
    MOST_FROM_STRANGERS,
    Try,
    forget_all_tries,
    forget_tries,
    is_waiting,
    take_try,
    wait_of,
    waiting_names,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"
NO_WAIT = dt.timedelta()
ZHANG = Try("zhang", HERE)


def try_for(one: Try, length: dt.timedelta, begin: dt.datetime = NOW) -> int:
    """How many passwords somebody can try who comes again as soon as he may."""
    at, tries = begin, 0
    while at < begin + length:
        wait = take_try(one, at)
        tries += not wait
        at += wait or dt.timedelta(seconds=1)
    return tries


def attack(name: str, tries: int, at: dt.datetime = NOW) -> None:
    """Wrong passwords for a name, one each from so many addresses."""
    for number in range(tries):
        take_try(Try(name, f"10.{number // 250 + 1}.0.{number % 250}"), at)


def signed_in(name: str, address: str, at: dt.datetime = NOW) -> None:
    AuditEntry.objects.create(
        number=AuditEntry.objects.count() + 1, at=at, person=name, action="登录", address=address
    )


@pytest.mark.parametrize(
    ("mistakes", "minutes"), [(4, 0), (5, 10), (6, 20), (7, 40), (8, 60), (9, 60), (40, 60)]
)
def test_each_mistake_waits_longer(mistakes, minutes):
    """Up to an hour; when the wait is over there is one try."""
    SignInTries.objects.create(name_seal=ZHANG.seal, address=HERE, failures=mistakes, last_at=NOW)
    assert wait_of(ZHANG, NOW) == minutes * MINUTE
    assert wait_of(ZHANG, NOW + minutes * MINUTE) == NO_WAIT
    assert is_waiting(ZHANG, NOW) is bool(minutes)


def test_a_try_that_must_wait_is_not_counted():
    """Whoever knocks without pause waits no longer than who does not."""
    for _ in range(30):
        take_try(ZHANG, NOW)
    assert SignInTries.objects.get().failures == FREE_TRIES


def test_guessing_is_bounded_a_day():
    """From one address 30 for one name, 24 on each day after."""
    assert try_for(ZHANG, DAY) == 30
    assert try_for(ZHANG, DAY, NOW + DAY) == 24


def test_what_was_wrong_is_forgotten_after_a_day():
    """Without another mistake in between; and taken out of the table."""
    for _ in range(FREE_TRIES):
        take_try(ZHANG, NOW)
    assert wait_of(ZHANG, NOW + DAY) == NO_WAIT
    take_try(Try("li", ELSEWHERE), NOW + DAY + MINUTE)
    assert SignInTries.objects.get().address == ELSEWHERE


def test_a_stranger_slows_down_himself_only():
    """Not the owner elsewhere, though he goes on for a week; nor another name at his address."""
    for day in range(7):
        try_for(ZHANG, DAY, NOW + day * DAY)
    end = NOW + 7 * DAY
    assert take_try(Try("zhang", ELSEWHERE), end) == NO_WAIT
    assert take_try(Try("li", HERE), end) == NO_WAIT


def test_a_name_under_attack_is_open_where_its_owner_was():
    """And nowhere else: neither the next stranger nor the owner at a strange address."""
    signed_in("zhang", ELSEWHERE, NOW - 80 * DAY)
    attack("zhang", MOST_FROM_STRANGERS - 1)
    assert wait_of(ZHANG, NOW) == NO_WAIT
    attack("zhang", MOST_FROM_STRANGERS)
    assert wait_of(ZHANG, NOW) > NO_WAIT
    assert wait_of(Try("zhang", ELSEWHERE), NOW) == NO_WAIT
    signed_in("li", HERE)
    assert wait_of(Try("li", HERE), NOW) == NO_WAIT


def test_an_address_that_tries_many_names_is_open_to_its_own():
    """Colleagues behind the same address go on."""
    signed_in("li", HERE)
    for number in range(MOST_FROM_ADDRESS):
        take_try(Try(f"name-{number}", HERE), NOW)
    assert wait_of(ZHANG, NOW) > NO_WAIT
    assert wait_of(Try("li", HERE), NOW) == NO_WAIT
    assert wait_of(Try("zhang", ELSEWHERE), NOW) == NO_WAIT


@pytest.mark.parametrize(
    ("name", "address", "is_proxied", "minutes"),
    [
        ("guanli", "127.0.0.1", False, 1),
        ("guanli", "::1", False, 1),
        ("guanli", "127.0.0.1", True, 60),
        ("guanli", HERE, False, 60),
        ("zhang", "127.0.0.1", False, 60),
        ("nobody", "127.0.0.1", False, 60),
    ],
)
def test_an_administrator_at_the_machine_waits_a_minute(name, address, is_proxied, minutes):
    """Nobody else, and not behind a proxy, where every address may seem to be this machine."""
    Person.objects.create_user("guanli", role=Role.ADMINISTRATOR)
    Person.objects.create_user("zhang", role=Role.INSPECTOR)
    one = Try(name, address, is_proxied)
    SignInTries.objects.create(name_seal=one.seal, address=one.group, failures=20, last_at=NOW)
    assert wait_of(one, NOW) == minutes * MINUTE


def test_tries_are_forgotten_here_or_everywhere():
    """A right password forgets what was wrong here; an administrator all of it."""
    there = Try("zhang", ELSEWHERE)
    for one in (ZHANG, there):
        for _ in range(FREE_TRIES):
            take_try(one, NOW)
    forget_tries(ZHANG)
    assert (wait_of(ZHANG, NOW), bool(wait_of(there, NOW))) == (NO_WAIT, True)
    forget_all_tries("zhang")
    assert wait_of(there, NOW) == NO_WAIT


def test_who_waits_is_told_with_where():
    """Names nobody has are not told; they are kept as a seal only."""
    Person.objects.create_user("zhang")
    for name in ("zhang", "my-secret-1"):
        for _ in range(FREE_TRIES):
            take_try(Try(name, HERE), NOW)
            take_try(Try(name, ELSEWHERE), NOW)
    assert waiting_names(NOW) == {"zhang": (HERE, ELSEWHERE)}
    assert waiting_names(NOW + 10 * MINUTE) == {}
    assert "my-secret-1" not in str(SignInTries.objects.values())
