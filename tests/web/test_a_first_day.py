"""A first day, from accounts made at the machine to the first document: the steps tick themselves.

Every part has its own tests; this one shows that they lead into one another, without scripts.
"""

import re

import pytest
from django.test import Client

from filler.models import Issued
from minzheng.accounts.models import Person, Role
from tests.web.office.conftest import registry  # noqa: F401 # a fixture

PASSWORDS = {
    "guanli1": "shan-qing-Shui-7",
    "shenji1": "ban-dan-Kao-9",
    "xianji1": "mi-fan-Hen-xiang-5",
}
NEW = {
    "username": "xianji1", "first_name": "测试经办", "role": "县级经办", "town": "", "village": "",
    "is_active": "on", "dossiers": ["DB", "TK", "LS"],
}  # fmt: skip


def signed_in(name: str) -> Client:
    browser = Client()
    sent = {"username": name, "password": PASSWORDS[name]}
    assert browser.post("/sign-in", sent).status_code == 302
    return browser


def secret_of(page: str) -> str:
    (found,) = re.findall(r'class="secret">([\w-]+)<', page)
    return found


@pytest.mark.usefixtures("registry")
def test_a_first_day(db, posted):
    """Help from the sign-in on; an account by two people; a standard; a document by its clerk."""
    for name, role in (("guanli1", Role.ADMINISTRATOR), ("shenji1", Role.AUDITOR)):
        Person.objects.create_user(name, password=PASSWORDS[name], role=role, first_name="测试")
    assert 'href="/help?page=sign-in"' in Client().get("/sign-in").content.decode()
    desk = signed_in("guanli1")
    home = desk.get("/").content.decode()
    assert "第一天做什么：还有" in home
    steps = desk.get("/first-day").content.decode()
    assert "还没有：县级经办" in steps
    assert "15 个还是示例" in steps

    row = "/registry/standards.toml/rows/1/3"
    cells = {f"c-{one.column.key}": one.value for one in desk.get(row).context["fields"]}
    new = cells | {"c-month_amount": "480", "c-from": "2026-07-01", "c-mark": "", "do": "since"}
    found = desk.post(row, new).context
    sent = {"sha256": found["sha256_new"], "seen": found["sha256"], "why": "镇民发〔2026〕12号"}
    assert desk.post("/registry/standards.toml/use", sent).status_code == 302
    assert "14 个还是示例" in desk.get("/first-day").content.decode()

    first = secret_of(desk.post("/people/new", NEW, follow=True).content.decode())
    auditor = signed_in("shenji1")
    (grant,) = re.findall(r'name="grant" value="(\d+)"', auditor.get("/grants").content.decode())
    agreed = auditor.post("/grants/settle", {"grant": grant, "decision": "agree"}, follow=True)
    second = secret_of(agreed.content.decode())
    clerk = Client()
    clerk.post("/sign-in", {"username": "xianji1", "password": first + second})
    changed = {"old": first + second, "new": PASSWORDS["xianji1"], "again": PASSWORDS["xianji1"]}
    clerk.post("/account", changed)
    assert "还没有：县级经办" not in desk.get("/first-day").content.decode()

    browser = signed_in("xianji1")
    answer = browser.post("/forms/DB-01", posted("DB-01"))
    assert answer.status_code == 302
    document = Issued.objects.get()
    assert document.issued_by == "xianji1"
    assert browser.get(f"/documents/{document.pk}/word").status_code == 200
    assert desk.get(f"/documents/{document.pk}").status_code == 403
