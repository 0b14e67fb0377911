"""Texts as Word's XML holds them."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

_SPECIAL = re.compile("[&<>'\"\r\n\t]")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


def mark_texts(context: Mapping[str, Any]) -> dict[str, Any]:
    """Escaped, line breaks and tabs as Word's own."""
    return {
        name: [mark_texts(row) for row in value] if isinstance(value, list) else _mark(value)
        for name, value in context.items()
    }


def _mark(text: str) -> Markup:
    if isinstance(text, Markup):  # runs made by the program: no answer is of this type
        return Markup(str(text).replace("\n", _BREAK).replace("\t", _TAB))
    if not _SPECIAL.search(text):
        return str.__new__(Markup, text)
    safe = escape(text)
    if "\r" in safe:
        safe = Markup("\n".join(re.split("\r\n?", safe)))
    if "\n" in safe or "\t" in safe:
        return Markup(str(safe).replace("\n", _BREAK).replace("\t", _TAB))
    return safe


def on_one_line(context: Mapping[str, Any]) -> dict[str, Any]:
    """For properties, which have no lines."""
    return {
        name: value if isinstance(value, list) else " ".join(value.split())
        for name, value in context.items()
    }


def as_run(text: str) -> Markup:
    """A text as a run of its own."""
    return Markup("<w:r><w:t>{}</w:t></w:r>").format(text)
