"""第一天做什么: what must be done before people can work, ticked from what is true."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from archive_indexer.stores import service_state
from archive_indexer.stores.walks import last_walk
from minzheng.accounts.demo_accounts import demo_accounts_in_use
from minzheng.accounts.models import Person, Role
from minzheng.accounts.second_factor import is_on
from minzheng.county.registry.standards import Standard
from minzheng.web.gate.office import config, county
from minzheng.web.office.jobs_shown import backup_job
from minzheng.web.office.registry_deeds import versions_of_table
from minzheng.web.office.registry_shown import count_rows

_PLACES, _STANDARDS, _HOLIDAYS = "towns_and_villages.csv", "standards.toml", "holidays.csv"
_EXAMPLE = "示例"
#: Who must be there, and who should prove with the phone, too, that it is they.
_NEEDED = tuple(one for one in Role if one != Role.VILLAGE_KEEPER)
_GUARDED = (Role.ADMINISTRATOR, Role.AUDITOR)
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be done: whether it is, how it stands, what to do and where."""

    title: str
    is_done: bool
    state: str
    do: str
    address: str


def first_steps() -> list[Step]:
    """All of them, in the order in which they are best done."""
    return list(_steps(timezone.localdate()))


def steps_to_do() -> list[Step]:
    """Those that are not done."""
    return [one for one in first_steps() if not one.is_done]


def _steps(today: dt.date) -> Iterator[Step]:
    yield _places()
    yield _standards(today)
    yield _holidays(today)
    yield _accounts()
    yield _demo_accounts()
    yield _archive()
    yield _share()
    yield _address()
    yield _second_factor()
    yield _backup()


def _places() -> Step:
    rows, unsure = count_rows(_PLACES, versions_of_table(_PLACES).current())
    state = (
        f"{rows} 个村、社区，{unsure} 个编码是暂编的" if unsure else f"{rows} 个村、社区都已核定"
    )
    return Step(
        "核对镇村名册", not unsure, state,
        "村名、编码按民政区划代码改好，去掉“暂编”：填表、归档、账号范围都按它。",
        reverse("registry-table", args=[_PLACES]),
    )  # fmt: skip


def _standards(today: dt.date) -> Step:
    now = [one for one in county().standards.all if one.start <= today <= one.end]
    examples = [one for one in now if _EXAMPLE in one.mark]
    state = f"今天有效的 {len(now)} 个标准都已核定"
    if examples:
        state = f"今天有效的 {len(now)} 个标准里，{len(examples)} 个还是示例：{_named(examples)}"
    return Step(
        "换上今年的保障标准", bool(now) and not examples, state if now else "今天没有有效的标准",
        "按县里的文件改数额、起止日期和文号：补差额、审批、检查都按它。",
        reverse("registry-table", args=[_STANDARDS]),
    )  # fmt: skip


def _named(standards: list[Standard]) -> str:
    named = [f"{one.scheme}{one.hukou_type}" for one in standards[:_MOST_NAMED]]
    return "、".join(named) + ("等" if len(standards) > _MOST_NAMED else "")


def _holidays(today: dt.date) -> Step:
    calendar = county().calendar
    known = {day.year for day in calendar.days_off | calendar.working_weekends}
    is_known = today.year in known
    return Step(
        "今年的节假日", is_known, f"{today.year} 年的{'已有' if is_known else '还没有'}",
        "按国务院办公厅的放假通知填上放假和调休上班的日子：期限按工作日算。",
        reverse("registry-table", args=[_HOLIDAYS]),
    )  # fmt: skip


def _accounts() -> Step:
    there = set(Person.objects.filter(is_active=True).values_list("role", flat=True))
    lacking = [one for one in _NEEDED if one not in there]
    state = f"还没有：{'、'.join(lacking)}" if lacking else "各种角色都有人"
    return Step(
        "建各人的账号", not lacking, state,
        "一人一个，不借用；管理员和审计员不能是同一个人。镇、村的账号只看得到本镇、本村。",
        reverse("people"),
    )  # fmt: skip


def _demo_accounts() -> Step:
    names = demo_accounts_in_use()
    state = f"还能登录：{'、'.join(names)}" if names else "没有能登录的示范账号"
    return Step(
        "停用示范账号", not names, state,
        "自己的账号建好、能登录以后，用它把示范账号一个个停用。", reverse("people"),
    )  # fmt: skip


def _archive() -> Step:
    folder, walk = config().archive_folder, last_walk()
    is_watched = service_state.look().is_running
    if not folder.is_dir():
        state = f"找不到 {folder}"
    elif walk is None:
        state = f"{folder}，还没有巡查过一遍"
    elif walk.unreadable:
        state = f"{folder}，有 {len(walk.unreadable)} 个文件夹打不开"
    elif not is_watched:
        state = f"{folder}，看守没有运行"
    else:
        state = f"{folder}，巡查过，看到 {walk.files} 件"
    is_done = folder.is_dir() and walk is not None and not walk.unreadable and is_watched
    return Step(
        "档案文件夹", is_done, state,
        "在 config.toml 的 [archive] 写上各村扫描件所在的文件夹，服务的账号要能读它；改后重启。",
        reverse("coverage"),
    )  # fmt: skip


def _share() -> Step:
    shared = config().inbox_address
    is_done = bool(shared) and config().inbox_folder.is_dir()
    return Step(
        "收件箱的共享地址", is_done, shared or "没有写：别的电脑不知道放到哪里",
        "把收件箱文件夹共享给各村，再在 config.toml 的 [archive] inbox_share 写上地址，"
        "如 //服务器/收件箱；页面上就照 Windows 的写法给大家看。",
        reverse("inbox"),
    )  # fmt: skip


def _address() -> Step:
    settings = config()
    is_encrypted = settings.https == "yes"
    state = "各电脑用 https 打开，传送是加密的"
    if not is_encrypted:
        state = "各电脑能打开，但没有加密" if settings.is_overheard else "只有这台电脑自己打得开"
    return Step(
        "各电脑怎样打开", is_encrypted, state,
        "同一台机器上装 https 反向代理，config.toml 的 [web] 写 host 和 https，改后重启。",
        reverse("help") + "?page=first-day",
    )  # fmt: skip


def _second_factor() -> Step:
    guarded = Person.objects.filter(is_active=True, role__in=_GUARDED)
    without = [one.username for one in guarded if not is_on(one)]
    state = f"还没有启用：{'、'.join(without[:_MOST_NAMED])}" if without else "都已启用"
    return Step(
        "管理员、审计员的手机验证码", not without, state,
        "各人在“我的账号”里启用；config.toml 的 [accounts] code_roles 可以要求哪些角色必须启用。",
        reverse("second-factor"),
    )  # fmt: skip


def _backup() -> Step:
    job = backup_job()
    state = job.trouble or (job.details[0] if job.details else job.state)
    is_planned = config().backup_clock is not None
    if not job.trouble and not is_planned:
        state += "；还没有定每天几点自动备份"
    return Step(
        "备份", not job.trouble and is_planned, state,
        "建好钥匙，定好放在哪里、几点备份，马上备一份；钥匙另存一份在别处。",
        reverse("backups"),
    )  # fmt: skip
