"""Texts as Word's XML holds them, and those it cannot: control characters, halves of characters."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape

from filler.errors import RenderError

_SPECIAL = re.compile("[&<>'\"\r\n\t]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_EMPTY = Markup("")
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


def mark_texts(context: Mapping[str, Any], whole: str | None = None) -> dict[str, Any]:
    """All texts escaped, their line breaks and tabs as Word's own; `whole` is all of them.

    Rows are handed on: who changes one makes its own of it.
    """
    if whole is None:
        whole = whole_text(context)
    if not _SPECIAL.search(whole):  # most forms: they stand as they are
        return dict(context)
    known: dict[int, dict[str, Any]] = {}
    return {
        name: _mark_rows(value, known) if isinstance(value, list) else _mark(value)
        for name, value in context.items()
    }


def _mark_rows(
    rows: list[Mapping[str, Any]], known: dict[int, dict[str, Any]]
) -> list[dict[str, Any]]:
    """Rows of a table are those of its parts, and blank ones are all the same: marked once."""
    for row in rows:
        if id(row) not in known:
            known[id(row)] = mark_texts(row)
    return [known[id(row)] for row in rows]


def _mark(text: str) -> Markup:
    if not text:
        return _EMPTY
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
    """Each text on one line, as a file's properties hold it."""
    return {
        name: value if isinstance(value, list) else " ".join(value.split())
        for name, value in context.items()
    }


def as_run(text: str) -> Markup:
    """A text as a run of its own."""
    return Markup("<w:r><w:t>{}</w:t></w:r>").format(text)


def name_in_row(table: str, column: str, number: int) -> str:
    """How messages name a cell before its labels are known."""
    return f"{table}.{column} {number}"


def label_of(name: str, labels: Mapping[str, str]) -> str:
    """What a clerk calls a value: 家庭成员第2行姓名; its name when it has no label."""
    slug, _, number = name.partition(" ")
    label = labels.get(slug) or labels.get(slug.removesuffix("_boxes"), slug)
    table, found, column = label.partition("·" if "·" in label else ".")
    if not number:
        return label
    return f"{table}第{number}行{column}" if found else f"{label}第{number}行"


def refuse_unprintable(
    texts: Mapping[str, Any], labels: Mapping[str, str], whole: str | None = None
) -> None:
    """Let through only texts that XML can hold; `whole` is all of them.

    Raises:
        RenderError: naming the fields and the characters.
    """
    if _UNPRINTABLE.search(whole_text(texts) if whole is None else whole):
        found = [_explain(label_of(name, labels), text) for name, text in _all_texts(texts)]
        raise RenderError(
            f"有不能印出的字符：{'；'.join(filter(None, found))}。删去该字符后重新填写。"
        )


def whole_text(texts: Mapping[str, Any]) -> str:
    """Every text, one behind the other: what is looked for in it are single characters."""
    return "".join(bare_texts(texts))


def bare_texts(texts: Mapping[str, Any]) -> list[str]:
    """Every text, those of rows as well; rows that stand in two parts of a table once."""
    found: list[str] = []
    rows: dict[int, Mapping[str, str]] = {}
    for value in texts.values():
        if type(value) is list:
            for row in value:
                rows[id(row)] = row
        else:
            found.append(value)
    for row in rows.values():
        found += row.values()
    return found


def _all_texts(texts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in texts.items():
        if isinstance(value, list):
            for number, row in enumerate(value, 1):
                for column, text in row.items():
                    yield name_in_row(name, column, number), text
        else:
            yield name, value


def _explain(name: str, text: str) -> str:
    match = _UNPRINTABLE.search(text)
    return f"{name}的第 {match.start() + 1} 个字符（U+{ord(match[0]):04X}）" if match else ""
