"""The marks of all forms, for those who only need to recognise them on a scan."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from minzheng.county.form_files import WORD, FormFile, Groups, form_files, shared_groups
from minzheng.county.form_marks import FormMarks, as_label

_LONGEST_LABEL = 16
_NO_MONEY = ("（亩）", "（%）")  #: figures with decimals, too
_DATES = ("date", "month")
_TAG, _SLUG = re.compile(r"\{[{%].*?[%}]\}"), re.compile(r"[a-z]\w*")


def read_form_marks(folder: Path) -> dict[str, FormMarks]:
    """Form id → its marks, of every spec below a templates folder with its Word file."""
    groups = shared_groups(folder)
    return {form.id: marks_of(form, groups) for form in form_files(folder) if form.has_title}


def marks_of(form: FormFile, groups: Groups) -> FormMarks:
    """The marks of a form that has a title."""
    spec, body = form.spec, form.body
    fields = list(
        _fields((section.get("field", ()) for section in spec.get("section", ())), groups)
    )
    labels = [(as_label(str(one.get("label", ""))), one.get("type")) for one in fields]
    choices = (choice for one in fields for choice in one.get("choices", ()))
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


def _printed_slugs(body: Any) -> Iterator[str]:
    """What its tags speak of: fields, columns and tables."""
    for paragraph in body.iter(f"{WORD}p"):
        for tag in _TAG.findall("".join(node.text or "" for node in paragraph.iter(f"{WORD}t"))):
            yield from _SLUG.findall(tag)


def _printed_labels(body: Any) -> Iterator[str]:
    """Texts of cells that hold nothing to be filled in."""
    for cell in body.iter(f"{WORD}tc"):
        label = as_label("".join(node.text or "" for node in cell.iter(f"{WORD}t")))
        if 2 <= len(label) <= _LONGEST_LABEL and "{" not in label and "%" not in label:
            yield label
