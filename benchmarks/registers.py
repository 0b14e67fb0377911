"""Every register's page on a whole county: first, again, after a new paper; checks; wall print.

`python -m benchmarks.registers FOLDER`: a folder that `minzheng demo FOLDER --county` laid. It
is copied first, for papers are added. CPU seconds of the process; the wall print in seconds,
too, since it is waited for.
"""

import argparse
import datetime as dt
import importlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from benchmarks import machine

_FORM_OF = {"visits": "ZF-01", "visit-list": "DB-02", "origins": "ZF-01", "running": "DB-02"}


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        shutil.copy(options.folder / "config.toml", folder)
        for file in (options.folder / "data").glob("*.sqlite3*"):
            shutil.copy(file, folder / "data")
        (folder / "data" / "issued").symlink_to((options.folder / "data" / "issued").absolute())
        os.environ["MINZHENG_CONFIG"] = str(folder / "config.toml")
        os.environ["DJANGO_SETTINGS_MODULE"] = "minzheng.web.settings"
        django.setup()
        print(machine())
        print(json.dumps(_measure()))


def _measure() -> dict[str, Any]:
    # The models need the settings before they are imported.
    office = importlib.import_module("minzheng.web.gate.office")
    call_command = importlib.import_module("django.core.management").call_command
    call_command("migrate", verbosity=0)
    issued = importlib.import_module("filler.models").Issued
    browser = _browser()
    names = [one.id for one in office.registers().registers.all]
    first, again, after = {}, {}, {}
    for name in names:
        first[name] = _cpu(lambda name=name: _page(browser, name))
        again[name] = _cpu(lambda name=name: _page(browser, name))
    for number, name in enumerate(names):
        _add_paper(issued, _FORM_OF.get(name, "GS-01"), number)
        after[name] = _cpu(lambda name=name: _page(browser, name))
        print(f"{name:12} {first[name]:6.2f} {again[name]:6.3f} {after[name]:6.3f}")
    begun = time.monotonic()
    printed = _cpu(lambda: _page(browser, "notices/print"))
    return {
        "papers": issued.objects.count(),
        "first_most": max(first.values()), "first_all": round(sum(first.values()), 2),
        "again_most": max(again.values()), "after_one_most": max(after.values()),
        "wall_print_cpu_s": printed, "wall_print_s": round(time.monotonic() - begun, 1),
        **_checks(),
    }  # fmt: skip


def _checks() -> dict[str, float]:
    sweep = importlib.import_module("minzheng.inspection.sweep")
    office = importlib.import_module("minzheng.web.gate.office")
    now = dt.datetime.now(dt.UTC)
    made_with = sweep.Office(office.county(), office.forms(), dt.date.today(), now)
    full = _cpu(lambda: sweep.bring_up_to_date(made_with))
    _add_paper(importlib.import_module("filler.models").Issued, "DB-02", 99)
    return {
        "checks_cpu_s_full": full,
        "checks_cpu_s_one": _cpu(lambda: sweep.bring_up_to_date(made_with)),
    }


def _browser() -> Any:
    models = importlib.import_module("minzheng.accounts.models")
    test = importlib.import_module("django.test")
    clerk = models.Person.objects.create_user(
        "benchmark", role=models.Role.COUNTY_CLERK, given_dossiers=["ET", "YF"]
    )
    browser = test.Client(SERVER_NAME="127.0.0.1")
    browser.force_login(clerk)
    return browser


def _page(browser: Any, name: str) -> None:
    answer = browser.get(f"/registers/{name}")
    if answer.status_code != 200:
        raise AssertionError((name, answer.status_code))


def _add_paper(issued: Any, form_id: str, number: int) -> None:
    one = issued.objects.filter(form_id=form_id).order_by("-pk")[0]
    one.pk, one.case_no = None, f"{one.case_no[:-4]}{9000 + number}"
    one.save()


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return round(time.process_time() - begun, 3)


if __name__ == "__main__":
    main()
