"""The printed rows in which a form is signed, by its Word file: a lost label has neighbours."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.form_files import WORD, FormFile, form_files, shared_groups
from minzheng.county.form_print import as_print
from minzheng.county.sign_fields import SignField, sign_fields_of

RowKind = Literal["head", "cells", "line"]

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_ASKED = re.compile(r"(?P<label>[\u3400-\u9fff（）、]{2,16}?)[：:]\s*_{5,}")
_LOOP = "{%tr for"
_SIGNING = re.compile(r"签[字名章收]$")
_NOISE = re.compile(r"[（）]|按印|捺印")
_LEAST_TOLD = 3  #: signs of print that tells where on a form one is
_TOLD_OFTEN = re.compile(r"盖章|年月日|编号|^[\d：_]+$")


@dataclass(frozen=True, slots=True)
class SignRow:
    """What is printed in one row of a form; a cell without print on every copy is empty."""

    kind: RowKind  #: heads of a list, labels beside cells, labels before rules
    cells: tuple[str, ...]  #: from the left, as `form_print.as_print` writes them
    asks: tuple[int, ...]  #: which of them ask for a signature
    before: str = ""  #: the print that stands before the row
    after: str = ""  #: and behind it


SignRows = Mapping[str, tuple[SignRow, ...]]  #: form id → its rows, in their order


@dataclass(frozen=True, slots=True)
class _Printed:
    """A row of a table or a paragraph."""

    texts: tuple[str, ...]
    is_before_list: bool = False


def load_sign_rows(folder: Path = TEMPLATES_FOLDER) -> SignRows:
    """The rows of all forms that ask for signatures."""
    groups = shared_groups(folder)
    return {
        form.id: sign_rows_of(form, sign_fields_of(form, groups)) for form in form_files(folder)
    }


def sign_rows_of(form: FormFile, fields: Sequence[SignField]) -> tuple[SignRow, ...]:
    """The rows of one form that ask for the signatures of its fields."""
    if not fields:
        return ()
    printed = list(_printed(form.body))
    found = (
        row
        for number, one in enumerate(printed)
        for row in _rows_in(
            one, fields, _told_before(printed, number), _told_after(printed, number)
        )
    )
    return tuple(dict.fromkeys(found))


def _rows_in(
    one: _Printed, fields: Sequence[SignField], before: str, after: str
) -> Iterator[SignRow]:
    cells = tuple(as_print(_TAG.sub("", text)) if "{" not in text else "" for text in one.texts)
    kind: RowKind = "head" if one.is_before_list else "cells"
    labels = [field.label for field in fields if field.is_column is one.is_before_list]
    asks = [
        number
        for number, cell in enumerate(cells)
        if _is_asked(cell, labels)
        and (one.is_before_list or (number + 1 < len(cells) and not one.texts[number + 1]))
    ]
    if asks:
        yield SignRow(kind, cells, _but_names(cells, asks), before, after)
    for text in one.texts:
        asked = tuple(as_print(found["label"]) for found in _ASKED.finditer(text))
        named = tuple(
            number
            for number, label in enumerate(asked)
            if _is_asked(label, [field.label for field in fields], is_line=True)
        )
        if named:
            yield SignRow("line", asked, named, _first_told(one, before), after)


def _but_names(cells: Sequence[str], asks: Sequence[int]) -> tuple[int, ...]:
    """Beside 批准人签字 the cell 批准人 asks for a name in print."""
    signing = {_plain(cells[one]) for one in asks if _SIGNING.search(_bare(cells[one]))}
    return tuple(
        one
        for one in asks
        if _SIGNING.search(_bare(cells[one])) or _plain(cells[one]) not in signing
    )


def _first_told(one: _Printed, before: str) -> str:
    """A cell before that of the line, else what stands before its row."""
    told = [told for text in one.texts if "_" not in text and (told := _told(text))]
    return told[0] if told and len(one.texts) > 1 else before


def _is_asked(cell: str, labels: Sequence[str], *, is_line: bool = False) -> bool:
    """Whether print is a label of the spec; in a line less may stand: 审核 for 审核人."""
    plain = _plain(cell)
    if not plain:
        return False
    return any(
        plain == label or (is_line and (label.endswith(plain) or label[:-1] == plain))
        for label in map(_plain, labels)
    )


def _bare(text: str) -> str:
    return _NOISE.sub("", as_print(text))


def _plain(text: str) -> str:
    """A label without the word for signing, for spec and print differ in it."""
    bare = _bare(text)
    return _SIGNING.sub("", bare) or bare


def _told_before(printed: Sequence[_Printed], number: int) -> str:
    return next(_of_rows(reversed(printed[:number])), "")


def _told_after(printed: Sequence[_Printed], number: int) -> str:
    return next(_of_rows(printed[number + 1 :]), "")


def _of_rows(rows: Any) -> Iterator[str]:
    return filter(None, map(_told, chain.from_iterable(one.texts for one in rows)))


def _told(text: str) -> str:
    """Print of a cell or paragraph that tells where one is; nothing when it holds answers."""
    told = "" if "{" in text else as_print(text.replace("_", ""))
    return told if len(told) >= _LEAST_TOLD and not _TOLD_OFTEN.search(told) else ""


def _printed(body: Any) -> Iterator[_Printed]:
    for part in body.iter(f"{WORD}tbl", f"{WORD}p"):
        if part.tag == f"{WORD}p":
            if not any(True for _ in part.iterancestors(f"{WORD}tc")):
                yield _Printed((_text_of(part),))
            continue
        rows = [
            tuple(_text_of(cell) for cell in row.iterchildren(f"{WORD}tc"))
            for row in part.iterchildren(f"{WORD}tr")
        ]
        for row, below in zip(rows, [*rows[1:], ("",)], strict=True):
            if not any(text.startswith("{%") for text in row):
                yield _Printed(row, below[0].startswith(_LOOP))


def _text_of(part: Any) -> str:
    return "".join(node.text or "" for node in part.iter(f"{WORD}t")).strip()
