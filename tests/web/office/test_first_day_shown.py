"""What is to be done on the first day ticks itself from what is true."""

import datetime as dt

import pytest
from django.utils import timezone

from archive_indexer.models import Walk
from archive_indexer.stores import service_state
from archive_indexer.upkeep.backup_news import note_backup
from minzheng.accounts.models import Person, Role, SecondFactor
from minzheng.web.gate.office import config
from minzheng.web.office import first_day_shown
from minzheng.web.office.first_day_shown import first_steps, steps_to_do
from tests.web.office.conftest import replace_table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_backup_yet():
    (config().data_folder / "backup_state.json").unlink(missing_ok=True)


@pytest.fixture
def settings_of_office(monkeypatch):
    """Puts other settings in place."""

    def put(**changed) -> None:
        class Changed:
            def __getattr__(self, name):
                return changed[name] if name in changed else getattr(config(), name)

        monkeypatch.setattr(first_day_shown, "config", Changed)

    return put


def step(title: str):
    return next(one for one in first_steps() if title in one.title)


def test_places_tick_when_none_is_provisional(registry, registry_desk):
    """Whoever leaves one provisional code is told how many are left."""
    file = registry / "towns_and_villages.csv"
    assert "编码是暂编的" in step("镇村名册").state
    text = file.read_text(encoding="utf-8-sig")
    lines = [line.replace('"编码暂编,待县里核定"', "") for line in text.splitlines()]
    replace_table(registry_desk, "\n".join(lines) + "\n", "towns_and_villages.csv")
    assert step("镇村名册").is_done


def test_standards_tick_when_none_in_force_is_an_example(registry, registry_desk):
    """An old example does not matter, one of today does; no standard at all is not done."""
    assert "还是示例：低保农村" in step("保障标准").state
    text = (registry / "standards.toml").read_text(encoding="utf-8")
    old, new = text.replace('"示例"', '""'), "[[standard]]\nto = 2000-01-01\n"
    assert new not in old
    replace_table(registry_desk, old, "standards.toml")
    assert step("保障标准").is_done
    replace_table(registry_desk, "standard = []\n", "standards.toml")
    assert step("保障标准").state == "今天没有有效的标准"


@pytest.mark.parametrize(("year", "is_done"), [(2019, True), (2099, False)])
def test_holidays_tick_for_the_year(monkeypatch, year, is_done):
    """Every year anew."""
    monkeypatch.setattr(first_day_shown.timezone, "localdate", lambda: dt.date(year, 3, 1))
    assert step("节假日").is_done == is_done


def test_accounts_tick_when_each_role_has_somebody(sign_in):
    """A village's keeper may come later; an account that is off is nobody."""
    for role in Role:
        if role != Role.VILLAGE_KEEPER:
            sign_in(role)
    assert step("各人的账号").is_done
    Person.objects.filter(role=Role.AUDITOR).update(is_active=False)
    assert step("各人的账号").state == "还没有：审计员"


def test_accounts_of_the_demo_are_to_be_closed():
    """Told by name; somebody real of that name stays."""
    Person.objects.create_user("guanli", first_name="测试管理", role=Role.ADMINISTRATOR)
    Person.objects.create_user("shenji", first_name="王审计", role=Role.AUDITOR)
    assert step("示范账号").state == "还能登录：guanli"
    Person.objects.filter(username="guanli").update(is_active=False)
    assert step("示范账号").is_done


def test_the_archive_ticks_when_it_was_walked_and_is_watched(tmp_path, settings_of_office):
    """Not while a folder in it cannot be opened, nor while nobody watches."""
    settings_of_office(archive_folder=tmp_path)
    assert "还没有巡查过" in step("档案文件夹").state
    walk = Walk.objects.create(
        started=timezone.now(), ended=timezone.now(), files=3, unreadable=["甲"]
    )
    assert "1 个文件夹打不开" in step("档案文件夹").state
    Walk.objects.filter(pk=walk.pk).update(unreadable=[])
    assert "看守没有运行" in step("档案文件夹").state
    service_state.tell({"doing": "idle"})
    assert step("档案文件夹").is_done
    settings_of_office(archive_folder=tmp_path / "gone")
    assert "找不到" in step("档案文件夹").state


def test_the_share_ticks_when_its_address_is_told(tmp_path, settings_of_office):
    """And the folder is there."""
    assert not step("共享地址").is_done
    settings_of_office(inbox_address=r"\\server\收件箱", inbox_folder=tmp_path)
    assert (step("共享地址").is_done, step("共享地址").state) == (True, r"\\server\收件箱")


@pytest.mark.parametrize(
    ("https", "is_overheard", "told"),
    [("yes", False, "加密的"), ("no", True, "没有加密"), ("no", False, "只有这台电脑")],
)
def test_the_address_ticks_when_pages_travel_encrypted(
    settings_of_office, https, is_overheard, told
):
    """Others who cannot open it yet, or are overheard, are not done."""
    settings_of_office(https=https, is_overheard=is_overheard)
    assert (step("各电脑").is_done, told in step("各电脑").state) == (https == "yes", True)


def test_codes_of_the_phone_tick_for_who_manages_and_audits(sign_in):
    """Begun is not confirmed."""
    sign_in(Role.ADMINISTRATOR)
    person = Person.objects.get()
    assert step("手机验证码").state == f"还没有启用：{person.username}"
    SecondFactor.objects.create(person=person, salt="x")
    assert not step("手机验证码").is_done
    SecondFactor.objects.update(confirmed_at=timezone.now())
    assert step("手机验证码").is_done


def test_the_backup_ticks_while_it_is_young_encrypted_and_planned(settings_of_office):
    """As the page of the work says it."""
    assert step("备份").state == "从来没有备份过"
    note_backup(config().data_folder, "made", "x（加密）：3 个文件")
    assert step("备份").state == "x（加密）：3 个文件；还没有定每天几点自动备份"
    settings_of_office(backup_clock=dt.time(2, 30))
    assert (step("备份").is_done, step("备份").state) == (True, "x（加密）：3 个文件")


def test_what_is_left_is_what_is_not_ticked():
    """In the same order."""
    assert steps_to_do() == [one for one in first_steps() if not one.is_done]
    assert len(first_steps()) == 10
