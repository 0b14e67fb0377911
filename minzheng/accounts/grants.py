"""Nobody alone gives a right and uses it: what an administrator gives waits for a second person.

An auditor or another administrator agrees. A first or new password comes in two halves, one
shown to who asked, one to who agreed: neither can sign in with it, its owner can with both.
Where the settings ask for no second person, and on the machine itself, things hold at once
and are told to the auditor until one has seen them.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from minzheng.accounts.areas import area_of
from minzheng.accounts.keeping import WHOLE, give_new_password, is_last_administrator
from minzheng.accounts.models import Grant, Person, Role
from minzheng.accounts.passwords import join_halves, new_half
from minzheng.accounts.rights import RIGHTS
from minzheng.accounts.second_factor import end as end_second_factor
from minzheng.county.county import County
from minzheng.county.errors import MinzhengError
from minzheng.county.town_names import county_of, lies_in
from minzheng.database.place_rows import of_town

#: What of an account is a right.
RIGHT_FIELDS = (
    "role", "town", "village", "given_dossiers", "withheld_dossiers", "is_active", "outside_name",
)  # fmt: skip
_SECOND_ROLES = (Role.AUDITOR, Role.ADMINISTRATOR)


class GrantError(MinzhengError):
    """这一项不能确认。"""


def adds_rights(before: Person, after: Person, county: County) -> bool:
    """Whether an account may do or see anything that it might not before."""
    if not after.is_active:
        return False
    if not before.is_active or not _rights(after) <= _rights(before):
        return True
    if after.outside_name and after.outside_name != before.outside_name:
        return True  # somebody else says from now on who this is
    old, new = area_of(before, county), area_of(after, county)
    if new.is_nothing:
        return False
    is_wider = not old.covers(new.town, new.village) or old.forbidden - new.forbidden
    return bool(is_wider)


def must_wait(before: Person, after: Person, county: County) -> bool:
    """Whether a change needs a second person: more rights, or an auditor who shall look no more."""
    is_silenced = before.role == Role.AUDITOR and before.is_active and not after.is_active
    return is_silenced or adds_rights(before, after, county)


def changes_rights(before: Person, after: Person) -> bool:
    """Whether any right is another, be it more or less."""
    return any(getattr(before, one) != getattr(after, one) for one in RIGHT_FIELDS)


def ask_for_account(person: Person, told: str, by: Person | str, *, is_dual: bool) -> str:
    """A new account's password: half of it, when a second person has the other."""
    if not is_dual:
        _tell(person, Grant.Kind.NEW, told, by)
        return give_new_password(person)
    person.set_unusable_password()
    person.must_change_password = True
    person.save(update_fields=["password", "password_changed_at", "must_change_password"])
    return _ask(person, Grant.Kind.NEW, told, by, half=new_half())


def ask_for_reset(person: Person, told: str, by: Person | str, *, is_dual: bool) -> str:
    """A new password, or half of it; the old one holds until a second person agreed."""
    if not is_dual:
        _tell(person, Grant.Kind.RESET, told, by)
        return give_new_password(person)
    kind = Grant.Kind.RESET
    if person.grants.filter(kind=Grant.Kind.NEW, is_waiting=True, settled_at=None).exists():
        kind = Grant.Kind.NEW  # its first password was mislaid before anybody agreed
    return _ask(person, kind, told, by, half=new_half())


def ask_for_factor_end(person: Person, told: str, by: Person | str, *, is_dual: bool) -> None:
    """Ask an account for no code any longer, because its phone is lost."""
    if is_dual:
        _ask(person, Grant.Kind.FACTOR, told, by)
        return
    _tell(person, Grant.Kind.FACTOR, told, by)
    end_second_factor(person)


def ask_for_more(
    before: Person, after: Person, told: str, by: Person | str, *, is_dual: bool
) -> None:
    """More rights for an account: they wait, and it keeps those it had."""
    if not is_dual:
        _tell(after, Grant.Kind.MORE, told, by)
        return
    wanted = {one: getattr(after, one) for one in RIGHT_FIELDS}
    for one in RIGHT_FIELDS:
        setattr(after, one, getattr(before, one))
    _ask(after, Grant.Kind.MORE, told, by, wanted=wanted)


def drop_waiting_rights(person: Person) -> None:
    """Rights that wait are no longer meant once others were set."""
    _replace(person, [Grant.Kind.MORE])


def waiting_grants(scope: str = "") -> QuerySet[Grant]:
    """What waits for a second person, the oldest first; of accounts of a county, or of all."""
    waiting = Grant.objects.filter(of_town(scope, "person__"), is_waiting=True, settled_at=None)
    return waiting.order_by("asked_at", "pk").select_related("person")


def unseen_grants(scope: str = "") -> QuerySet[Grant]:
    """What holds and no auditor has seen: done by one alone, or agreed to by an administrator.

    Of accounts of a county, or of all.
    """
    holds = Q(is_waiting=False) | Q(outcome=Grant.Outcome.AGREED)
    unseen = Grant.objects.filter(holds, of_town(scope, "person__"), seen_at=None)
    return unseen.order_by("asked_at", "pk").select_related("person")


def settled_grants(most: int, scope: str = "") -> QuerySet[Grant]:
    """What was agreed on or seen, the newest first; of accounts of a county, or of all."""
    done = Grant.objects.filter(of_town(scope, "person__")).exclude(settled_at=None)
    return done.order_by("-settled_at", "-pk").select_related("person")[:most]


def may_settle(grant: Grant, person: Person) -> bool:
    """Whether somebody is a second person for this: not who asked, not who gains.

    Whoever is of one county agrees to what stays within it.
    """
    is_other = person.username != grant.asked_by and person.pk not in (
        grant.asker_id, grant.person_id,
    )  # fmt: skip
    towns = (grant.person.town, str(grant.wanted.get("town", grant.person.town)))
    is_within = all(lies_in(town, county_of(person.town)) for town in towns)
    is_second = person.is_active and person.role in _SECOND_ROLES
    return is_second and is_other and is_within


def lacks_second_person(by: Person, account: Person | None = None) -> bool:
    """Whether nobody could agree to what somebody asks for an account, or for any."""
    usable = ~Q(password__startswith="!") & Q(is_active=True, role__in=_SECOND_ROLES)
    others = Person.objects.filter(usable).exclude(pk__in=[by.pk, account.pk if account else None])
    reaches = [county_of(town) for town in others.values_list("town", flat=True)]
    if account is not None:
        return not any(lies_in(account.town, reach) for reach in reaches)
    return not any(lies_in(by.town, reach) or lies_in(reach, by.town) for reach in reaches)


def settle(grant: Grant, by: Person, *, is_agreed: bool) -> str:
    """Let it hold, or refuse it; gives the other half of a password, when there is one.

    Raises:
        GrantError: it is not this person's to settle, or cannot hold.
    """
    if not grant.is_waiting or not may_settle(grant, by):
        raise GrantError("这一项不能由您确认：须是审计员或另一位管理员，且不是提出人和本人。")
    with transaction.atomic():
        _settle(grant, by, Grant.Outcome.AGREED if is_agreed else Grant.Outcome.REFUSED)
        if by.role == Role.AUDITOR:
            Grant.objects.filter(pk=grant.pk).update(seen_at=timezone.now())
        if is_agreed:
            return _let_hold(grant)
        if grant.kind == Grant.Kind.NEW:
            Person.objects.filter(pk=grant.person_id).update(is_active=False)
    return ""


def mark_seen(grants: Iterable[Grant], by: Person) -> int:
    """An auditor has seen what holds; how many that were."""
    shown = Grant.objects.filter(pk__in=[one.pk for one in grants], seen_at=None)
    now = timezone.now()
    alone = shown.filter(is_waiting=False)
    alone.update(outcome=Grant.Outcome.SEEN, settled_by=by.username, settled_at=now)
    return shown.update(seen_at=now)


def _let_hold(grant: Grant) -> str:
    person = grant.person
    if grant.kind == Grant.Kind.MORE:
        if is_last_administrator(person) and not _keeps_whole(grant):
            raise GrantError("这是最后一个能用的管理员账号，不能改角色、范围。")
        for one in RIGHT_FIELDS:
            # What became a right after it was asked for stays as it is.
            setattr(person, one, grant.wanted.get(one, getattr(person, one)))
        person.save(update_fields=RIGHT_FIELDS)
        return ""
    if grant.kind == Grant.Kind.FACTOR:
        end_second_factor(person)
        return ""
    second = new_half()
    give_new_password(person, join_halves(grant.half, second))
    return second


def _keeps_whole(grant: Grant) -> bool:
    is_whole = grant.wanted.get("town", grant.person.town) in WHOLE
    return is_whole and grant.wanted["role"] == Role.ADMINISTRATOR


def _settle(grant: Grant, by: Person, outcome: Grant.Outcome) -> None:
    """Each is settled once, whoever presses at the same time."""
    settled = Grant.objects.filter(pk=grant.pk, settled_at=None).update(
        outcome=outcome, settled_by=by.username, settled_at=timezone.now(), half=""
    )
    if not settled:
        raise GrantError("这一项刚才已有人办理过。")


def _rights(person: Person) -> frozenset[str]:
    return frozenset(RIGHTS.get(person.role, frozenset()))


def _tell(person: Person, kind: Grant.Kind, told: str, by: Person | str) -> None:
    """Write down for the auditor what holds at once."""
    Grant.objects.create(
        person=person, kind=kind, told=told[:300], is_waiting=False, **_asked_by(by)
    )


def _asked_by(by: Person | str) -> dict[str, Any]:
    """Somebody with an account, or a user of the machine by name."""
    if isinstance(by, Person):
        return {"asked_by": by.username, "asker": by}
    return {"asked_by": by}


def _ask(
    person: Person,
    kind: Grant.Kind,
    told: str,
    by: Person | str,
    *,
    half: str = "",
    wanted: dict[str, object] | None = None,
) -> str:
    """Let something wait in place of what of its kind waited before; gives the half."""
    _replace(person, [kind])
    Grant.objects.create(
        person=person, kind=kind, told=told[:300], is_waiting=True,
        half=half, wanted=wanted or {}, **_asked_by(by),
    )  # fmt: skip
    return half


def _replace(person: Person, kinds: Iterable[Grant.Kind]) -> None:
    waiting = person.grants.filter(kind__in=kinds, is_waiting=True, settled_at=None)
    waiting.update(outcome=Grant.Outcome.REPLACED, settled_at=timezone.now(), half="")
