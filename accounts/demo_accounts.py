"""Accounts for the first start, with passwords nobody could guess."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from accounts.models import Person, Role

#: Without characters that look alike on paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """What the first user must be told."""

    username: str
    password: str
    role: str
    area: str


_PEOPLE = (
    ("xianji", "测试县级", Role.COUNTY_CLERK, "", ""),
    ("zhenji", "测试镇级", Role.TOWN_CLERK, "钟宝镇", ""),
    ("cunji", "测试村级", Role.VILLAGE_KEEPER, "钟宝镇", "旧城村"),
    ("jiancha", "测试检查", Role.INSPECTOR, "", ""),
    ("guanli", "测试管理", Role.ADMINISTRATOR, "", ""),
)


def make_demo_accounts(file: Path) -> tuple[DemoAccount, ...]:
    """Make the accounts when there is none yet, and write them to a file only its owner reads."""
    if Person.objects.exists():
        return ()
    made = tuple(_make(*person) for person in _PEOPLE)
    file.touch(mode=0o600)
    lines = (f"{one.username}\t{one.password}\t{one.role}\t{one.area}" for one in made)
    heading = "初始账号。请尽快改掉密码，并删去本文件。\n用户名\t密码\t角色\t范围\n"
    file.write_text(heading + "\n".join(lines) + "\n", encoding="utf-8")
    return made


def _make(username: str, name: str, role: Role, town: str, village: str) -> DemoAccount:
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    Person.objects.create_user(
        username, password=password, first_name=name, role=role, town=town, village=village
    )
    return DemoAccount(username, password, role, f"{town}{village}" or "全县")
