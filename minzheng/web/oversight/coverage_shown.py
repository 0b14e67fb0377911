"""How far the archive has come and what the service does, as the pages say it."""

from typing import Any

from archive_indexer.stores import service_state
from archive_indexer.stores.coverage import Coverage
from archive_indexer.stores.many_machines.workers import seen_workers
from archive_indexer.stores.service_state import say_seconds
from archive_indexer.stores.waiting_list import Lane, count
from minzheng.accounts.areas import Area
from minzheng.county.registry.places import Places
from minzheng.web.gate.office import config
from minzheng.web.oversight.workers_shown import may_be_told_paths, say_worker

#: What the service reports, in words.
DOING = {
    "walking": "正在巡查档案文件夹",
    "reading": "正在识别",
    "quiet": "都已入库，正在看守",
    "away": "档案文件夹连不上，等它恢复",
}


def live_report(place: Area) -> dict[str, Any]:
    """The service's report in words and figures, with the machines that read for it."""
    seen = service_state.look()
    report = dict(seen.report)
    seconds = report.get("seconds_left")
    waiting = count()
    done = int(report.get("indexed") or 0) + int(report.get("failed") or 0)
    return {
        "shares": config().shares_reading,
        "workers": _workers(place) if config().shares_reading else [],
        "is_running": seen.is_running,
        "updated_at": seen.updated_at,
        "doing": DOING.get(str(report.get("doing")), ""),
        "done": done,
        "waiting": waiting,
        "scans": count(Lane.SCAN),
        "settling": report.get("settling") or 0,
        "per_minute": report.get("per_minute") or 0,
        "left": say_seconds(seconds) if seconds and seen.is_running else "",
        "watching": report.get("watching") or "",
        "trouble": report.get("trouble") or "",
        "last_trouble": report.get("last_trouble") or "",
        "total": done + waiting,
    }


def _workers(place: Area) -> list[str]:
    with_paths = may_be_told_paths(place)
    return [say_worker(one, with_paths=with_paths) for one in seen_workers()]


def towns_of(place: Area, state: Coverage, places: Places) -> list[dict[str, Any]]:
    """The towns of an area with their villages, how many files, how many villages have begun."""
    towns = []
    for town in places.towns:
        villages = [one for one in state.of_town(town.name) if place.covers(one.town, one.village)]
        if villages:
            total = sum(village.files for village in villages)
            begun = sum(village.files > 0 for village in villages)
            towns.append({"name": town.name, "villages": villages, "total": total, "begun": begun})
    return towns
