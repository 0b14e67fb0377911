"""What is printed on all forms, for those who read their scans: what templates say without tags."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from minzheng.county.form_print import as_form_print

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
#: What a spec fixes stands on every copy, though a tag of the template prints it.
_SLUG = re.compile(r"\{\{\s*(?P<slug>\w+)(?:\s+or\s+(?:'[^']*'|\"[^\"]*\"))?\s*\}\}")
_FIXED = re.compile(r'fixed\("(?P<text>[^"]*)"\)')
_PART = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")


def read_form_prints(folder: Path) -> dict[str, str]:
    """Form id → its print; a form that cannot be read has none."""
    prints = {}
    for file in sorted(folder.glob("*/*.toml")):
        spec = _spec_of(file)
        form_id = spec.get("id")
        if isinstance(form_id, str):
            fixed = {"title": str(spec.get("title", "")), **dict(_fixed(spec))}
            prints[form_id] = as_form_print(_pieces(file.with_suffix(".docx"), fixed))
    return prints


def _pieces(docx: Path, fixed: Mapping[str, str]) -> Iterator[str]:
    """Paragraphs, cut where an answer stands: nothing is printed there on every copy."""
    try:
        with ZipFile(docx) as package:
            parts = [package.read(name) for name in package.namelist() if _PART.fullmatch(name)]
            trees = [etree.fromstring(part) for part in parts]
    except (OSError, BadZipFile, etree.XMLSyntaxError):
        return
    for tree in trees:
        for paragraph in tree.iter(f"{_WORD}p"):
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
    return "".join(node.text or "" for node in paragraph.iter(f"{_WORD}t"))


def _spec_of(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
