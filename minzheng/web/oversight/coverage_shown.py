"""How far the archive has come and what the service does, as the pages say it."""

from typing import Any

from archive_indexer.stores import service_state
from archive_indexer.stores.coverage import Coverage
from archive_indexer.stores.many_machines.workers import seen_workers
from archive_indexer.stores.service_state import Seen, say_seconds
from archive_indexer.stores.waiting_list import Lane, count, count_in
from minzheng.accounts.areas import Area
from minzheng.county.registry.places import Places
from minzheng.county.town_names import own_name
from minzheng.web.gate.office import config
from minzheng.web.oversight.workers_shown import may_be_told_paths, say_worker

#: What the service reports, in words.
DOING = {
    "walking": "正在巡查档案文件夹",
    "reading": "正在识别",
    "quiet": "都已入库，正在看守",
    "away": "档案文件夹连不上，等它恢复",
}
#: What is said of signs that were seen and not read.
_SEEN_NOT_READ = ("未读清", "墨迹", "疑为空白")


def live_report(place: Area, places: Places) -> dict[str, Any]:
    """The service's report in words and figures, with the machines that read for it.

    Whoever is of one county among several is told what waits in its folders; pace, time left,
    troubles and machines are of all counties together and tell of the others.
    """
    seen = service_state.look()
    report = dict(seen.report)
    is_part = _is_part(place, places)
    return {
        "is_part": is_part,
        "shares": config().shares_reading,
        "is_running": seen.is_running,
        "updated_at": seen.updated_at,
        "doing": DOING.get(str(report.get("doing")), ""),
        "has_trouble": bool(report.get("trouble")),
        "waiting": count_waiting(place, places),
        "scans": count_waiting(place, places, Lane.SCAN),
        **({} if is_part else _whole(seen)),
        "workers": _workers(place, is_part=is_part) if config().shares_reading else [],
    }


def count_waiting(place: Area, places: Places, lane: Lane | None = None) -> int:
    """How many files wait to be read: of one county among several those in its folders."""
    if not _is_part(place, places):
        return count(lane)
    if place.is_nothing:
        return 0
    named = [own_name(county) for county in places.counties]
    return count_in(named, [folder for folder, _ in places.own_folders], lane)


def is_worth_reading_again(reason: str) -> bool:
    """Whether the larger model may read what was not read."""
    return any(word in reason for word in _SEEN_NOT_READ)


def _is_part(place: Area, places: Places) -> bool:
    return bool(place.county or (places.counties and place.is_nothing))


def _whole(seen: Seen) -> dict[str, Any]:
    report = seen.report
    seconds = report.get("seconds_left")
    done = int(report.get("indexed") or 0) + int(report.get("failed") or 0)
    return {
        "done": done,
        "per_minute": report.get("per_minute") or 0,
        "left": say_seconds(seconds) if seconds and seen.is_running else "",
        "watching": report.get("watching") or "",
        "trouble": report.get("trouble") or "",
        "last_trouble": report.get("last_trouble") or "",
        "total": done + count(),
    }


def _workers(place: Area, *, is_part: bool) -> list[str]:
    with_paths, seen = may_be_told_paths(place), seen_workers()
    if is_part:
        return [f"{len(seen)} 台，各县（区）合用"] if seen else []
    return [say_worker(one, with_paths=with_paths) for one in seen]


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
