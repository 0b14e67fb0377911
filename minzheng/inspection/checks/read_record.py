"""An issued document as the checks read it: what was typed and computed, as it was printed."""

from collections.abc import Iterator, Mapping
from typing import Any

from minzheng.inspection.checks.papers import RECORD, TABLE, Paper, Row, day_in
from minzheng.inspection.checks.what_is_read import COLUMNS, DAYS, VALUES, is_scheme_code

_PARTS_OF_TABLES = ("_first", "_more")  #: a table that is printed in two places stands twice
_BATCH = "GS"


def read_record(
    number: int, form_id: str, case_no: str, texts: Mapping[str, Any], answers: Mapping[str, Any]
) -> Paper:
    """A document; one issued before its printed texts were kept is read from its answers."""
    given = texts or answers
    values = {slug: one for slug in given if slug in VALUES and (one := _text(given[slug]))}
    day = next((day for slug in DAYS if (day := day_in(values.get(slug, "")))), None)
    code = case_no.partition("-")[0]
    return Paper(
        RECORD, number, form_id,
        _text(given.get("town")), _text(given.get("village")),
        code if is_scheme_code(code) else form_id.partition("-")[0],
        str(day.year) if day else "",
        case_no, _text(given.get("title")), day, values, tuple(_rows(given)),
    )  # fmt: skip


def _rows(given: Mapping[str, Any]) -> Iterator[Row]:
    for table, rows in given.items():
        if not isinstance(rows, list) or table.endswith(_PARTS_OF_TABLES):
            continue
        for row in rows:
            if not isinstance(row, Mapping):
                break
            kept = {name: text for name in row if name in COLUMNS and (text := _text(row[name]))}
            if kept:
                yield {TABLE: table, **kept}


def _text(value: Any) -> str:
    """A value as text; several choices stand one after the other."""
    if isinstance(value, list | tuple):
        return "、".join(map(str, value)) if all(isinstance(one, str) for one in value) else ""
    return "" if value is None or isinstance(value, dict) else str(value).strip()
