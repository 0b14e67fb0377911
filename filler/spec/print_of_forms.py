"""What is printed on all forms, for those who read their scans: what templates say without tags."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from minzheng.county.form_files import WORD, FormFile, form_files
from minzheng.county.form_print import as_form_print

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
#: What a spec fixes stands on every copy, though a tag of the template prints it.
_SLUG = re.compile(r"\{\{\s*(?P<slug>\w+)(?:\s+or\s+(?:'[^']*'|\"[^\"]*\"))?\s*\}\}")
_FIXED = re.compile(r'fixed\("(?P<text>[^"]*)"\)')


def read_form_prints(folder: Path) -> dict[str, str]:
    """Form id → its print; a form that cannot be read has none."""
    return {form.id: print_of(form) for form in form_files(folder)}


def print_of(form: FormFile) -> str:
    """The print of one form."""
    fixed = {"title": str(form.spec.get("title", "")), **dict(_fixed(form.spec))}
    return as_form_print(_pieces(form, fixed))


def _pieces(form: FormFile, fixed: Mapping[str, str]) -> Iterator[str]:
    """Paragraphs, cut where an answer stands: nothing is printed there on every copy."""
    for tree in form.parts():
        for paragraph in tree.iter(f"{WORD}p"):
            text = _SLUG.sub(lambda tag: fixed.get(tag["slug"]) or tag[0], _text_of(paragraph))
            yield from _TAG.split(text)


def _fixed(node: Any) -> Iterator[tuple[str, str]]:
    """Fields whose text a spec fixes, wherever in it they stand."""
    if isinstance(node, dict):
        found = _FIXED.fullmatch(str(node.get("derived", "")))
        if found and "slug" in node:
            yield node["slug"], found["text"]
    for part in node.values() if isinstance(node, dict) else node:
        if isinstance(part, dict | list):
            yield from _fixed(part)


def _text_of(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{WORD}t"))
