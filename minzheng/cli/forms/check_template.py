"""`minzheng check-template`: everything that is wrong with a Word template, in Chinese."""

from argparse import Namespace
from pathlib import Path

from filler.form.forms import FormSpec
from filler.spec.checked_specs import checked_catalogue
from filler.spec.form_catalogue import Catalogue
from filler.word.faults.check_template import check_template
from minzheng.cli.forms.named_form import named_form
from minzheng.cli.output import write_file
from minzheng.county.settings.all_settings import Config
from minzheng.external.checked_county import checked_county


def run(args: Namespace, config: Config) -> int:
    """Name every fault; write a marked copy when asked for."""
    spec = _find_form(args.form, args.file, checked_catalogue(config, checked_county(config)))
    checked = check_template(args.file.read_bytes(), args.file.name, spec)
    against = f"（按 {spec.id} {spec.short_title} 检查）" if spec else "（未指明表格，只查写法）"
    if not checked.problems:
        print(f"{args.file.name}{against}：没有发现问题")
    else:
        print(f"{args.file.name}{against}：{len(checked.problems)} 处需要更正")
    for problem in checked.problems:
        print(f"  · {problem}")
    for note in checked.notes:
        print(f"  ! {note}。")
    if args.marked and checked.marked:
        write_file(args.marked, checked.marked)
        print(f"已在 {args.marked} 中用批注标出")
    return 1 if checked.problems else 0


def _find_form(named: str, file: Path, catalogue: Catalogue) -> FormSpec | None:
    return named_form(catalogue, named) if named else catalogue.by_id.get(file.stem.strip().upper())
