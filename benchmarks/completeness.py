"""How long 齐全情况 takes of a whole county: from nothing, again, and after one paper came.

`python -m benchmarks.completeness [--files 40000] [--documents 6000]`. The archive is invented:
cases of all dossiers in 58 villages, rosters and notices with the names of their people,
minutes that name them in sentences, papers of no known form; beside it documents issued here.
The peer is the page of coverage, which only counts the same files. CPU seconds of one process.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.models import ArchivedFile
from archive_indexer.stores.contents import keep_content
from benchmarks import machine
from filler.models import Issued, KnownPerson, NamedPerson
from minzheng.accounts.areas import Area
from minzheng.accounts.models import Person, Role
from minzheng.county.county import read_county
from minzheng.county.registry.required_papers import Scheme
from minzheng.web.gate.office import forms
from minzheng.web.gate.standings import survey_of
from script.samples.drawn_papers import make_name

_A_CASE, _LISTED, _AT_ONCE = 8, 40, 2000
_COUNTY = read_county()


@dataclass(frozen=True, slots=True)
class _Pile:
    """A year of a village's dossier, and whence chance comes."""

    place: tuple[str, str, str]
    year: str
    scheme: Scheme
    source: random.Random


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=40_000)
    parser.add_argument("--documents", type=int, default=6_000)
    options = parser.parse_args()
    print(machine())
    _lay(options.files, options.documents)
    measured = _measured()
    for name, seconds in measured.items():
        print(f"{name:<24} {seconds:.2f} s")
    cases = len(survey_of(Area()).standings)
    told = {"files": ArchivedFile.objects.count(), "documents": Issued.objects.count()}
    print(json.dumps({**told, "cases_and_years": cases, "cpu_seconds": measured}))


def _measured() -> dict[str, float]:
    person = Person.objects.create_user(
        "bench", role=Role.COUNTY_CLERK, given_dossiers=["ET", "YF"]
    )
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(person)
    case_no = Issued.objects.filter(case_no__startswith="DB").first()
    number = case_no.case_no if case_no else ""

    def page(address: str) -> Callable[[], Any]:
        return lambda: _shown(browser, address)

    forms()  # read once a start, whatever is asked first
    page("/coverage")()
    found = {"peer: page of coverage": _cpu(page("/coverage"))}
    found["county, from nothing"] = _cpu(lambda: survey_of(Area()))
    found["county, nothing new"] = _cpu(lambda: survey_of(Area()))
    found["page of the county"] = _cpu(page("/completeness"))
    found["page of a town's cell"] = _cpu(page("/completeness/103/DB/2018"))
    found["page of a village's cell"] = _cpu(page("/completeness/103200/DB/2018"))
    page(f"/cases/{number}")()
    found["page of a case"] = _cpu(page(f"/cases/{number}"))
    _file("新来/1.pdf", "钟宝镇", "旧城村", "DB", form_id="DB-05").save()
    found["county, one paper more"] = _cpu(lambda: survey_of(Area()))
    return {name: round(seconds, 3) for name, seconds in found.items()}


def _shown(browser: Client, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")


def _cpu(deed: Callable[[], Any]) -> float:
    begun = time.process_time()
    deed()
    return time.process_time() - begun


def _lay(files: int, documents: int) -> None:
    """The archive and what was issued, straight into the tables."""
    source = random.Random(3)
    villages = list(_COUNTY.places.villages)
    schemes = [one for one in _COUNTY.required.schemes.values() if len(one.steps) > 1]
    rows: list[ArchivedFile] = []
    contents: list[tuple[str, str]] = []
    issued: list[Issued] = []
    serial = 0
    while len(rows) < files:
        serial += 1
        village, scheme = source.choice(villages), source.choice(schemes)
        year = str(source.randint(2016, 2025))
        place = (village.town, village.name, scheme.dossier)
        pile = _Pile(place, year, scheme, source)
        names = [make_name(source) for _ in range(_LISTED)]
        for at, name in enumerate(names[: source.randint(6, 12)]):
            case_no = f"{scheme.dossier}-{village.short_code}-{year}-{serial % 900 + at:04d}"
            rows += _case(pile, case_no, name)
            if len(issued) < documents:
                issued += _issued(place, case_no, name, scheme)
        rows += _lists(pile, names, contents)
    for start in range(0, files, _AT_ONCE):
        ArchivedFile.objects.bulk_create(rows[start : min(start + _AT_ONCE, files)])
    for sha256, text in contents:
        keep_content(sha256, Extraction("pdf", (ExtractedPage(1, text),)))
    _keep(issued)


def _case(pile: _Pile, case_no: str, name: str) -> Iterator[ArchivedFile]:
    place, year, scheme, source = pile.place, pile.year, pile.scheme, pile.source
    forms = [form for step in scheme.steps for form in sorted(step.forms)]
    for at in range(source.randint(_A_CASE // 2, _A_CASE)):
        form_id = source.choice(forms) if source.random() < 0.85 else ""
        path = f"{'/'.join(place)}/{year}/{case_no}/{name}{at}{source.random()}.pdf"
        yield _file(path, *place, year=year, form_id=form_id, case_no=case_no, person=name,
                    title="入户调查表" if not form_id else "低保申请书", names=[name])  # fmt: skip


def _lists(
    pile: _Pile, names: list[str], contents: list[tuple[str, str]]
) -> Iterator[ArchivedFile]:
    place, year, scheme, source = pile.place, pile.year, pile.scheme, pile.source
    town, village, code = place
    dossier = _COUNTY.dossiers.by_code(code)
    short = dossier.short_name if dossier else code
    lists = sorted(scheme.lists) or ["COM-05"]
    for number in range(3):
        form_id = source.choice(lists)
        path = f"{town}/{village}/{code}/{year}/名单{number}{source.random()}.pdf"
        about = "GS" if form_id.startswith(("GS", "COM")) else code
        yield _file(path, town, village, about, year=year, form_id=form_id,
                    title=f"{village}{short}公示单", names=names)  # fmt: skip
    sha256 = f"{len(contents):064x}"
    contents.append((sha256, f"评议对象：{'、'.join(names)}，经评议同意。" * 3))
    path = f"{town}/{village}/{code}/{year}/评议{source.random()}.pdf"
    yield _file(path, town, village, code, year=year, title="民主评议会议记录", sha256=sha256)


def _file(path: str, town: str, village: str, dossier: str, **more: Any) -> ArchivedFile:
    title, names = more.pop("title", ""), more.pop("names", [])
    because = {"confidence": 0.95, "because": "正文中的姓名，与身份证号同在一行", "source": ""}
    filing = {
        "town": {"value": town, **because}, "village": {"value": village, **because},
        "dossier": {"value": dossier, **because}, "title": {"value": title, **because},
        "persons": [{"value": name, **because} for name in names],
        "ids": [{"value": f"61092719530412{at:04d}", **because} for at in range(len(names))],
    }  # fmt: skip
    return ArchivedFile(path=path, town=town, village=village, dossier=dossier, state="indexed",
                        filing=filing, **more)  # fmt: skip


def _issued(
    place: tuple[str, str, str], case_no: str, name: str, scheme: Scheme
) -> Iterator[Issued]:
    where = {"town": place[0], "village": place[1], "name": name}
    filled = where | {f"field{at}": "年老多病，无经济来源" for at in range(60)}
    for step in scheme.steps[:2]:
        for form_id in sorted(step.forms)[:1]:
            yield Issued(form_id=form_id, case_no=case_no, answers=filled, sha256="0")
    if case_no.endswith("7"):
        rows = [{"name": name, "amount": "285.62"} for _ in range(_LISTED)]
        answers = where | {"rows": rows}
        yield from (Issued(form_id=one, case_no=f"{case_no}0", answers=answers, sha256="0")
                    for one in sorted(scheme.lists)[:1])  # fmt: skip


def _keep(issued: list[Issued]) -> None:
    kept = Issued.objects.bulk_create(issued)
    people = [(one, {key: one.answers[key] for key in ("name", "town", "village")}) for one in kept]
    KnownPerson.objects.bulk_create(KnownPerson(issued=one, **facts) for one, facts in people)
    NamedPerson.objects.bulk_create(NamedPerson(issued=one, **facts) for one, facts in people)


if __name__ == "__main__":
    main()
