"""Which column of a roster holds which field: headings written and headings understood."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from filler.form.forms import Field, FormSpec

#: Columns that join the rows of a second sheet to their household.
NUMBER, BELONGS_TO = "序号", "所属序号"
_NUMBER_HEADINGS = frozenset({"序号", "户号", "编号", "所属序号", "所属户号", "户序号"})
_ID_HEADINGS = frozenset(
    {"户主身份证号", "户主身份证号码", "申请人身份证号", "申请人身份证号码", "所属身份证号"}
)
#: Columns the program itself adds to a marked copy; they are no answers.
CHECKED = "核对结果"
CASE_NO = "案件编号"
_OWN_HEADINGS = frozenset({CHECKED, NUMBER, "备注"})
#: Sheets that hold no records.
GUIDE, LISTS = "填写说明", "选项"
OWN_SHEETS = frozenset({GUIDE, LISTS, CHECKED})

_ENDING = re.compile(r"[*＊]+$|[(（](必填|选填|可不填|必选)[)）]$")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")
_GAPS = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of one table: of the form itself, or of one of its tables of rows."""

    names: Mapping[str, str]  #: slug → the heading we write
    by_text: Mapping[str, str]  #: heading as folded → slug

    def find(self, heading: str) -> str:
        """The slug a heading means; empty when it means none."""
        folded = fold_heading(heading)
        return self.by_text.get(folded) or self.by_text.get(_BRACKETS.sub("", folded), "")


def fold_heading(text: str) -> str:
    """A heading without gaps, width and marks: `身份证号 *` → `身份证号`."""
    folded = _GAPS.sub("", unicodedata.normalize("NFKC", text)).lower()
    while _ENDING.search(folded):
        folded = _ENDING.sub("", folded)
    return folded.rstrip(":：")


@lru_cache(maxsize=256)
def form_headings(spec: FormSpec) -> Headings:
    """The headings of a form's single fields."""
    single = [field for field in spec.fields if field.type != "rows" and _may_be_given(field)]
    sections = {field.slug: one.title for one in spec.sections for field in one.fields}
    headings = _headings(single, sections)
    extra = {fold_heading(CASE_NO): "case_no"}
    return Headings(headings.names, {**extra, **headings.by_text})


@lru_cache(maxsize=256)
def row_headings(table: Field) -> Headings:
    """The headings of a table's columns."""
    return _headings([one for one in table.columns if _may_be_given(one)], {})


def is_number_heading(text: str) -> bool:
    """Whether a column holds the running number that joins two sheets."""
    return fold_heading(text) in _NUMBER_HEADINGS


def is_person_heading(text: str) -> bool:
    """Whether a column of a second sheet holds the head's ID number."""
    return fold_heading(text) in _ID_HEADINGS


def is_own_heading(text: str) -> bool:
    """Whether a column is known but holds no answer."""
    return fold_heading(text) in _OWN_HEADINGS or is_number_heading(text)


def person_field(spec: FormSpec) -> Field | None:
    """The field that holds the ID number of the one a form is about."""
    numbers = (field for field in spec.fields if field.type == "idcard" and field.is_typed)
    return next(numbers, None)


def _may_be_given(field: Field) -> bool:
    return field.is_typed or field.derived is not None


def _headings(fields: Iterable[Field], sections: Mapping[str, str]) -> Headings:
    fields = list(fields)
    counts = Counter(field.label for field in fields)
    names: dict[str, str] = {}
    for field in fields:
        name = field.label
        if counts[name] > 1:
            name = f"{sections.get(field.slug, '')}·{field.label}".strip("·")
        if name in names.values():
            name = f"{field.label}·{field.slug}"
        names[field.slug] = name
    by_text: dict[str, str] = {}
    for slug, name in names.items():
        by_text[fold_heading(slug)] = slug
        by_text[fold_heading(name)] = slug
    for slug, short in _short_names(names).items():
        by_text.setdefault(short, slug)
    return Headings(names, by_text)


def _short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Labels without the words in brackets at their end, where that is still one field."""
    short = {slug: _BRACKETS.sub("", fold_heading(name)) for slug, name in names.items()}
    counts = Counter(short.values())
    return {slug: name for slug, name in short.items() if counts[name] == 1 and name}
