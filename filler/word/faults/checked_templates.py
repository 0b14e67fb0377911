"""Every template checked at start; those that were right and are unchanged need no second look."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from filler.errors import TemplateError
from filler.form.forms import FormSpec
from filler.word.form_template import load_template, spec_as_json
from minzheng.county.errors import Problem
from minzheng.external.files.whole_file import write_whole

CHECKED = "checked_templates.json"  #: in the data folder: which templates were right
_LIBRARIES = ("docxtpl", "jinja2", "lxml", "python-docx")


def check_templates(forms: Sequence[FormSpec], memory: Path) -> int:
    """Compile what is new or changed since the last start; how many that were.

    Args:
        forms: all of them.
        memory: the file that tells which templates were right.

    Raises:
        TemplateError: with every mistake of every template.
    """
    right = _recall(memory)
    keys = {_key(spec): spec for spec in forms}
    problems: list[Problem] = []
    waiting = [spec for key, spec in keys.items() if key not in right]
    wrong: set[str] = set()
    for spec in waiting:
        try:
            load_template(spec)
        except TemplateError as error:
            problems += error.problems
            wrong.add(spec.id)
    if waiting:
        _remember(memory, [key for key, spec in keys.items() if spec.id not in wrong])
    if problems:
        raise TemplateError(problems)
    return len(waiting)


def _key(spec: FormSpec) -> str:
    """Changes with the template, its spec, the program and its libraries."""
    content = (_program(), spec_as_json(spec), spec.docx.read_bytes())
    return hashlib.sha256(b"\0".join(content)).hexdigest()


@cache
def _program() -> bytes:
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parents[2].rglob("*.py")):
        digest.update(file.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}".encode())
    return digest.digest()


def _recall(memory: Path) -> frozenset[str]:
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(map(str, known)) if isinstance(known, list) else frozenset()


def _remember(memory: Path, keys: Sequence[str]) -> None:
    memory.parent.mkdir(parents=True, exist_ok=True)
    write_whole(memory, json.dumps(sorted(keys)).encode())
