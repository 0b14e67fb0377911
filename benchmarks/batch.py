"""A roster becomes documents: the county's 6,000 visit forms, a print run, PDFs.

CPU of all processes, wall clock and our own peak memory, of one run. docxtpl's bare fill of the
same forms is the peer of issuing and merging, LibreOffice once for each file that of the PDFs.
docxtpl and we work by turns, it in a process of its own, so that a clock that moves moves both;
the roster is made in another process, too: the memory told is what the product holds.
`python -m benchmarks.batch [--quick] [--whole-pdf]`; `--whole-pdf` also turns all 6,000 forms
into one PDF. The last line says «docxtpl ÷ ours»; in it `pdf_s_per_page` is CPU of all processes
and `pdf_clock_s_per_page` the clock of a machine that does nothing else.
"""

import argparse
import datetime as dt
import json
import resource
import statistics
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2

from benchmarks import FOLDER, machine
from benchmarks.fill import docxtpl_seconds, fill_by_docxtpl, whole_path
from benchmarks.peers.turns import Turns, beside, cpu_of, take_turns
from benchmarks.rosters import make_visit_roster
from filler.fill_batch import Office, issue_batch
from filler.fill_form import fill_form
from filler.models import Batch, Issued
from filler.print_run.ledger import BatchLedger
from filler.print_run.merge_documents import merge_to_file
from filler.print_run.pdf_files import make_merged_pdf, make_pdfs
from filler.print_run.preflight import Preflight, check_roster
from filler.records.case_store import MemoryCaseStore
from filler.roster.read_roster import read_roster
from filler.spec.form_catalogue import Catalogue, load_catalogue
from minzheng.external.libreoffice import convert_to_pdf

ANSWERS = Path(__file__).resolve().parents[1] / "tests" / "samples" / "answers"
TODAY = dt.date(2026, 11, 25)
ONE_PAGE = "GL-02"
RUN, WHOLE = 100, 6000
TURNS = {True: 15, False: 60}  #: quick → turns of the whole path
TURN = (40, 2)  #: forms by us, by docxtpl
_ISSUE = "issue with QR (by the clock, docxtpl's turns too)"


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took."""

    cpu: float
    wall: float
    peak_mib: int


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--whole-pdf", action="store_true")
    args = parser.parse_args()
    print(machine())
    with _peers() as peers:
        ledger, result = _visits(600 if args.quick else WHOLE, peers)
    result |= _visit_pdf(ledger)
    result |= _pdfs(args.quick)
    if args.whole_pdf:
        result |= _whole_pdf(ledger)
    result["docxtpl_ratio_whole_path"] = round(_whole_path(TURNS[args.quick]), 1)
    print(json.dumps(result))


@dataclass(frozen=True, slots=True)
class _Peers:
    """What others do in processes of their own, begun before the product holds anything."""

    docxtpl: Callable[..., float]
    make_roster: Callable[..., bytes]


@contextmanager
def _peers() -> Iterator[_Peers]:
    template = load_catalogue().form("ZF-01").docx.read_bytes()
    fill = cpu_of(partial(fill_by_docxtpl, template, has_qr=True))
    with ExitStack() as stack:
        yield _Peers(*(stack.enter_context(beside(one)) for one in (fill, make_visit_roster)))


def _whole_path(turns: int) -> float:
    """docxtpl's bare fill of DB-02 ÷ the whole path of it, by turns and in two stretches."""
    with beside(docxtpl_seconds) as theirs:
        whole_path(40), theirs(2)  # what is made once
        taken = take_turns(whole_path, theirs, turns, TURN)
        ours, peer = whole_path(turns * TURN[0]), theirs(turns * TURN[1])
    print(f"whole path of DB-02, {taken.told()}")
    print(f"the same in two stretches: {peer / ours:.1f}; {ours * 1000:.2f}, {peer * 1000:.1f} ms")
    return taken.ratio


class _ByTurns:
    """Hears of each group that was issued, and has docxtpl fill some of the same forms then."""

    def __init__(
        self, docxtpl: Callable[..., float], forms: list[tuple[Any, str]], done: int
    ) -> None:
        self.turns, self._fill, self._forms = Turns(), docxtpl, forms
        docxtpl(forms)  # what is made once
        self._done, self._since = done, _cpu()

    def stage(self, name: str, done: int, of: int) -> None:
        """A group is done: its CPU is ours, then it is docxtpl's turn."""
        count, cpu = done - self._done, _cpu() - self._since
        if count:
            self.turns.add(cpu / count, self._fill(self._forms))
        self._done, self._since = done, _cpu()


@dataclass(frozen=True, slots=True)
class _IssuedRun:
    """What it took to issue a roster; its rows are let go of, as a batch does."""

    costs: dict[str, Cost]
    made: int
    turns: Turns
    first_page: float | None  #: seconds
    early_mib: int  #: after the first tenth


def _visits(count: int, peers: _Peers) -> tuple[BatchLedger, dict[str, Any]]:
    """One roster from the file to the print run; memory after the first tenth and at the end."""
    catalogue = load_catalogue()
    batch = Batch.objects.create(key="b", form_id="ZF-01", issued_by="x")
    office = Office(catalogue, FOLDER / "issued", TODAY)
    ledger = BatchLedger(batch, office.issued)
    run = _issue_roster(count, peers, batch, office)
    merged = FOLDER / "merged.docx"
    _, merge = _cost(lambda: merge_to_file(map(ledger.kept_file, ledger.issued()), merged))
    for name, cost in (run.costs | {"merge into one": merge}).items():
        print(
            f"{name}: {count / cost.wall:.0f} a second, {1000 * cost.cpu / count:.2f} ms CPU, "
            f"{cost.wall:.1f} s, peak {cost.peak_mib} MiB"
        )
    print(f"the print run of {count}: {merged.stat().st_size / 2**20:.1f} MiB")
    print(f"issue against docxtpl's bare fill of the same forms, {run.turns.told()}")
    theirs, fill = statistics.mean(run.turns.theirs), run.costs[_ISSUE]
    return ledger, {
        "documents": count,
        "documents_a_second": round(run.made / fill.wall),
        "issue_ratio": round(run.turns.ratio, 1),
        "merge_ratio": round(theirs * count / merge.cpu, 1),
        "issue_cpu_ms": round(1000 * fill.cpu / run.made, 2),
        "merge_cpu_ms": round(1000 * merge.cpu / count, 2),
        "peak_rss_mib": merge.peak_mib,
        "first_page_s": run.first_page and round(run.first_page, 1),
        "rss_growth_mib": fill.peak_mib - run.early_mib,
    }


def _issue_roster(count: int, peers: _Peers, batch: Batch, office: Office) -> _IssuedRun:
    data, catalogue = peers.make_roster(count), office.catalogue
    spec = catalogue.form("ZF-01")
    roster, read = _cost(lambda: read_roster(data, "r.xlsx", spec))
    preflight, check = _cost(lambda: check_roster(roster, spec, catalogue, TODAY))
    shown, first_page = _cost(lambda: _first_page(preflight, batch, office))
    print(f"the first page to look at: {first_page.wall:.1f} s, {first_page.cpu:.2f} s CPU")
    first = replace(preflight, checked=preflight.checked[: count // 10])
    _, early = _cost(lambda: issue_batch(first, batch, office))
    some = Issued.objects.order_by("pk")[: 4 if count < WHOLE else 2]
    by_turns = _ByTurns(peers.docxtpl, [(one.texts, one.qr) for one in some], len(first.checked))
    outcome, fill = _cost(lambda: issue_batch(preflight, batch, office, by_turns.stage))
    return _IssuedRun(
        {"read the roster": read, "check it": check, _ISSUE: fill},
        outcome.issued,
        by_turns.turns,
        first_page.wall if shown else None,
        early.peak_mib,
    )


def _first_page(preflight: Preflight, batch: Batch, office: Office) -> bool:
    """Issue the first document of a checked roster and draw its first page."""
    issue_batch(replace(preflight, checked=preflight.good[:1]), batch, office)
    ledger, folder = BatchLedger(batch, office.issued), FOLDER / "first"
    folder.mkdir()
    file = folder / "first.docx"
    file.write_bytes(ledger.read(next(ledger.issued())))
    [pdf] = convert_to_pdf([file], folder)
    return bool(pypdfium2.PdfDocument(pdf)[0].render().width)


def _pdfs(quick: bool) -> dict[str, float]:
    """A run of 100 one-page documents: one file, many files a call, one call a file."""
    documents = _one_pagers(load_catalogue(), RUN)
    folder = FOLDER / "pdf"
    folder.mkdir()
    files = [folder / f"{number}.docx" for number in range(RUN)]
    for file, docx in zip(files, documents, strict=True):
        file.write_bytes(docx)
    whole = folder / "whole.pdf"
    _, merged = _cost(lambda: make_merged_pdf(RUN, lambda number: documents[number], whole))
    pages = len(pypdfium2.PdfDocument(whole))
    _, grouped = _cost(lambda: make_pdfs(files, folder))
    alone = 2 if quick else 5
    _, single = _cost(lambda: [convert_to_pdf([file], folder) for file in files[:alone]])
    each = [merged.cpu / RUN, grouped.cpu / RUN, single.cpu / alone]
    print(
        f"PDF of {RUN} {ONE_PAGE} ({pages} pages), CPU a document: one print run {each[0]:.3f} s, "
        f"a PDF each, cut from it {each[1]:.3f} s, one call a file {each[2]:.2f} s"
    )
    return {
        "pdf_cpu_s": round(each[0], 3),
        "pdf_files_cpu_s": round(each[1], 3),
        "pdf_ratio": round(each[2] / each[0], 1),
        "pdf_pages": pages,
    }


def _visit_pdf(ledger: BatchLedger) -> dict[str, float]:
    """The PDF of the first hundred visit forms."""
    records, out = list(ledger.issued())[:RUN], FOLDER / "visits.pdf"
    _, cost = _cost(
        lambda: make_merged_pdf(RUN, lambda number: ledger.kept_file(records[number]), out)
    )
    pages = len(pypdfium2.PdfDocument(out))
    print(
        f"PDF of {RUN} visit forms: {pages} pages, {cost.cpu / pages:.3f} s CPU a page, "
        f"{cost.wall / pages:.3f} s by the clock"
    )
    return {
        "pdf_s_per_page": round(cost.cpu / pages, 3),
        "pdf_clock_s_per_page": round(cost.wall / pages, 3),
    }


def _whole_pdf(ledger: BatchLedger) -> dict[str, float]:
    records = list(ledger.issued())
    out = FOLDER / "whole.pdf"
    failed, cost = _cost(
        lambda: make_merged_pdf(len(records), lambda number: ledger.kept_file(records[number]), out)
    )
    pages = len(pypdfium2.PdfDocument(out))
    print(
        f"PDF of all {len(records)}: {cost.wall:.0f} s, {cost.cpu / len(records):.3f} s CPU each, "
        f"{pages} pages, {out.stat().st_size / 2**20:.0f} MiB, peak {cost.peak_mib} MiB, "
        f"{len(failed)} failed"
    )
    return {"whole_pdf_s": round(cost.wall), "whole_pdf_pages": pages}


def _one_pagers(catalogue: Catalogue, count: int) -> list[bytes]:
    answers = tomllib.loads((ANSWERS / f"{ONE_PAGE}.toml").read_text(encoding="utf-8"))
    store = MemoryCaseStore()
    for _ in range(count):
        fill_form(ONE_PAGE, answers, issued_by="x", today=TODAY, catalogue=catalogue, store=store)
    return [issued.document.docx for issued in store.issued]


def _cost(work: Callable[[], Any]) -> tuple[Any, Cost]:
    start, before = time.perf_counter(), _cpu()
    result = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return result, Cost(_cpu() - before, time.perf_counter() - start, peak)


def _cpu() -> float:
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    main()
