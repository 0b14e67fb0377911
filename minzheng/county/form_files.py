"""The files of all forms, for those who look at papers: each is read once, whoever asks of it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GROUPS = "groups.toml"
_BODY = "word/document.xml"
_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")

Groups = Mapping[str, Any]  #: name → fields that several forms share


@dataclass(frozen=True)
class FormFile:
    """What a form's spec and its Word file say; what cannot be read says nothing."""

    id: str
    spec: Mapping[str, Any]
    docx: Path

    @property
    def has_title(self) -> bool:
        """Whether it is called by something that is printed."""
        return isinstance(self.spec.get("title"), str)

    @cached_property
    def body(self) -> Any:
        """The tree of the Word file's body; an empty one, when it cannot be read."""
        try:
            with ZipFile(self.docx) as package:
                return etree.fromstring(package.read(_BODY))
        except (OSError, KeyError, BadZipFile, etree.XMLSyntaxError):
            return etree.Element(f"{WORD}document")

    def parts(self) -> list[Any]:
        """The trees of all that is printed of the Word file; none, when one cannot be read."""
        try:
            with ZipFile(self.docx) as package:
                names = [one for one in package.namelist() if _PRINTED.fullmatch(one)]
                return [
                    self.body if name == _BODY else etree.fromstring(package.read(name))
                    for name in names
                ]
        except (OSError, BadZipFile, etree.XMLSyntaxError):
            return []


def form_files(folder: Path) -> Iterator[FormFile]:
    """Of every form below a templates folder, one after the other: together they are large."""
    for file in sorted(folder.glob("*/*.toml")):
        spec = {} if file.name == _GROUPS else _read(file)
        if isinstance(spec.get("id"), str):
            yield FormFile(spec["id"], spec, file.with_suffix(".docx"))


def shared_groups(folder: Path) -> Groups:
    """The fields that forms share."""
    return _read(folder / "shared" / _GROUPS)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
