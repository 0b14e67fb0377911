"""`minzheng batch`: a roster checked, then issued, a Word file a household."""

import datetime as dt
import sys
from argparse import Namespace
from pathlib import Path
from typing import Never

from tqdm import tqdm

from filler.errors import BatchError, RosterError
from filler.fill_batch import BatchOutcome, Issuing, fill_batch
from filler.models import Batch
from filler.print_run.files import Wanted, write_files
from filler.print_run.ledger import BatchLedger, find_issued_elsewhere
from filler.print_run.marked_roster import mark_roster
from filler.print_run.preflight import Preflight, check_roster
from filler.records.case_store import DatabaseCaseStore
from filler.records.photo_shelf import PhotoDesk, photos_of_folder
from filler.roster.read_roster import read_roster
from filler.spec.form_catalogue import catalogue_of
from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.cli.output import refuse_unwritable, write_file
from minzheng.county.config import Config
from minzheng.external.libreoffice import require_libreoffice

ISSUED_BY = "命令行"
_MANY = 500


def run(args: Namespace, config: Config) -> int:
    """Check every row first; issue the good ones; 1 when a row was refused."""
    catalogue = catalogue_of(config)
    spec = catalogue.form(args.form)
    _refuse_impossible(args)
    data = _read(args.roster)
    today = dt.date.today()
    roster = read_roster(data, args.roster.name, spec)
    bring_up_to_date()
    issued = config.data_folder / "issued"
    history = DatabaseCaseStore(issued)
    photos = photos_of_folder(args.photos or args.roster.absolute().parent)
    preflight = check_roster(
        roster, spec, catalogue, today,
        history=history, photos=PhotoDesk(photos, history.photos),
    )  # fmt: skip
    print("\n".join(preflight.lines()))
    _write_marked(args, data, preflight)
    if args.check:
        return int(bool(preflight.refused))
    ledger = BatchLedger(_batch(args, spec.id), issued)
    _point_out_twins(ledger, preflight)
    outcome = _issue(args, preflight, ledger)
    what = f"批量出具 {spec.id} {outcome.issued} 份，花名册 {args.roster.name}"
    write_down(config, Action.CHANGE, what)
    _write(args, ledger)
    return int(bool(preflight.refused or outcome.problems))


def _refuse_impossible(args: Namespace) -> None:
    if args.pdf:
        require_libreoffice()
    refuse_unwritable(args.out)
    if args.out.exists() and not args.out.is_dir():
        raise BatchError(f"{args.out} 是一个文件，不是文件夹。请换一个。")
    args.out.mkdir(exist_ok=True)
    if args.merge:
        refuse_unwritable(args.merge)


def _read(file: Path) -> bytes:
    if file.is_dir():
        raise RosterError(f"{file} 是文件夹，请指明其中的花名册文件。")
    return file.read_bytes()


def _write_marked(args: Namespace, data: bytes, preflight: Preflight) -> None:
    file = args.out / f"{args.roster.stem}_核对结果.xlsx"
    if preflight.refused:
        write_file(file, mark_roster(data, args.roster.name, preflight))
        print(f"错处已标在 {file}。在其中改好后，用它加 --resume 再做一次，已出具的不会重复。")


def _batch(args: Namespace, form_id: str) -> Batch:
    """The batch of this form and folder; an old one only when it shall be resumed."""
    key = f"{form_id}@{args.out.absolute()}"
    batch, is_new = Batch.objects.get_or_create(
        key=key,
        defaults={
            "form_id": form_id,
            "roster_name": args.roster.name,
            "issued_by": ISSUED_BY,
            "state": Batch.State.DONE,
        },
    )
    count = batch.rows.count()
    if not is_new and count and not args.resume:
        raise BatchError(
            f"{args.out} 中已有《{form_id}》的批次，出具过 {count} 份。"
            "接着做加 --resume；要另做一批，换一个文件夹。"
        )
    return batch


def _issue(
    args: Namespace,
    preflight: Preflight,
    ledger: BatchLedger,
) -> BatchOutcome:
    how = Issuing(ISSUED_BY, ledger)
    with tqdm(
        total=len(preflight.good), desc="出具", unit="份", file=sys.stderr, disable=None
    ) as bar:
        outcome = fill_batch(preflight.checked, how, lambda done: _move(bar, done))
    print(f"出具 {outcome.issued} 份，以前已出具 {outcome.skipped} 份。")
    for problem in outcome.problems:
        print(f"  · {problem.place.sheet} {problem}")
    return outcome


def _point_out_twins(ledger: BatchLedger, preflight: Preflight) -> None:
    known = find_issued_elsewhere(ledger.batch, [one.key for one in preflight.good])
    if known:
        first = next(iter(known.values()))
        print(f"请留意：有 {len(known)} 户以前的批次已出具过，内容完全相同（如 {first}）。")


def _write(args: Namespace, ledger: BatchLedger) -> None:
    merged_pdf = args.merge.with_suffix(".pdf") if args.merge and args.pdf else None
    wanted = Wanted(args.out, args.merge, merged_pdf, args.pdf and not args.merge)
    with tqdm(unit="份", file=sys.stderr, disable=None) as bar:
        written = write_files(ledger, wanted, lambda stage, done, of: _show(bar, stage, done, of))
    print(f"{written.records} 份文书在 {args.out}")
    for file in (args.merge, merged_pdf):
        if file and written.records:
            print(f"合成的一份：{file}")
    if args.merge and written.records > _MANY:
        print("合成的一份很大，Word 打开要等一会儿；可按村分开做。")
    for record in written.without_pdf:
        print(f"没有转成 PDF：{record.numbered_name}。请打印它的 Word 文件。")


def _move(bar: "tqdm[Never]", done: int) -> None:
    bar.n = done
    bar.refresh()


def _show(bar: "tqdm[Never]", stage: str, done: int, of: int) -> None:
    bar.set_description(stage)
    bar.total = of
    _move(bar, done)
