"""The marks of all forms, for those who only need to recognise them on a scan."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from minzheng.county.form_marks import FormMarks, as_label

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_LABEL = 16
_NO_MONEY = ("（亩）", "（%）")  #: figures with decimals, too
_DATES = ("date", "month")
_TAG, _SLUG = re.compile(r"\{[{%].*?[%}]\}"), re.compile(r"[a-z]\w*")


def read_form_marks(folder: Path) -> dict[str, FormMarks]:
    """Form id → its marks, of every spec below a templates folder with its Word file."""
    marks = {}
    groups = tomllib.loads((folder / "shared" / "groups.toml").read_text(encoding="utf-8"))
    for file in sorted(folder.glob("*/*.toml")):
        spec = tomllib.loads(file.read_text(encoding="utf-8"))
        if isinstance(spec.get("id"), str) and isinstance(spec.get("title"), str):
            marks[spec["id"]] = _marks_of(spec, groups, file.with_suffix(".docx"))
    return marks


def _marks_of(spec: Mapping[str, Any], groups: Mapping[str, Any], docx: Path) -> FormMarks:
    fields = list(
        _fields((section.get("field", ()) for section in spec.get("section", ())), groups)
    )
    labels = [(as_label(str(one.get("label", ""))), one.get("type")) for one in fields]
    choices = (choice for one in fields for choice in one.get("choices", ()))
    body = word_body(docx)
    return FormMarks(
        title=spec["title"],
        labels=frozenset(_printed_labels(body)),
        amounts=frozenset(
            label for label, kind in labels if kind == "money" and not label.endswith(_NO_MONEY)
        ),
        dates=frozenset(label for label, kind in labels if kind in _DATES),
        words=frozenset(choice for choice in choices if isinstance(choice, str)),
        slugs=frozenset(_printed_slugs(body)),
    )


def _fields(lists: Iterable[Any], groups: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every field and column, those of shared groups too."""
    for fields in lists:
        for field in fields:
            yield field
            yield from _fields([field.get("column", ()), groups.get(field.get("group"), ())], {})


def word_body(docx: Path) -> Any:
    """The tree of a Word file's body; an empty one, when the file cannot be read."""
    try:
        with ZipFile(docx) as package, package.open("word/document.xml") as stream:
            return etree.parse(stream).getroot()
    except (OSError, KeyError, BadZipFile, etree.XMLSyntaxError):
        return etree.Element(f"{_WORD}document")


def _printed_slugs(body: Any) -> Iterator[str]:
    """What its tags speak of: fields, columns and tables."""
    for paragraph in body.iter(f"{_WORD}p"):
        for tag in _TAG.findall("".join(node.text or "" for node in paragraph.iter(f"{_WORD}t"))):
            yield from _SLUG.findall(tag)


def _printed_labels(body: Any) -> Iterator[str]:
    """Texts of cells that hold nothing to be filled in."""
    for cell in body.iter(f"{_WORD}tc"):
        label = as_label("".join(node.text or "" for node in cell.iter(f"{_WORD}t")))
        if 2 <= len(label) <= _LONGEST_LABEL and "{" not in label and "%" not in label:
            yield label
