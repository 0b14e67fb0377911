"""What is printed on all forms, for those who read their scans: what templates say without tags."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from minzheng.county.form_print import as_form_print

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_PART = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")


def read_form_prints(folder: Path) -> dict[str, str]:
    """Form id → its print; a form that cannot be read has none."""
    prints = {}
    for file in sorted(folder.glob("*/*.toml")):
        form_id = _id_of(file)
        if form_id:
            prints[form_id] = as_form_print(_pieces(file.with_suffix(".docx")))
    return prints


def _pieces(docx: Path) -> Iterator[str]:
    """Paragraphs, cut where an answer stands: nothing is printed there on every copy."""
    try:
        with ZipFile(docx) as package:
            parts = [package.read(name) for name in package.namelist() if _PART.fullmatch(name)]
            trees = [etree.fromstring(part) for part in parts]
    except (OSError, BadZipFile, etree.XMLSyntaxError):
        return
    for tree in trees:
        for paragraph in tree.iter(f"{_WORD}p"):
            yield from _TAG.split(_text_of(paragraph))


def _text_of(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{_WORD}t"))


def _id_of(file: Path) -> str:
    try:
        form_id = tomllib.loads(file.read_text(encoding="utf-8")).get("id")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""
    return form_id if isinstance(form_id, str) else ""
