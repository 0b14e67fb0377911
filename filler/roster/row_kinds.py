"""What each row of a sheet is, so that none is lost: the sum of the kinds is all rows."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from filler.form.forms import FormSpec
from filler.form.heading_words import HeadingWords
from filler.roster.cells import clean_text, key_text
from filler.roster.columns import CHECKED, fold_heading, is_number_heading, person_field
from filler.roster.layout import FoundTable, filled_columns, is_filled_row
from filler.roster.read_spreadsheet import CellValue, Sheet
from filler.roster.roster import CellPlace, Note, RowKind
from minzheng.county.writing.id_card import normalise_id

_FEW = 3  #: a row at the end with fewer filled cells is no record
_STEMS = "甲乙丙丁戊己庚"
_COUNTING = frozenset(("栏次", "列次", "列号", "序号", *_STEMS))
_SHOWN = 6
_MOST_TEXT = 16
_ID_LIKE = re.compile(r"\d{14,18}[\dXx*]?")
_SIGNED = re.compile(r"盖章|公章|签字|签名|签章|^[\s_]*年[\s_]*月[\s_]*日[\s_]*$")
_NO_NAME = re.compile(r"[、，,。；;：:（(\d]|.{9}")
_AFTER_NOTE = re.compile(r"^\s*[:：]|^\s*[(（]?\s*\d{1,2}\s*[.．、)）]")
_AFTER_TOTAL = re.compile(
    r"[\s:：(（)）\d,，.户人元个名份次笔项万共计大写整"
    r"一二三四五六七八九十百千〇零壹贰叁肆伍陆柒捌玖拾佰仟]*"
)
_COLON_WITHIN = 12
_DAY = re.compile(r"\d{2,4}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?")
_MOST_TOTAL = 10  #: letters of a text that ends so: 中坝村合计
_MOST_BEFORE = 6  #: letters before a sum and its number: 二组小计：3人


def last_row(sheet: Sheet) -> int:
    """How many rows there are to the last in which anything stands."""
    marked = max((row + 1 for row, _ in sheet.marks.faults), default=0)
    rows = range(len(sheet.rows), 0, -1)
    return max(marked, next((row for row in rows if is_filled_row(sheet, row - 1)), 0))


def kinds_of_rows(table: FoundTable, spec: FormSpec) -> dict[int, RowKind]:
    """The kind of every row of a table, its titles and headers included; records are READ."""
    reader = _Reader(table, spec)
    kinds = dict.fromkeys(table.titles, RowKind.TITLE)
    kinds = {row: _unless_empty(table.sheet, row, kind) for row, kind in kinds.items()}
    kinds[table.layout.header_row - 1] = RowKind.HEADER
    end = min(table.end, last_row(table.sheet))
    for row in range(table.layout.header_row, end):
        kinds[row] = RowKind.AGAIN if row in table.repeated else reader.kind(row)
    for row in reversed(range(table.layout.header_row, end)):
        if kinds[row] is RowKind.READ and not reader.is_short(row):
            break
        if kinds[row] is RowKind.READ:
            kinds[row] = RowKind.NOTE
    return kinds


def kinds_of_stranger(sheet: Sheet) -> dict[int, RowKind]:
    """The rows of a sheet that is not read."""
    return {row: _unless_empty(sheet, row, RowKind.LEFT) for row in range(last_row(sheet))}


def notes_of_rows(sheet: Sheet, kinds: Mapping[int, RowKind]) -> Iterator[Note]:
    """Rows that hold something and were not read, each kind in one sentence."""
    for kind, words in (
        (RowKind.AGAIN, "表头又出现了一次，下面接着读"),
        (RowKind.TOTAL, "合计行没有读"),
        (RowKind.NOTE, "当作说明或签名，没有读"),
    ):
        rows = sorted(row for row, one in kinds.items() if one is kind)
        if rows:
            named = "、".join(_named(sheet, row) for row in rows[:_SHOWN])
            more = f"等 {len(rows)} 行" if len(rows) > _SHOWN else ""
            yield Note(f"{words}：{named}{more}", CellPlace(sheet.name, rows[0] + 1))


def _named(sheet: Sheet, row: int) -> str:
    text = next((key_text(sheet.rows[row][at]) for at in filled_columns(sheet, row)), "")
    shown = text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"
    return f"第 {row + 1} 行“{shown}”"


def _unless_empty(sheet: Sheet, row: int, kind: RowKind) -> RowKind:
    return kind if row < len(sheet.rows) and is_filled_row(sheet, row) else RowKind.EMPTY


class _Reader:
    """Tells records from what else stands between and below them."""

    def __init__(self, table: FoundTable, spec: FormSpec) -> None:
        self._sheet, self._words = table.sheet, spec.heading_words
        self._known = {column - 1 for column in table.layout.used}
        self._numbers = {at for at, text in enumerate(table.headings) if is_number_heading(text)}
        self._ours = {at for at, text in enumerate(table.headings) if fold_heading(text) == CHECKED}
        person = person_field(spec) if table.field is None else None
        columns = table.layout.columns
        self._person = columns[person.slug] - 1 if person and person.slug in columns else None
        self._name = columns.get("name", 0) - 1
        self._width = len(columns) if table.field is None else 0

    def kind(self, row: int) -> RowKind:
        """The kind of a row below the header."""
        is_example = self._is_example(row)
        if is_example or self._holds_person(row):
            return RowKind.NOTE if is_example else RowKind.READ
        faulty = any((row, at) in self._sheet.marks.faults for at in self._known)
        filled = [at for at in self._filled(row) if at not in self._ours]
        if not faulty and (not filled or self._is_only_numbered(row, filled)):
            return RowKind.EMPTY
        texts = [clean_text(str(self._sheet.value(row, at))) for at in filled]
        if _is_total(texts, self._words):
            return RowKind.TOTAL
        if texts and (counts_columns(texts) or _are_notes(texts, self._words)):
            return RowKind.NOTE
        if faulty or self._known.intersection(filled):
            return RowKind.NOTE if self._is_heading_of_group(row, filled) else RowKind.READ
        return RowKind.NOTE

    def is_short(self, row: int) -> bool:
        """Whether so little stands in a row that at the end of a table it is no record."""
        filled = [at for at in self._filled(row) if at not in self._ours]
        is_begun = self._name in filled and self._is_only_numbered(
            row, [at for at in filled if at != self._name]
        )
        has_fault = any((row, at) in self._sheet.marks.faults for at in self._known)
        is_narrow = self._width <= _FEW
        return not (
            has_fault
            or is_narrow
            or len(filled) >= _FEW
            or self._holds_person(row)
            or (is_begun and len(filled) > 1)
        )

    def _is_example(self, row: int) -> bool:
        """Whether its first text says that it shows how to fill in."""
        first = next(iter(self._filled(row)), None)
        text = "" if first is None else clean_text(str(self._sheet.value(row, first)))
        return _begins_with(self._words.examples, text)

    def _filled(self, row: int) -> list[int]:
        return filled_columns(self._sheet, row) if row < len(self._sheet.rows) else []

    def _holds_person(self, row: int) -> bool:
        if self._person is None:
            return False
        number = normalise_id(key_text(self._sheet.value(row, self._person)))
        return bool(_ID_LIKE.match(number))

    def _is_only_numbered(self, row: int, filled: Sequence[int]) -> bool:
        """Numbered in advance, and nothing else."""
        return bool(filled) and all(
            at in self._numbers and _is_number(self._sheet.value(row, at)) for at in filled
        )

    def _is_heading_of_group(self, row: int, filled: Sequence[int]) -> bool:
        """One text alone, merged over columns or not in the column of names: 二组."""
        if len(filled) != 1 or _is_number(self._sheet.value(row, filled[0])):
            return False
        is_wide = any(
            top == row and left == filled[0] and right - left >= _FEW - 1
            for (top, left), (_, right) in self._sheet.merged
        )
        if is_wide or self._width <= _FEW:
            return is_wide
        is_name = filled[0] in (self._name, self._person)
        return not is_name or self._is_no_name(self._sheet.value(row, filled[0]))

    def _is_no_name(self, value: CellValue) -> bool:
        """Whether a text alone in the column of names is none: 一、新增（3人）."""
        text = str(value).strip()
        return bool(_NO_NAME.search(text)) or any(word in text for word in self._words.left)


def counts_columns(texts: Sequence[str]) -> bool:
    """Whether a row below a header numbers the columns: 栏次 1 2 3 4, 甲 乙 1 2 3."""
    numbers = [text.removesuffix(".0") for text in texts if text not in _COUNTING]
    counted = [str(one) for one in range(1, len(numbers) + 1)]
    stems = [text for text in texts if text in _STEMS]
    is_long = len(numbers) >= _FEW or (len(stems) >= _FEW and stems == list(_STEMS[: len(stems)]))
    return len(texts) > _FEW and is_long and numbers == counted


def _is_number(value: CellValue) -> bool:
    return not isinstance(value, str) or value.strip().isdigit()


def _is_total(texts: Sequence[str], words: HeadingWords) -> bool:
    """Whether one of the first texts says that the row adds up."""
    return any(_begins_total(text, words) for text in texts[:3])


def _begins_total(text: str, words: HeadingWords) -> bool:
    folded = _folded(text)
    if len(folded) <= _MOST_TOTAL and folded.rstrip(":：").endswith(words.totals):
        return True
    found = ((folded.find(word), word) for word in map(_folded, words.totals))
    rests = (folded[at + len(word) :] for at, word in found if 0 <= at <= _MOST_BEFORE)
    return any(_AFTER_TOTAL.fullmatch(rest) for rest in rests)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _are_notes(texts: Sequence[str], words: HeadingWords) -> bool:
    """Whether all explain or sign, with their day; or one thing is said in every cell."""
    if len(texts) >= _FEW and len(set(texts)) == 1 and not _is_number(texts[0]):
        return True
    others = [one for one in texts if not _is_note(one, words)]
    return len(others) < len(texts) and all(map(_DAY.fullmatch, map(_folded, others)))


def _is_note(text: str, words: HeadingWords) -> bool:
    folded = _folded(text)
    if _SIGNED.search(text) or ":" in folded[:_COLON_WITHIN]:
        return True
    return _begins_with(words.notes, text)


def _begins_with(words: Iterable[str], text: str) -> bool:
    """Whether a text is one of the words, or goes on behind it with a colon or a number."""
    folded = _folded(text)
    found = (folded.removeprefix(word) for word in map(_folded, words) if folded.startswith(word))
    return any(not rest or _AFTER_NOTE.match(rest) for rest in found)
