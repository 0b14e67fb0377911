"""What is printed on all forms, for those who read their scans: what templates say without tags."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minzheng.county.form_files import WORD, FormFile, form_files
from minzheng.county.form_print import as_form_print

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")


def read_form_prints(folder: Path) -> dict[str, str]:
    """Form id → its print; a form that cannot be read has none."""
    return {form.id: print_of(form) for form in form_files(folder)}


def print_of(form: FormFile) -> str:
    """The print of one form."""
    return as_form_print(_pieces(form))


def _pieces(form: FormFile) -> Iterator[str]:
    """Paragraphs, cut where an answer stands: nothing is printed there on every copy."""
    for tree in form.parts():
        for paragraph in tree.iter(f"{WORD}p"):
            yield from _TAG.split(_text_of(paragraph))


def _text_of(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{WORD}t"))
