"""Rules over the rows of a table."""

from collections.abc import Iterator

from filler.rules.wording import column_label, label_of
from filler.values.language import Column, Count, Rows, Slug, Text, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem


@form_check()
def first_row_is(scope: Scope, rows: Rows, column: Column, slug: Slug) -> Iterator[Problem]:
    """The first row is the applicant: `first_row_is(members.m_id, id_no)`."""
    table = scope.rows(rows)
    if table and scope.text(slug) and table[0].text(column) != scope.text(slug):
        what = f"第 1 行的{column_label(scope, rows, column)}与{label_of(scope, slug)}不一致"
        yield Problem(label_of(scope, rows), what, "第 1 行填写申请人本人", f"{rows}[0].{column}")


@form_check()
def unique(scope: Scope, rows: Rows, column: Column) -> Iterator[Problem]:
    """No value twice in a column."""
    seen: dict[str, int] = {}
    for index, row in enumerate(scope.rows(rows)):
        text = row.text(column)
        if text and text in seen:
            where = f"{label_of(scope, rows)}第 {index + 1} 行{column_label(scope, rows, column)}"
            what = f"“{text}”与第 {seen[text] + 1} 行重复"
            yield Problem(where, what, "删去重复的一行或改正", f"{rows}[{index}].{column}")
        elif text:
            seen[text] = index


@form_check()
def tell_apart(scope: Scope, rows: Rows, name: Column, group: Column) -> Iterator[Problem]:
    """People of one name must be told apart by group or a suffix (乙)."""
    seen: dict[tuple[str, str], int] = {}
    for index, row in enumerate(scope.rows(rows)):
        key = (row.text(name), row.text(group))
        if key in seen and key[0]:
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"“{key[0]}”与第 {seen[key] + 1} 行同名同组"
            yield Problem(
                where, what, "重复则删去；确为两人则后者写“姓名（乙）”", f"{rows}[{index}].{name}"
            )
        seen.setdefault(key, index)


@form_check()
def at_least_one(scope: Scope, rows: Rows, column: Column, value: Text) -> Iterator[Problem]:
    """At least one row holds a value: one insured person."""
    table = scope.rows(rows)
    if table and not any(row.text(column) == value for row in table):
        what = f"没有一行的{column_label(scope, rows, column)}为“{value}”"
        yield Problem(label_of(scope, rows), what, "核对各行", rows)


@form_check(warning=True)
def rows_recommended(scope: Scope, rows: Rows, count: Count) -> Iterator[Problem]:
    """So many rows are advised, not required."""
    filled = len(scope.rows(rows))
    if filled < int(count):
        what = f"填写了 {filled} 行，建议至少 {count} 行"
        yield Problem(label_of(scope, rows), what, "有条件的补上", rows)


@form_check()
def rows_filled_if(
    scope: Scope, rows: Rows, column: Column, value: Text, *needed: Column
) -> Iterator[Problem]:
    """Columns a row needs when another holds a value: a death date for 停发."""
    for index, row in enumerate(scope.rows(rows)):
        if row.text(column) != value:
            continue
        for name in needed:
            if row.value(name) is None:
                where = f"{label_of(scope, rows)}第 {index + 1} 行{column_label(scope, rows, name)}"
                what = f"没有填写（{column_label(scope, rows, column)}为“{value}”时必填）"
                yield Problem(where, what, "请填写", f"{rows}[{index}].{name}")


@form_check()
def rows_are(
    scope: Scope, rows: Rows, column: Column, value: Text, name: Column, text: Text
) -> Iterator[Problem]:
    """What a column is when another holds a value: nobody is left after 停发."""
    for index, row in enumerate(scope.rows(rows)):
        if row.text(column) == value and row.text(name) not in ("", text):
            where = f"{label_of(scope, rows)}第 {index + 1} 行{column_label(scope, rows, name)}"
            what = (
                f"为 {row.text(name)}，{column_label(scope, rows, column)}为“{value}”时应为 {text}"
            )
            yield Problem(where, what, "改成一致", f"{rows}[{index}].{name}")


@form_check(warning=True)
def a_row_each_month(scope: Scope, rows: Rows, column: Column, until: Slug) -> Iterator[Problem]:
    """A visit in every month so far of the record's year."""
    last = scope.date(until)
    if last is None:
        return
    days = [row.date(column) for row in scope.rows(rows)]
    seen = {day.month for day in days if day and day.year == last.year}
    first = min(seen, default=1)
    missing = [str(month) for month in range(first, last.month + 1) if month not in seen]
    if missing:
        what = f"{'、'.join(missing)} 月没有记录"
        yield Problem(label_of(scope, rows), what, "每月至少一次，漏记的补记并说明", rows)


@form_check()
def sealed_only_if_checked(scope: Scope, rows: Rows, column: Column) -> Iterator[Problem]:
    """No seal on a notice that differs from the county's ledger."""
    for index, row in enumerate(scope.rows(rows)):
        if row.text(column) == "否":
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            do = "核对一致后再盖章；未盖章的不登记"
            yield Problem(where, "与县台账不一致，不得盖章", do, f"{rows}[{index}].{column}")
