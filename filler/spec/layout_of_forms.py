"""Where the answers of all forms stand, for those who read what was written there by hand.

The cells of a template hold tags, and the cell before, or the head of the column, says in
print what belongs there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minzheng.county.form_files import WORD, FormFile, Groups, form_files, shared_groups
from minzheng.county.form_layout import FieldKind, FormCell
from minzheng.county.form_marks import as_label

#: What stands instead of a blank, `{{ phone or '无' }}`, is part of the tag.
_TAG = re.compile(r"\{\{\s*(?P<row>\w+\.)?(?P<slug>\w+)(?:\s+or\s+'[^']*')?\s*\}\}")
_TAGS = re.compile(rf"(?:{re.sub('[?]P<[a-z]+>', '?:', _TAG.pattern)}[\s、]*)+")
#: Conditions print nothing; what they hold back is a sign between two values.
_STATEMENT = re.compile(r"\{%.*?%\}")
_KINDS: Mapping[str, FieldKind] = {
    "idcard": "id", "phone": "phone", "money": "amount", "choice": "choice", "text": "text",
}  # fmt: skip
_BOXES = re.compile(r"\{\{\s*(?:\w+\.)?(?P<slug>\w+)_(?:boxes|勾选)\s*\}\}")
_LONGEST_LABEL = 16
_NAME_RULES = ("person_name()", "bank_holder(")


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int  #: column of the grid
    end: int


def read_form_layouts(folder: Path) -> dict[str, tuple[FormCell, ...]]:
    """Form id → the cells of its tables that are filled in; a form that cannot be read has none."""
    groups = shared_groups(folder)
    return {form.id: layout_of(form, groups) for form in form_files(folder)}


def layout_of(form: FormFile, groups: Groups) -> tuple[FormCell, ...]:
    """The cells of one form that are filled in."""
    fields = {one["slug"]: one for one in _fields(form.spec, groups) if "slug" in one}
    return tuple(dict.fromkeys((*_cells_of(form.body, fields), *_boxes_of(form.body, fields))))


def _boxes_of(body: Any, fields: Mapping[str, Any]) -> Iterator[FormCell]:
    """Choices that are printed with their boxes and of which only one may be ticked."""
    named = {str(field.get("label")): field for field in fields.values()}
    for paragraph in body.iter(f"{WORD}p"):
        text = "".join(node.text or "" for node in paragraph.iter(f"{WORD}t"))
        for tag in _BOXES.finditer(text):
            field = fields.get(tag["slug"]) or named.get(tag["slug"], {})
            choices = field.get("choices", ())
            if field.get("type") == "choice" and isinstance(choices, list):
                yield FormCell(as_label(str(field.get("label"))), "boxes", choices=tuple(choices))


def _cells_of(body: Any, fields: Mapping[str, Any]) -> Iterator[FormCell]:
    for rows in _tables(body):
        heads: list[_Cell] = []
        for row in rows:
            yield from _filled_cells(row, heads, fields)
            yield from _labels(row)
            if not any("{" in cell.text for cell in row):
                heads = row


def _filled_cells(
    row: list[_Cell], heads: list[_Cell], fields: Mapping[str, Any]
) -> Iterator[FormCell]:
    for number, cell in enumerate(row):
        told = _STATEMENT.sub("", cell.text).strip()
        tag = _TAG.match(told) if _TAGS.fullmatch(told) else None
        field = fields.get(tag["slug"]) if tag else None
        kind = _kind(field) if field else None
        if tag is None or field is None or kind is None:
            continue
        is_column = bool(tag["row"])
        above = next((one for one in heads if (one.start, one.end) == (cell.start, cell.end)), None)
        before = row[number - 1] if number else None
        label = above if is_column else before
        if label is not None and label.text and "{" not in label.text:
            choices = field.get("choices", ())
            listed = tuple(choices) if isinstance(choices, list) else ()
            yield FormCell(as_label(label.text), kind, is_column, listed)


def _labels(row: list[_Cell]) -> Iterator[FormCell]:
    for cell in row:
        label = as_label(cell.text)
        if label and len(label) <= _LONGEST_LABEL and "{" not in label:
            yield FormCell(label, "label")


def _kind(field: Mapping[str, Any]) -> FieldKind | None:
    if any(rule.startswith(_NAME_RULES) for rule in field.get("rules", ())):
        return "name"
    return _KINDS.get(str(field.get("type")))


def _fields(node: Any, groups: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every field and column of a spec, those of shared groups too."""
    parts: Iterable[Any] = node if isinstance(node, list) else ()
    if isinstance(node, dict):
        yield node
        parts = (node.get("section"), node.get("field"), node.get("column"))
        yield from _fields(groups.get(str(node.get("group"))), {})
    for part in parts:
        yield from _fields(part, groups)


def _tables(body: Any) -> Iterator[list[list[_Cell]]]:
    for table in body.iter(f"{WORD}tbl"):
        yield [list(_row(row)) for row in table.iterchildren(f"{WORD}tr")]


def _row(row: Any) -> Iterator[_Cell]:
    start = 0
    for cell in row.iterchildren(f"{WORD}tc"):
        span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
        width = int(span.get(f"{WORD}val", "1")) if span is not None else 1
        text = "".join(node.text or "" for node in cell.iter(f"{WORD}t")).strip()
        yield _Cell(text, start, start + width)
        start += width
