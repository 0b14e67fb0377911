"""Which machines read, what, and whether they are heard of: as pages and commands say it."""

import datetime as dt

from django.utils import timezone

from archive_indexer.disk.file_names import as_shown
from archive_indexer.stores.many_machines.workers import SeenWorker
from minzheng.accounts.areas import Area

NOBODY_READS = "没有一台机器在识别，要逐页识别的扫描件只排着队"
START_ONE = "在识别用的机器上启动 minzheng worker"


def may_be_told_paths(place: Area) -> bool:
    """Whether somebody may see any paper: where a file that is being read belongs is not known."""
    return place.is_everything and not place.forbidden


def say_worker(worker: SeenWorker, *, with_paths: bool = False) -> str:
    """One machine in a line; what it reads by its names, or only how many."""
    parts = [f"{_when(worker.started_at)} 启动", f"识别了 {worker.done} 份"]
    if worker.reading_since:
        what = "、".join(map(as_shown, worker.reading)) if with_paths else ""
        count = what or f"{len(worker.reading)} 份"
        parts.append(f"正在识别 {count}（{_when(worker.reading_since)} 起）")
    else:
        parts.append("空着")
    parts.append(f"{_when(worker.heartbeat_at)} 还有音信")
    if worker.is_silent:
        parts.append("现在没有音信")
    if worker.trouble:
        parts.append(f"注意：{worker.trouble}")
    return f"{worker.name}（{worker.machine}，进程 {worker.process}）{'，'.join(parts)}"


def _when(time: dt.datetime) -> str:
    local = timezone.localtime(time)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
