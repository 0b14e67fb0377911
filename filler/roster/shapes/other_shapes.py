"""Spreadsheets that are no list of one person a row: each refused by its name."""

from collections.abc import Iterable, Sequence

from filler.errors import RosterError
from filler.form.forms import FormSpec
from filler.roster.cells import key_text
from filler.roster.columns import form_headings, person_field
from filler.roster.heading_notes import find_table_beside
from filler.roster.layout import FoundTable, find_tables, headings_of
from filler.roster.read_spreadsheet import Sheet


def say_no_header(name: str, sheets: Sequence[Sheet], spec: FormSpec) -> str:
    """Why nothing can be read, and what to do."""
    if any(find_tables(spec, [one.turned()]) for one in sheets if not one.is_hidden):
        return (
            f"{name} 的表头竖着排在一列里，一户占一列。"
            "把表格行列转置（复制后选择性粘贴，勾选“转置”），一户一行，再用。"
        )
    wanted = "、".join(list(form_headings(spec).names.values())[:8])
    return (
        f"{name} 中没有找到《{spec.short_title}》的表头（如 {wanted}）。"
        f"请用“花名册模板”填写，或核对选的是不是这张表。"
    )


def refuse_lists_beside(name: str, tables: Iterable[FoundTable]) -> None:
    """Of two lists side by side the right one would not be read.

    Raises:
        RosterError: a list stands to the right of another.
    """
    for table in tables:
        beside = None if table.sheet.is_hidden else find_table_beside(table)
        if beside:
            raise RosterError(
                f"{name} 的“{table.sheet.name}”左右并排了两份名单"
                f"（{beside[0]} 和 {beside[1]} 是同一个表头）。"
                "把右边的剪下来接在左边的下面，再用。"
            )


def refuse_cards(
    name: str, spec: FormSpec, tables: Iterable[tuple[FoundTable, Sequence[int]]]
) -> None:
    """A form filled for one person, headings beside their answers, would be read as a list.

    Raises:
        RosterError: most of the rows below a header hold headings.
    """
    for table, records in tables:
        labels = sum(_is_line_of_card(table, spec, row) for row in records)
        if records and 2 * labels > len(records):
            raise RosterError(
                f"{name} 的“{table.sheet.name}”是一人一张的表（左边是项目，右边是内容），"
                "不是花名册。照“花名册模板”一人一行填写，或在页面上逐份填写。"
            )


def _is_line_of_card(table: FoundTable, spec: FormSpec, row: int) -> bool:
    """Whether headings stand in most of the columns that are read."""
    known = headings_of(spec, table.field)
    texts = [key_text(table.sheet.value(row, at - 1)) for at in table.layout.columns.values()]
    filled = list(filter(None, texts))
    labels = sum(bool(known.find(text) or known.find_word(text)) for text in filled)
    return 2 * labels > len(filled)


def is_list_of_people(table: FoundTable, spec: FormSpec) -> bool:
    """Whether it says who: a table of sums by village does not."""
    person = person_field(spec)
    own = {"name", person.slug if person else "name"}
    return bool(own & set(table.layout.columns))
