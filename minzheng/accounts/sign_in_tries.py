"""Wrong passwords slow down whoever types them, not the owner of the account.

Counted by name and address: after five wrong ones the next try waits ten minutes, then twenty,
forty, an hour each. Two bounds stand behind that: a name under attack from many addresses is
open only at addresses where its owner signed in before, and an address that tries many names
is open only to names that signed in there. A name nobody has is treated alike.
"""

import datetime as dt
import ipaddress
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import AuditEntry, Person, Role, SignInTries
from minzheng.external.serving.connection_limits import group_of

FREE_TRIES = 5
_FIRST_WAIT, _LONGEST_WAIT = dt.timedelta(minutes=10), dt.timedelta(hours=1)
#: An administrator at the machine itself never waits longer than this.
_WAIT_AT_MACHINE = dt.timedelta(minutes=1)
#: What was wrong is forgotten after so long without another mistake.
_REMEMBERED = dt.timedelta(days=1)
#: Of one name from addresses where it never signed in, and from one address of all names.
MOST_FROM_STRANGERS, MOST_FROM_ADDRESS = 100, 200
#: More than one pair of name and address can try in a day.
_MOST_OF_A_PAIR = 32
_OWN_ADDRESS_DAYS = 90
_LONGEST_DOUBLING = 8  #: doublings after which a wait is the longest in any case


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody at an address who wants in under a name."""

    name: str
    address: str
    is_proxied: bool = False  #: then an address of this machine tells nothing

    @property
    def group(self) -> str:
        """The addresses that count as this one."""
        return group_of(self.address)

    @property
    def seal(self) -> str:
        """What stands for the name: it may be a password typed in the wrong box."""
        return seal_of(self.name)

    @property
    def is_at_machine(self) -> bool:
        """Whether the person sits at the machine that serves."""
        try:
            return not self.is_proxied and ipaddress.ip_address(self.address).is_loopback
        except ValueError:
            return False


def take_try(one: Try, now: dt.datetime | None = None) -> dt.timedelta:
    """How long to wait; when nothing, the try is counted as wrong until `forget_tries`.

    Counted first, so that many tries at once are not more than one after another.
    """
    at = now or timezone.now()
    with transaction.atomic():
        SignInTries.objects.filter(last_at__lt=at - _REMEMBERED).delete()
        wait = wait_of(one, at)
        if not wait:
            found, _ = SignInTries.objects.get_or_create(
                name_seal=one.seal, address=one.group, defaults={"last_at": at}
            )
            found.failures, found.last_at = found.failures + 1, at
            found.save(update_fields=["failures", "last_at"])
    return wait


def wait_of(one: Try, now: dt.datetime) -> dt.timedelta:
    """How long this name must wait at this address; nothing when it may try."""
    recent = SignInTries.objects.filter(last_at__gte=now - _REMEMBERED)
    pair = recent.filter(name_seal=one.seal, address=one.group).first()
    wait = _rest_of_wait(pair, now, _longest_for(one)) if pair else dt.timedelta()
    if wait or one.is_at_machine or not _is_under_attack(one, recent, pair):
        return wait
    return dt.timedelta() if _has_signed_in(one, now) else _LONGEST_WAIT


def is_waiting(one: Try, now: dt.datetime) -> bool:
    """Whether wrong passwords at this address keep a name waiting there."""
    pair = SignInTries.objects.filter(name_seal=one.seal, address=one.group).first()
    return pair is not None and bool(_rest_of_wait(pair, now, _LONGEST_WAIT))


def forget_tries(one: Try) -> None:
    """The password was right: what was typed before it was a mistake."""
    SignInTries.objects.filter(name_seal=one.seal, address=one.group).delete()


def take_back(one: Try) -> None:
    """The password was right and a code is owed: this try was none, those before it stay."""
    pair = SignInTries.objects.filter(name_seal=one.seal, address=one.group, failures__gt=0)
    pair.update(failures=F("failures") - 1)


def forget_all_tries(username: str) -> None:
    """Nobody waits for this name any longer, wherever."""
    SignInTries.objects.filter(name_seal=seal_of(username)).delete()


def waiting_names(now: dt.datetime) -> dict[str, tuple[str, ...]]:
    """The accounts somebody typed too many wrong passwords for, and the addresses that wait."""
    pairs = SignInTries.objects.filter(failures__gte=FREE_TRIES).order_by("address")
    waiting = [one for one in pairs if _rest_of_wait(one, now, _LONGEST_WAIT)]
    if not waiting:
        return {}
    names = {seal_of(name): name for name in Person.objects.values_list("username", flat=True)}
    found: dict[str, tuple[str, ...]] = {}
    for one in waiting:
        if name := names.get(one.name_seal):
            found[name] = (*found.get(name, ()), one.address)
    return found


def seal_of(name: str) -> str:
    """What stands for a name in the table."""
    return salted_hmac("sign-in tries", name, algorithm="sha256").hexdigest()


def _rest_of_wait(pair: SignInTries, now: dt.datetime, longest: dt.timedelta) -> dt.timedelta:
    if pair.failures < FREE_TRIES or now - pair.last_at > _REMEMBERED:
        return dt.timedelta()
    doublings = min(pair.failures - FREE_TRIES, _LONGEST_DOUBLING)
    until: dt.datetime = pair.last_at + min(_FIRST_WAIT * 2**doublings, longest)
    return max(until - now, dt.timedelta())


def _longest_for(one: Try) -> dt.timedelta:
    administrators = Person.objects.filter(username=one.name, role=Role.ADMINISTRATOR)
    is_own_machine = one.is_at_machine and administrators.exists()
    return _WAIT_AT_MACHINE if is_own_machine else _LONGEST_WAIT


def _is_under_attack(one: Try, recent: QuerySet[SignInTries], pair: SignInTries | None) -> bool:
    """Whether the name is tried from many addresses, or the address tries many names."""
    others = recent.filter(Q(name_seal=one.seal) | Q(address=one.group))
    if pair is not None:
        others = others.exclude(pk=pair.pk)
    of_name = of_address = 0
    for name_seal, failures in others.values_list("name_seal", "failures"):
        if name_seal == one.seal:
            of_name += min(failures, _MOST_OF_A_PAIR)
        else:
            of_address += min(failures, _MOST_OF_A_PAIR)
    return of_name >= MOST_FROM_STRANGERS or of_address >= MOST_FROM_ADDRESS


def _has_signed_in(one: Try, now: dt.datetime) -> bool:
    """Whether this name signed in from this address lately."""
    since = now - dt.timedelta(days=_OWN_ADDRESS_DAYS)
    return AuditEntry.objects.filter(
        person=one.name, action=Action.SIGN_IN, address=one.address[:45], at__gte=since
    ).exists()
