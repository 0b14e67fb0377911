"""Compiled templates of earlier runs, kept beside the database for commands that end soon.

A command fills one form and looked at its template from the beginning each time. What is kept
belongs to the very file, spec, program and libraries it was made of; anything else, a file cut off
or of somebody else, is as if there were none, and is written anew. It holds no code, and lies
where only the owner of the data writes.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from filler.word.compiled_template import CompiledTemplate
from filler.word.kept.kept_state import state_of, template_of
from minzheng.external.files.found_right import digest_of, read_own
from minzheng.external.files.whole_file import write_whole

FOLDER = "compiled_templates"
_HERE = Path(__file__).parents[3]
#: The program's own files that say what becomes of a template.
_PROGRAM = tuple(_HERE / name for name in ("filler", "minzheng/county", "minzheng/external"))
_INSTALLED = ".dist-info"


class TemplateShelf:
    """A folder of compiled templates, one a form."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find_or_make(
        self, name: str, docx: bytes, spec: bytes, make: Callable[[], CompiledTemplate]
    ) -> CompiledTemplate:
        """The template of a file and a spec, both told by their bytes.

        Raises:
            TemplateError: with every mistake in it.
        """
        key = hashlib.sha256(b"\0".join((_program(), spec, docx))).hexdigest()
        kept = self._read(name, key, docx)
        if kept is not None:
            return kept
        made = make()
        self._write(name, key, made)
        return made

    def _read(self, name: str, key: str, docx: bytes) -> CompiledTemplate | None:
        head, _, body = read_own(self._folder / name).partition(b"\n")
        if head.decode("ascii", "replace") != f"{key} {hashlib.sha256(body).hexdigest()}":
            return None
        return template_of(docx, json.loads(body))

    def _write(self, name: str, key: str, made: CompiledTemplate) -> None:
        """Where nothing can be written, nothing is kept."""
        state = state_of(made)
        if state is None:
            return
        body = json.dumps(state, ensure_ascii=False).encode()
        head = f"{key} {hashlib.sha256(body).hexdigest()}\n".encode()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._folder / name, head + body, is_private=True)
        except OSError:
            return


@cache
def _program() -> bytes:
    """Changes with the program, and with each library that is installed beside docxtpl."""
    found = find_spec("docxtpl")
    libraries = Path(found.origin).parents[1] if found and found.origin else _HERE
    installed = sorted(one.name for one in libraries.iterdir() if one.suffix == _INSTALLED)
    program = digest_of((), _PROGRAM, only_there=lambda _: True)
    return "\n".join((sys.version, program, *installed)).encode()
