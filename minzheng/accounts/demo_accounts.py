"""Accounts for the first start, with passwords nobody could guess."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from minzheng.accounts.models import Person, Role
from minzheng.accounts.passwords import new_password
from minzheng.county.registry.dossiers import Dossiers
from minzheng.external.files.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """What the first user must be told."""

    username: str
    password: str
    role: str
    area: str


#: Account, role, and whether it sees the dossiers set apart (children, veterans).
_PEOPLE = (
    ("xianji", Role.COUNTY_CLERK, True),
    ("zhenji", Role.TOWN_CLERK, True),
    ("cunji", Role.VILLAGE_KEEPER, False),
    ("jiancha", Role.INSPECTOR, False),
    ("guanli", Role.ADMINISTRATOR, False),
    ("shenji", Role.AUDITOR, False),
)
#: A password set with its account, not changed since.
_MADE_WITHIN = dt.timedelta(minutes=1)
_INVENTED = "测试"  #: begins the names of people who are none
_PLACES = {"zhenji": ("钟宝镇", ""), "cunji": ("钟宝镇", "旧城村")}


def make_demo_accounts(
    file: Path, dossiers: Dossiers, *, must_change: bool = False
) -> tuple[DemoAccount, ...]:
    """Make the accounts when there is none yet, and write them to a file only its owner reads."""
    if Person.objects.exists():
        return ()
    apart = sorted(dossiers.apart_codes)
    made = tuple(
        _make(name, role, apart if sees_apart else [], must_change=must_change)
        for name, role, sees_apart in _PEOPLE
    )
    lines = (f"{one.username}\t{one.password}\t{one.role}\t{one.area}" for one in made)
    heading = "初始账号。请尽快改掉密码，并删去本文件。\n用户名\t密码\t角色\t范围\n"
    write_whole(file, (heading + "\n".join(lines) + "\n").encode(), is_private=True)
    return made


def ask_for_new_passwords() -> int:
    """Those who still have their first password must change it; how many were not asked yet.

    The demo was begun on one machine and is now shown to others.
    """
    names = [name for name, _, _ in _PEOPLE]
    first = Person.objects.filter(username__in=names, must_change_password=False)
    unchanged = [
        one.pk for one in first if abs(one.password_changed_at - one.date_joined) < _MADE_WITHIN
    ]
    return Person.objects.filter(pk__in=unchanged).update(must_change_password=True)


def demo_accounts_in_use() -> list[str]:
    """Those of the demo that still open; a person may bear one of their names by now."""
    known = Person.objects.filter(
        username__in=[name for name, _, _ in _PEOPLE], first_name__startswith=_INVENTED
    )
    return list(known.filter(is_active=True).order_by("pk").values_list("username", flat=True))


def _make(username: str, role: Role, given: list[str], *, must_change: bool) -> DemoAccount:
    password, (town, village) = new_password(), _PLACES.get(username, ("", ""))
    Person.objects.create_user(
        username,
        password=password,
        first_name=f"{_INVENTED}{role[:2]}",
        role=role,
        town=town,
        village=village,
        given_dossiers=given,
        must_change_password=must_change,
    )
    return DemoAccount(username, password, role, f"{town}{village}" or "全县")
