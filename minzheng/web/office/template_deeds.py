"""Replacing the Word template of a form: checked, put in place as a new version."""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

from filler.form.forms import FormSpec
from filler.word.faults.check_template import CheckedTemplate, check_template
from minzheng.county.errors import MinzhengError
from minzheng.external.files.whole_file import write_whole
from minzheng.web.gate.office import config
from minzheng.web.office.file_versions import FileVersions, Version

#: A version is printed on every page and in its QR code: `2`, `2.1`.
EDITION = re.compile(r"\d{1,2}(\.\d{1,2})?")
_VERSION_LINE = re.compile(r'(?m)^version\s*=\s*"[^"]*"')


class VersionLineError(MinzhengError):
    """模板已换上，但表的说明文件里没有 version 一行，版本号没有改。请联系管理员补上。"""


def versions_of_template(spec: FormSpec) -> FileVersions:
    """The versions of a form's template."""
    folder = config().data_folder / "versions" / "templates" / spec.id
    return FileVersions(folder, spec.docx, spec.version)


def check_replacement(spec: FormSpec, data: bytes, name: str) -> CheckedTemplate:
    """All faults of an upload; it is kept with its marked copy until somebody decides."""
    versions, checked = versions_of_template(spec), check_template(data, name, spec)
    versions.keep_candidate(data)
    write_whole(marked_copy(versions), checked.marked, is_forced=True)
    return checked


def marked_copy(versions: FileVersions) -> Path:
    """Where the copy of the upload with its faults marked is kept."""
    return versions.folder / "candidate-marked"


def put_in_place(
    spec: FormSpec, data: bytes, seen: str, told: Mapping[str, str], now: dt.datetime
) -> Version:
    """Replace the template whose hash was seen; from now on the form prints `edition` of `told`.

    Raises:
        ReplacedMeanwhileError: another template lies there by now.
        NotWritableError: the templates' folder does not let itself be written.
        VersionLineError: the spec has no line that says the version.
    """
    version = versions_of_template(spec).replace(data, seen, told, now)
    file = spec.docx.with_suffix(".toml")
    text, count = _VERSION_LINE.subn(
        f'version = "{version.edition}"', file.read_text(encoding="utf-8"), count=1
    )
    if not count:
        raise VersionLineError
    write_whole(file, text.encode(), is_forced=True)
    return version


def next_edition(edition: str) -> str:
    """`2` after `1`, `2.2` after `2.1`."""
    head, dot, last = edition.rpartition(".")
    return f"{head}{dot}{int(last) + 1}" if last.isdecimal() else edition
