"""The checks over a seeded county, measured in CPU time and against what was planted."""

import datetime as dt
import random
import time
from argparse import Namespace
from collections import Counter
from typing import Any

from benchmarks import machine
from benchmarks.checked.county import TODAY, SeededCounty, day, lay_village, villages_of
from benchmarks.checked.planted import plant_all
from filler.models import Issued
from filler.spec.form_catalogue import catalogue_of
from minzheng.county.config import current_config
from minzheng.county.county import read_county
from minzheng.inspection.models import Finding
from minzheng.inspection.sweep import Office, bring_up_to_date


def measure(chance: random.Random, options: Namespace) -> dict[str, Any]:
    """Lay the county, look at all of it, and again after one paper."""
    print(machine())
    county = read_county()
    made = SeededCounty(county, chance)
    villages = [(one, lay_village(made, one, options.households)) for one in villages_of(county)]
    plant_all(made, villages, options.times)
    made.write()
    laid = f"{len(made.records)} 份文书，{len(made.scans)} 份扫描件，{made.people} 人"
    print(f"{len(villages)} 个村，{laid}")
    office = Office(county, catalogue_of(current_config(), county), TODAY, dt.datetime.now(dt.UTC))
    full = _timed(office)
    found, lost, false = _compare(made)
    village, heads = villages[3]
    Issued.objects.create(
        form_id="BZ-01", version="1", case_no=f"BZ-{village.short_code}-2018-0999", answers={},
        file_name="x.docx", sha256="1" * 64, issued_by="测试",
        texts={"title": "x", "town": village.town, "village": village.name, "name": heads[0].name,
               "id_no": heads[0].id_no, "death_date": day(7, 1)},
    )  # fmt: skip
    one = _timed(office)
    if not Finding.objects.filter(check_id="paid_after_death", about=heads[0].name).exists():
        raise AssertionError("the new paper was not seen")
    for what, rows in (("没有找到", lost), ("多找到", false)):
        print(f"{what} {len(rows)}：", Counter(row[0] for row in rows).most_common())
        for row in rows[: options.show]:
            print("   ", *row)
    return {
        "planted": len(made.planted), "found": found, "false": len(false),
        "papers": len(made.records) + len(made.scans),
        "cpu_s_full": round(full, 1), "cpu_s_one": round(one, 2),
    }  # fmt: skip


def _timed(office: Office) -> float:
    start = time.process_time()
    bring_up_to_date(office)
    return time.process_time() - start


def _compare(made: SeededCounty) -> tuple[int, list[tuple[str, str]], list[tuple[str, ...]]]:
    """Planted doubts found, those lost, and doubts that nobody planted."""
    found = [
        (one.check_id, f"{one.about} {one.what} {one.papers} {one.case_no}", one.what)
        for one in Finding.objects.all()
    ]
    told: set[int] = set()
    lost: list[tuple[str, str]] = []
    hits = 0
    for one in made.planted:
        places = [at for at, (check, text, _) in enumerate(found)
                  if check == one.check and one.word in text]  # fmt: skip
        told |= set(places)
        hits += bool(places)
        if not places:
            lost.append((one.check, one.word))
    false = [
        (found[at][0], found[at][2], found[at][1][:200])
        for at in range(len(found))
        if at not in told
    ]
    return hits, lost, false
