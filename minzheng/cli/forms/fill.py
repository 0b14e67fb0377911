"""`minzheng fill`: one Word file from answers in a TOML or JSON file, or a blank form."""

import datetime as dt
import json
import sys
import tomllib
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from filler.errors import AnswersFileError
from filler.fill_form import blank_form, fill_form
from filler.form.form_data import Refused
from filler.records.case_store import DatabaseCaseStore
from filler.records.photo_shelf import photo_limits, photos_of_folder
from filler.spec.checked_specs import checked_catalogue
from filler.spec.form_catalogue import Catalogue
from filler.values.answers_file import answers_template
from filler.word.annexes.read_annex import take_uploads
from filler.word.form_template import keep_compiled
from filler.word.kept.template_shelf import FOLDER as COMPILED
from filler.word.kept.template_shelf import TemplateShelf
from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.cli.forms.named_form import named_form
from minzheng.cli.output import refuse_unwritable, write_file
from minzheng.county.errors import Problem
from minzheng.county.settings.all_settings import Config
from minzheng.county.toml_files import explain
from minzheng.external.checked_county import checked_county
from minzheng.external.libreoffice import convert_to_pdf, require_libreoffice

ISSUED_BY = "命令行"


def run(args: Namespace, config: Config) -> int:
    """Write the Word file, and a PDF beside it when asked for; refuse wrong answers."""
    catalogue = checked_catalogue(config, checked_county(config))
    keep_compiled(TemplateShelf(config.data_folder / COMPILED))
    spec = named_form(catalogue, args.form)
    if args.template_answers:
        return _give_template(answers_template(spec), args.out)
    if args.pdf:
        require_libreoffice()
    docx = _make(args, config, catalogue)
    if docx is None:
        return 1
    write_file(args.out, docx)
    print(f"已生成 {args.out}")
    if args.pdf:
        print(f"已生成 {convert_to_pdf([args.out], args.out.absolute().parent)[0]}")
    return 0


def _give_template(text: str, out: Path | None) -> int:
    """Answers to be filled in: to a file that is not there yet, or shown."""
    if out is None:
        print(text, end="")
        return 0
    if out.suffix.lower() != ".toml":
        raise AnswersFileError(
            f"填写内容是 .toml 文件，--out 写成 {out.with_suffix('.toml').name}。"
        )
    if out.exists():
        raise AnswersFileError(f"{out} 已经有了，没有覆盖。换一个文件名。")
    write_file(out, text.encode())
    print(f"已生成 {out}，填好后用 --answers {out} 出具。")
    return 0


def _make(args: Namespace, config: Config, catalogue: Catalogue) -> bytes | None:
    today = dt.date.today()
    if args.blank:
        return blank_form(args.form, catalogue, today)
    if args.answers is None:
        raise AnswersFileError("没有指明填写内容。加上 --answers 文件.toml；要空白表则加 --blank。")
    answers = _read_answers(args.answers)
    refuse_unwritable(args.out)
    bring_up_to_date()
    store = DatabaseCaseStore(config.issued_folder)
    find = photos_of_folder(args.answers.absolute().parent, is_anywhere=True)
    limits = photo_limits(catalogue.county.limits, today)
    answers, wrong = take_uploads(catalogue.form(args.form), answers, find, store.photos, limits)
    if wrong:
        _show(f"{len(wrong)} 处需要更正，没有生成文件：", wrong)
        return None
    outcome = fill_form(
        args.form, answers, issued_by=ISSUED_BY, today=today, catalogue=catalogue, store=store
    )
    if isinstance(outcome, Refused):
        _show(f"{len(outcome.problems)} 处需要更正，没有生成文件：", outcome.problems)
        return None
    write_down(config, Action.CHANGE, f"出具 {args.form} {outcome.case_no}")
    if outcome.warnings:
        _show("请留意（不影响生成）：", outcome.warnings)
    print(f"案件编号 {outcome.case_no}")
    if outcome.sources:
        taken = "、".join(f"{one}（文书号 {one.number}）" for one in outcome.sources)
        print(f"取自已出具的 {len(outcome.sources)} 份文书：{taken}")
    return outcome.docx


def _show(heading: str, problems: Iterable[Problem]) -> None:
    print(heading, file=sys.stderr)
    for problem in problems:
        print(f"  · {problem}", file=sys.stderr)


def _read_answers(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        answers = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AnswersFileError(f"{file} {explain(error)}。改正该行后重试。") from error
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 列"
        raise AnswersFileError(f"{file} {place}不合 JSON 格式。改正该行后重试。") from error
    except UnicodeDecodeError as error:
        raise AnswersFileError(f"{file} 不是 UTF-8 编码。另存为 UTF-8 后重试。") from error
    if not isinstance(answers, dict):
        raise AnswersFileError(f'{file} 应为一个 JSON 对象：{{"name": "…"}}。')
    return answers
