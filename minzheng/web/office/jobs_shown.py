"""What the services are doing, when they did it last, what went wrong: the page 任务."""

import datetime as dt
import shutil
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from archive_indexer.models import ArchivedFile, WaitingFile
from archive_indexer.stores import service_state, waiting_list
from archive_indexer.stores.many_machines.workers import seen_workers
from archive_indexer.stores.waiting_list import Lane
from archive_indexer.stores.walks import last_walk
from archive_indexer.upkeep.backup_news import PLAIN, backup_news
from archive_indexer.upkeep.fixity import count_due, unsettled_findings
from filler.models import Batch
from minzheng.inbox.models import Original
from minzheng.prepared import Prepared
from minzheng.web.gate.office import audit_log, config
from minzheng.web.oversight.coverage_shown import DOING
from minzheng.web.oversight.workers_shown import NOBODY_READS, START_ONE, say_worker

_BACKUP_DAYS = 2
_LEAST_FREE_BYTES = 2 << 30
_FIXITY_DAYS = 7


#: What the page asks whenever it is opened, and the administrator's start page with it.
_NOT_READ = Prepared(
    lambda: ArchivedFile.objects.filter(present=True, state="failed").values_list("pk")
)
_WAITING_SINCE = Prepared(lambda: WaitingFile.objects.order_by("since").values_list("since")[:1])
_TAKEN_IN_AT = Prepared(
    lambda: (
        ArchivedFile.objects.filter(present=True, state="indexed")
        .order_by("-content_since")
        .values_list("content_since")[:1]
    )
)
_CHECKED_AT = Prepared(
    lambda: (
        ArchivedFile.objects.filter(present=True, checked_at__isnull=False)
        .order_by("-checked_at")
        .values_list("checked_at")[:1]
    )
)
_BATCHES_BY_STATE = Prepared(
    lambda: _batches_of_people().order_by().values_list("state").annotate(number=Count("pk"))
)
_BATCH_AT_WORK = Prepared(
    lambda: _batches_of_people().filter(state__in=(Batch.State.RUNNING, Batch.State.CHECKING))[:1]
)
_BATCH_FAILED = Prepared(
    lambda: _batches_of_people().filter(state=Batch.State.FAILED).order_by("-settled_at")[:1]
)
_BATCH_DONE = Prepared(
    lambda: _batches_of_people().filter(settled_at__isnull=False).order_by("-settled_at")[:1]
)


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of work: what it does now, when it did last, what is wrong."""

    name: str
    state: str
    last: dt.datetime | None = None
    details: tuple[str, ...] = ()
    trouble: str = ""
    hint: str = ""


def _batches_of_people() -> QuerySet[Batch]:
    return Batch.objects.filter(roster_name__gt="").exclude(key__contains="@")


def jobs() -> list[Job]:
    """All of them, those that must be looked at as they are."""
    return [_watching(), _reading(), _inbox(), _batches(), _fixity(), backup_job(), _log(), _disk()]


def _watching() -> Job:
    seen, walk = service_state.look(), last_walk()
    report = dict(seen.report)
    trouble = "" if seen.is_running else "没有运行，新放入的扫描件暂不入库"
    details = [
        f"上次完整巡查 {_when(walk.ended)}，看过 {walk.files} 件" if walk else "还没有完整巡查过"
    ]
    if report.get("watching"):
        details.append(f"方式：{report['watching']}")
    if report.get("last_trouble"):
        details.append(f"最近一次故障：{report['last_trouble']}")
    state = DOING.get(str(report.get("doing")), "") if seen.is_running else "停着"
    return Job(
        "看守档案文件夹", state or "运行中", seen.updated_at, tuple(details),
        trouble or str(report.get("trouble") or ""),
        "" if seen.is_running else "在服务器上启动 minzheng serve（或 watch）",
    )  # fmt: skip


def _reading() -> Job:
    waiting, scans = waiting_list.count(), waiting_list.count(Lane.SCAN)
    details = [f"未能识别 {_NOT_READ.count()} 件"]
    if oldest := _WAITING_SINCE.first():
        details.append(f"等得最久的从 {_when(oldest[0])} 起")
    newest, trouble = _TAKEN_IN_AT.first(), ""
    if config().shares_reading:
        machines = [say_worker(one) for one in seen_workers()]
        details += machines
        trouble = "" if machines else NOBODY_READS
    return Job(
        "识别、入库", f"排队 {waiting} 件，其中逐页识别 {scans} 件" if waiting else "没有排队的",
        newest[0] if newest else None, tuple(details), trouble, START_ONE if trouble else "",
    )  # fmt: skip


def _inbox() -> Job:
    if not config().inbox_folder.is_dir():
        hint = f"要用就建好文件夹 {config().inbox_folder.name}，见 config.toml 的 [archive] inbox"
        return Job("收件箱", "还没有建文件夹", hint=hint)
    rows = Original.objects.filter(is_missing=False)
    waiting = rows.filter(state=Original.State.WAITING).count()
    failed = rows.filter(state=Original.State.FAILED).count()
    last = rows.order_by("-received_at").first()
    state = f"待识别 {waiting} 份" if waiting else "没有待识别的"
    return Job("收件箱", state, last.received_at if last else None, (f"未能识别 {failed} 份",))


def _batches() -> Job:
    busy, failed, done = _BATCH_AT_WORK.first(), _BATCH_FAILED.first(), _BATCH_DONE.first()
    details = [f"{name} {number} 批" for name, number in _BATCHES_BY_STATE.all()]
    if busy:
        details.append(f"{busy.issued_by} 的 {busy.form_id}：{busy.stage} {busy.done}/{busy.of}")
    if failed and failed.settled_at:
        details.append(f"最近一次没有完成：{_when(failed.settled_at)}，{failed.form_id}")
    details.append(f"花名册和下载件保留 {config().batch_days} 天")
    return Job(
        "批量出具",
        "正在做" if busy else "没有在做的",
        done.settled_at if done else None,
        tuple(details),
    )


def _fixity() -> Job:
    now = timezone.now()
    last = _CHECKED_AT.first()
    due, bad = count_due(now - dt.timedelta(days=_FIXITY_DAYS)), len(unsettled_findings())
    done = service_state.checked_bytes(timezone.localdate()) / 1e6
    limit = config().verify_mb_a_day
    state = f"今天核对 {done:.0f} MB，每天至多 {limit} MB" if limit else "设置为不核对"
    return Job(
        "核对原件", state, last[0] if last else None, (f"还有 {due} 件七天内没有核对过",),
        f"{bad} 件与入库时不一样" if bad else "", "见“入库情况”里的“核对异常的文件”" if bad else "",
    )  # fmt: skip


def backup_job() -> Job:
    """The backup: when it was made, what is wrong with it."""
    news = backup_news(config().data_folder)
    made, failed, checked = news.get("made"), news.get("failed"), news.get("checked")
    details = [made.text] if made else []
    if checked:
        details.append(f"{_when(checked.when)} 核对：{checked.text}")
    trouble = ""
    if made is None:
        trouble = "从来没有备份过"
    elif timezone.now() - made.when > dt.timedelta(days=_BACKUP_DAYS):
        trouble = f"已有 {(timezone.now() - made.when).days} 天没有备份"
    elif PLAIN in made.text:
        trouble = "最近一次备份没有加密，拿到它的人都能看"
    if failed and (made is None or failed.when > made.when):
        trouble = f"{_when(failed.when)} 备份失败：{failed.text}"
    return Job(
        "备份", "已备份" if made else "没有备份", made.when if made else None,
        tuple(details), trouble,
        "在上面的“备份”页定好放在哪里、几点，马上备一份。扫描件原件另行备份。",
    )  # fmt: skip


def _log() -> Job:
    end = audit_log().look_at_end()
    trouble = "" if end.is_whole else "末尾与留存的封条对不上，请审计员核对"
    return Job("审计记录", f"{end.count} 条", end.at, (), trouble)


def _disk() -> Job:
    data = config().data_folder
    used = shutil.disk_usage(next(one for one in (data, *data.parents) if one.exists()))
    trouble = "快满了，腾出空间或换大的磁盘" if used.free < _LEAST_FREE_BYTES else ""
    state = f"还有 {used.free / 1e9:.1f} GB，共 {used.total / 1e9:.0f} GB"
    return Job("数据所在的磁盘", state, trouble=trouble)


def _when(time: Any) -> str:
    local = timezone.localtime(time)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
