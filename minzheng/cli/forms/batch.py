"""`minzheng batch`: a roster checked, then issued, a Word file a household."""

import datetime as dt
import sys
from argparse import Namespace
from pathlib import Path
from typing import Never

from tqdm import tqdm

from filler.errors import BatchError, RosterError
from filler.fill_batch import (
    BatchOutcome,
    Office,
    check_batch,
    find_issued_before,
    issue_batch,
    marked_copy,
    take_roster,
    write_batch,
)
from filler.models import Batch
from filler.print_run.files import BatchFiles, Stage
from filler.print_run.preflight import Preflight
from filler.records.photo_shelf import photos_of_folder
from filler.spec.checked_specs import checked_catalogue
from filler.word.form_template import keep_compiled
from filler.word.kept.template_shelf import FOLDER as COMPILED
from filler.word.kept.template_shelf import TemplateShelf
from filler.word.property_texts import marked_properties, run_properties
from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.cli.forms.named_form import named_form
from minzheng.cli.output import refuse_unwritable, write_file
from minzheng.county.settings.all_settings import Config
from minzheng.external.checked_county import checked_county
from minzheng.external.files.file_properties import FileProperties
from minzheng.external.libreoffice import require_libreoffice

ISSUED_BY = "命令行"
_MANY = 500


def run(args: Namespace, config: Config) -> int:
    """Check every row first; issue the good ones; 1 when a row was refused."""
    catalogue = checked_catalogue(config, checked_county(config))
    keep_compiled(TemplateShelf(config.data_folder / COMPILED))
    office = Office(catalogue, config.issued_folder, dt.date.today())
    spec = named_form(catalogue, args.form)
    _refuse_impossible(args)
    photos = photos_of_folder(args.photos or args.roster.absolute().parent)
    given = take_roster(_read(args.roster), args.roster.name, spec, photos)
    bring_up_to_date()
    known = Batch.objects.filter(key=_key(args, spec.id)).first()
    preflight = check_batch(given, office, batch=known)
    print("\n".join(preflight.lines()))
    told = marked_properties(spec, config.bureau, office.today)
    _write_marked(args, marked_copy(given, preflight, told))
    if args.check:
        return int(preflight.has_mistakes)
    batch = _batch(args, spec.id)
    before = find_issued_before(preflight, batch)
    if before:
        print(f"请留意：{before.what}。")
    outcome = _issue(preflight, batch, office)
    what = f"批量出具 {spec.id} {outcome.issued} 份，花名册 {args.roster.name}"
    write_down(config, Action.CHANGE, what)
    _write(args, batch, office, run_properties(spec, config.bureau, office.today))
    return int(preflight.has_mistakes or bool(outcome.problems))


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


def _write_marked(args: Namespace, marked: bytes | None) -> None:
    file = args.out / f"{args.roster.stem}_核对结果.xlsx"
    if marked:
        write_file(file, marked)
        print(f"错处已标在 {file}。在其中改好后，用它加 --resume 再做一次，已出具的不会重复。")


def _batch(args: Namespace, form_id: str) -> Batch:
    """The batch of this form and folder; an old one only when it shall be resumed."""
    batch, is_new = Batch.objects.get_or_create(
        key=_key(args, form_id),
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


def _key(args: Namespace, form_id: str) -> str:
    return f"{form_id}@{args.out.absolute()}"


def _issue(preflight: Preflight, batch: Batch, office: Office) -> BatchOutcome:
    with tqdm(unit="份", file=sys.stderr, disable=None) as bar:
        outcome = issue_batch(preflight, batch, office, _on(bar))
    print(f"出具 {outcome.issued} 份，以前已出具 {outcome.skipped} 份。")
    for problem in outcome.problems:
        print(f"  · {problem.place.sheet} {problem}")
    return outcome


def _write(args: Namespace, batch: Batch, office: Office, told: FileProperties) -> None:
    merged_pdf = args.merge.with_suffix(".pdf") if args.merge and args.pdf else None
    wanted = BatchFiles(
        folder=args.out,
        merged=args.merge,
        merged_pdf=merged_pdf,
        are_pdfs_single=args.pdf and not args.merge,
        told=told,
    )
    with tqdm(unit="份", file=sys.stderr, disable=None) as bar:
        written = write_batch(batch, office, wanted, _on(bar))
    print(f"{written.records} 份文书在 {args.out}")
    for file in (args.merge, merged_pdf):
        if file and written.records:
            print(f"合成的一份：{file}")
    if args.merge and written.records > _MANY:
        print("合成的一份很大，Word 打开要等一会儿；可按村分开做。")
    for record in written.without_pdf:
        print(f"没有转成 PDF：{record.numbered_name}。请打印它的 Word 文件。")


def _on(bar: "tqdm[Never]") -> Stage:
    def show(stage: str, done: int, of: int) -> None:
        bar.set_description(stage)
        bar.total, bar.n = of, done
        bar.refresh()

    return show
