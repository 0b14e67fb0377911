"""People in a list for whom a form is not: a household's members, those who receive no more.

Issued like the others they would be papers about somebody who never asked for any.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from filler.form.forms import FormSpec
from filler.roster.cells import clean_text, key_text
from filler.roster.columns import fold_heading, is_number_heading, relation_headings
from filler.roster.layout import FoundTable, filled_columns
from filler.roster.roster import RowKind
from minzheng.county.errors import Problem

_MOST_HEADING = 20  #: letters of the heading of a part of a list


def find_not_applicants(
    table: FoundTable, spec: FormSpec, kinds: Mapping[int, RowKind]
) -> dict[int, Problem]:
    """Row, from 0 → why no paper of this form is made of it."""
    records = [row for row, kind in sorted(kinds.items()) if kind is RowKind.READ]
    return {
        **dict(_without_numbers(table, spec, records)),
        **dict(_members(table, spec, records)),
        **dict(_left(table, spec, kinds)),
    }


def _members(
    table: FoundTable, spec: FormSpec, records: Sequence[int]
) -> Iterator[tuple[int, Problem]]:
    """Those whose column says that they are not who a household is listed by."""
    known = relation_headings(spec)
    used = table.layout.used
    heads = frozenset(map(fold_heading, spec.heading_words.heads))
    for at, heading in enumerate(table.headings):
        if fold_heading(heading) not in known or at + 1 in used:
            continue
        said = {row: key_text(table.sheet.value(row, at)) for row in records}
        if not any(fold_heading(text) in heads for text in said.values()):
            continue
        for row, text in said.items():
            if text and fold_heading(text) not in heads:
                yield row, _member(heading.strip(), f"写的是“{text}”，是家庭成员，不另办一份")


def _without_numbers(
    table: FoundTable, spec: FormSpec, records: Sequence[int]
) -> Iterator[tuple[int, Problem]]:
    """Those below a numbered household that have no number of their own."""
    at = next((at for at, text in enumerate(table.headings) if is_number_heading(text)), None)
    if at is None or not relation_headings(spec):
        return
    last = 0
    for row in records:
        number = key_text(table.sheet.value(row, at))
        if number:
            last = row
        elif last:
            what = f"没有序号，上面第 {last + 1} 行的一户有；一家人只办一份"
            yield row, _member(table.headings[at].strip(), what)


def _member(heading: str, what: str) -> Problem:
    do = "是家庭成员的，移到“家庭成员”的工作表；是另一户的，在这一格写明"
    return Problem(heading, what, do)


def _left(
    table: FoundTable, spec: FormSpec, kinds: Mapping[int, RowKind]
) -> Iterator[tuple[int, Problem]]:
    """Those below 二、停发, on a form that has nothing to do with it."""
    own = _words_of(spec)
    words = [word for word in spec.heading_words.left if word not in own]
    part = table.sheet.name
    for row, kind in sorted(kinds.items()):
        if kind in (RowKind.TITLE, RowKind.NOTE):
            part = _heading(table, row) or part
        elif kind is RowKind.READ and any(word in part for word in words):
            what = f"在“{part}”这一部分，不再享受的不办这张表"
            yield row, Problem("整行", what, "把这一部分移到另一个文件；要办的，移到上面去")
        elif kind is RowKind.READ and (at := _said_left(table, row, words)) is not None:
            what = f"写的是“{key_text(table.sheet.value(row, at))}”，不再享受的不办这张表"
            yield row, Problem(table.headings[at].strip(), what, "删去这一行；要办的，改正这一格")


def _said_left(table: FoundTable, row: int, words: Sequence[str]) -> int | None:
    """The column, from 0, that is not read and says of a row 停发, 已死亡 and no more."""
    used = table.layout.used
    said = (
        at
        for at, heading in enumerate(table.headings)
        if heading and at + 1 not in used
        if key_text(table.sheet.value(row, at)).removeprefix("已") in words
    )
    return next(said, None)


@lru_cache(maxsize=256)
def _words_of(spec: FormSpec) -> str:
    """All that a form says of itself: a paper on deaths is for a list of the dead."""
    said = [spec.title, spec.short_title, *(one.title for one in spec.sections)]
    for field in spec.fields:
        said += [field.label, *field.choices]
    return "\n".join(said)


def _heading(table: FoundTable, row: int) -> str:
    """The one short text of a row; empty when there is more in it, or a sentence."""
    texts = {clean_text(str(table.sheet.value(row, at))) for at in filled_columns(table.sheet, row)}
    text = texts.pop() if len(texts) == 1 else ""
    return text if len(text) <= _MOST_HEADING and not text.endswith("。") else ""
