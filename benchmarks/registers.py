"""Every register's page on a whole county: first, again, after a new paper; checks; book; print.

`python -m benchmarks.registers FOLDER`: a folder that `minzheng demo FOLDER --county` laid. It
is copied first, for papers are added. CPU seconds of the process; the wall print in seconds,
too, since it is waited for.
"""

import argparse
import datetime as dt
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

from benchmarks import FOLDER, machine
from filler.models import Issued
from minzheng.accounts.models import Person, Role
from minzheng.inspection.sweep import Office, bring_up_to_date
from minzheng.web.gate.office import county, forms, registers

_FORM_OF = {"visits": "ZF-01", "visit-list": "DB-02", "origins": "ZF-01", "running": "DB-02"}


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    data = parser.parse_args().folder / "data"
    connection.close()
    for file in (FOLDER / "data").glob("*.sqlite3*"):
        file.unlink()
    for file in data.glob("*.sqlite3*"):
        shutil.copy(file, FOLDER / "data")
    (FOLDER / "data" / "issued").symlink_to((data / "issued").absolute())
    call_command("migrate", verbosity=0)
    print(machine())
    print(json.dumps(_measure()))


def _measure() -> dict[str, Any]:
    browser = _browser()
    names = [one.id for one in registers().registers.all]
    first, again, after = {}, {}, {}
    for name in names:
        first[name] = _cpu(lambda name=name: _page(browser, name))
        again[name] = _cpu(lambda name=name: _page(browser, name))
    for number, name in enumerate(names):
        _add_paper(_FORM_OF.get(name, "GS-01"), number)
        after[name] = _cpu(lambda name=name: _page(browser, name))
        print(f"{name:12} {first[name]:6.2f} {again[name]:6.3f} {after[name]:6.3f}")
    book = _cpu(lambda: _get(browser, "/policies/book.docx"))
    begun = time.monotonic()
    printed = _cpu(lambda: _page(browser, "notices/print"))
    return {
        "papers": Issued.objects.count(),
        "first_most": max(first.values()), "first_all": round(sum(first.values()), 2),
        "again_most": max(again.values()), "after_one_most": max(after.values()),
        "book_cpu_s": book, "wall_print_cpu_s": printed,
        "wall_print_s": round(time.monotonic() - begun, 1),
        **_checks(),
    }  # fmt: skip


def _checks() -> dict[str, float]:
    made_with = Office(county(), forms(), dt.date.today(), dt.datetime.now(dt.UTC))
    full = _cpu(lambda: bring_up_to_date(made_with))
    _add_paper("DB-02", 99)
    one = _cpu(lambda: bring_up_to_date(made_with))
    return {"checks_cpu_s_full": full, "checks_cpu_s_one": one}


def _browser() -> Client:
    clerk = Person.objects.create_user(
        "benchmark", role=Role.COUNTY_CLERK, given_dossiers=["ET", "YF"]
    )
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(clerk)
    return browser


def _page(browser: Client, name: str) -> None:
    _get(browser, f"/registers/{name}")


def _get(browser: Client, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise AssertionError((address, answer.status_code))


def _add_paper(form_id: str, number: int) -> None:
    one = Issued.objects.filter(form_id=form_id).order_by("-pk")[0]
    one.pk, one.case_no = None, f"{one.case_no[:-4]}{9000 + number}"
    one.save()


def _cpu(work: Callable[[], object]) -> float:
    """User and system seconds, of LibreOffice, too."""
    begun = sum(os.times()[:4])
    work()
    return round(sum(os.times()[:4]) - begun, 3)


if __name__ == "__main__":
    main()
