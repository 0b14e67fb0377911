"""What a person sees at rows that are read and a program does not read: remarks, colours, notes."""

from collections.abc import Iterator, Mapping, Sequence

from filler.roster.cells import key_text
from filler.roster.columns import is_remark_heading
from filler.roster.layout import FoundTable
from filler.roster.read_spreadsheet import Sheet
from filler.roster.roster import CellPlace, Note

_SHOWN, _MOST_TEXT = 6, 16


def find_unread_notes(table: FoundTable, records: Sequence[int]) -> Iterator[Note]:
    """What a person sees at rows that are read and a program does not read."""
    sheet, marks = table.sheet, table.sheet.marks
    used = table.layout.used
    for at, text in enumerate(table.headings):
        if at + 1 in used or not is_remark_heading(text):
            continue
        said = {row: key_text(sheet.value(row, at)) for row in records}
        yield from _told_rows(sheet, at, "“备注”一列不读，其中写了", said)
    struck = {row: "" for row in records if row in marks.struck_rows}
    yield from _told_rows(sheet, None, "画了删除线，也一并读入；不要的请删去", struck)
    coloured = {row: "" for row in records if row in marks.coloured_rows}
    if 2 * len(coloured) < len(records):
        yield from _told_rows(sheet, None, "标了颜色，颜色不读；不要的请删去", coloured)
    like = dict.fromkeys(
        sorted({row for (row, _), said in table.above.items() if said is not None}), ""
    )
    yield from _told_rows(sheet, None, "写了“同上”，照上面一格读", like)
    own = set(records)
    for (row, column), text in sorted(marks.comments.items()):
        if row in own:
            what = f"批注不读，其中写了“{_shortened(text)}”"
            yield Note(what, CellPlace(sheet.name, row + 1, column + 1))


def _told_rows(
    sheet: Sheet, column: int | None, what: str, said: Mapping[int, str]
) -> Iterator[Note]:
    """Rows with what stands in them, in one sentence."""
    rows = [row for row, text in said.items() if text or column is None]
    if rows:
        named = [
            f"第 {row + 1} 行" + (f"“{_shortened(said[row])}”" if said[row] else "")
            for row in rows[:_SHOWN]
        ]
        more = f"等 {len(rows)} 行" if len(rows) > _SHOWN else ""
        text = "、".join(named) + more
        told = f"{what}：{text}" if column is not None else f"{text}{what}"
        place = CellPlace(sheet.name, rows[0] + 1, None if column is None else column + 1)
        yield Note(told, place)


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _MOST_TEXT else plain[: _MOST_TEXT - 1] + "…"
