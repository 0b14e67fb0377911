"""The county's tables as a whole: whether all are right."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from minzheng.county.errors import UNREADABLE, Problem, RegistryError
from minzheng.county.registry import (
    checks,
    desks,
    dossiers,
    eligibility,
    laws,
    own_tables,
    paper_words,
    places,
    questions,
    required_papers,
    retention,
    standards,
    synonyms,
    terms,
    working_days,
)
from minzheng.county.registry.shown.registry_guide import FILES

_LOADERS: dict[str, tuple[Callable[[Path], Any], ...]] = {
    "towns_and_villages.csv": (places.load_places,),
    "dossiers.toml": (dossiers.load_dossiers,),
    "standards.toml": (standards.load_standards,),
    "limits.toml": (standards.load_limits,),
    "terms.toml": (terms.load_terms, laws.see_that_laws_agree),
    "eligibility.toml": (eligibility.load_eligibility,),
    "laws.toml": (laws.load_checked_laws,),
    "holidays.csv": (working_days.load_calendar,),
    "desks.toml": (desks.load_desks,),
    "completeness.toml": (required_papers.load_required_papers, laws.see_that_laws_agree),
    "synonyms.txt": (synonyms.load_synonyms, synonyms.load_spoken),
    "lookalikes.txt": (synonyms.load_lookalikes,),
    "paper_words.toml": (paper_words.load_paper_words,),
    "checks.toml": (checks.load_checks,),
    "questions.toml": (questions.load_questions, questions.load_asked_pages),
    "surnames.txt": (paper_words.load_surnames,),
    "personal_data.toml": (retention.load_grounds,),
}
_RETENTION = ("dossier", "material", "period", "basis", "mark")


def find_registry_problems(folder: Path) -> list[Problem]:
    """Every mistake in every table of a folder, all at once.

    Those of single counties are judged by the list of places, once that is right.
    """
    found = [problem for one in FILES for problem in find_file_problems(folder, one.name)]
    if find_file_problems(folder, "towns_and_villages.csv"):
        return found
    return [*found, *own_tables.find_own_problems(folder)]


def find_file_problems(folder: Path, name: str) -> list[Problem]:
    """Every mistake in one table, found by the code that reads it at the start."""
    try:
        text = (folder / name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return [Problem(name, "没有这个文件", "把它放回 registry 文件夹")]
    except UnicodeDecodeError:
        return [Problem(name, "不是 UTF-8 编码", "用记事本或 WPS 另存为 UTF-8 编码")]
    if name.endswith(".csv"):
        shape = list(_shape_problems(name, text))
        if shape:
            return shape
    if name == "retention.csv":
        return list(_retention_problems(name, text))
    problems: list[Problem] = []
    for load in _LOADERS.get(name, ()):
        problems += _problems_of(load, folder, name)
    return list(dict.fromkeys(problems))


def _problems_of(load: Callable[[Path], Any], folder: Path, name: str) -> list[Problem]:
    try:
        load(folder)
    except RegistryError as error:
        return list(error.problems)
    except UNREADABLE as error:
        return [unreadable(name, error)]
    return []


def unreadable(name: str, error: Exception) -> Problem:
    """A mistake that the reader of a table has no word for."""
    what = f"有一处的写法不对，读不出来（{type(error).__name__}：{error}）"
    return Problem(name, what, "对照现用的文件，检查新增和改动的几行")


def _shape_problems(name: str, text: str) -> Iterator[Problem]:
    """Rows with more or fewer cells than the heading."""
    heading, *rows = list(csv.reader(io.StringIO(text))) or [[]]
    for number, row in enumerate(rows, start=2):
        if len(row) != len(heading):
            what = f"有 {len(row)} 格，表头有 {len(heading)} 格"
            yield Problem(f"{name} 第 {number} 行", what, "按表头补齐；格子里的逗号要加引号")


def _retention_problems(name: str, text: str) -> Iterator[Problem]:
    reader = csv.DictReader(io.StringIO(text))
    missing = [one for one in _RETENTION if one not in (reader.fieldnames or ())]
    if missing:
        yield Problem(name, f"缺少列 {'、'.join(missing)}", "按现用的表头补齐")
        return
    for number, row in enumerate(reader, start=2):
        yield from retention.find_faults(number, row)
