"""What a form is: fields, sections, signatures and seals, read from its .toml spec."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from filler.form.heading_words import NO_WORDS, HeadingWords

FieldType = Literal[
    "text", "longtext", "int", "date", "month", "money", "idcard", "phone", "bank",
    "choice", "multi", "rows", "photo", "annex", "sign", "seal", "print",
]  # fmt: skip
Layout = Literal["L-TABLE", "L-LIST", "L-NOTICE", "L-LETTER", "L-MINUTES", "L-AGREE", "L-COVER"]

#: Types that only reserve room on paper: nobody types them.
_PEN_TYPES = frozenset({"sign", "seal", "print"})
#: The same and photos, which may be given or pasted: a template need not print them.
PAPER_TYPES = _PEN_TYPES | {"photo"}
#: Types whose answer is a file.
TAKEN_TYPES = frozenset({"photo", "annex"})


@dataclass(frozen=True, slots=True)
class Call:
    """A named rule or derivation with its arguments: `not_before(apply_date)`."""

    name: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """When a field is required: `health = 患重病`, or `apply_mode != 本人申请`."""

    slug: str
    values: tuple[str, ...]  #: any of these
    negated: bool = False


@dataclass(frozen=True, slots=True)
class StatedCheck:
    """A check that one form states itself: where it is wrong, when, and what is said then."""

    at: tuple[str, ...]  #: fields, or `rows.column`: asked of every row
    when: str  #: a formula; `this` is the field it stands at
    what: str  #: both with `{formula}` in them
    do: str
    is_warning: bool = False


# Fields and forms are told apart by identity: to compare all they hold costs more than
# half of what is looked up for them in a run of documents.
@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field of a form, or one column of a table of rows."""

    slug: str
    label: str
    type: FieldType
    required: bool = False
    required_if: Condition | None = None
    derived: Call | None = None  #: computed, never typed
    choices: tuple[str, ...] = ()
    default: str = ""
    help: str = ""
    rules: tuple[Call, ...] = ()
    columns: tuple["Field", ...] = ()  #: of type `rows`
    min_rows: int = 0  #: rows the paper shows at least; blank ones are ruled
    least: int = 0  #: rows that must be filled at least
    most: int = 500
    one_row_each: str = ""  #: column whose every choice has one row, in order
    sensitive: bool = False  #: never on a notice, masked where it is not needed
    seal_name: str = ""  #: whose seal belongs here
    printed: bool = True  #: its value must stand on the paper
    level: str = ""  #: whose hand it is in beside the opinions: c, or decider

    @property
    def row_names(self) -> tuple[str, ...]:
        """What the rows are called, one after the other; empty when they are free."""
        named = (column for column in self.columns if column.slug == self.one_row_each)
        return next((column.choices for column in named), ())

    @property
    def is_typed(self) -> bool:
        """Whether a clerk enters this field."""
        return self.derived is None and self.type not in _PEN_TYPES


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of fields, as the clerk sees them on the page."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FormSpec:
    """One form: what it is called, what it asks, what must be true of the answers."""

    id: str  #: DB-01
    title: str
    version: str
    kind: Literal["制式", "模版"]
    layout: Layout
    dossier: str  #: dossier code, DB; empty for a form shared by several dossiers
    sections: tuple[Section, ...]
    docx: Path
    case_code: str = ""  #: dossier code of its case number; empty: found from the field `scheme`
    name: str = ""  #: what lists call it, when the title holds placeholders
    reference_date: str = ""  #: slug of the date on which ages and laws are looked up
    checks: tuple[Call, ...] = ()  #: rules over the whole form
    stated: tuple[StatedCheck, ...] = ()  #: what only this form checks
    file_name: str = ""  #: pattern of the Word file's name, e.g. `{form_id}_{name}_{case_no}`
    heading_words: HeadingWords = NO_WORDS  #: what rosters call its fields

    @property
    def short_title(self) -> str:
        """What a list of forms calls it: a title may hold placeholders."""
        return self.name or self.title

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order of the form."""
        return _fields_of(self)

    @property
    def is_notice(self) -> bool:
        """Whether everybody reads it."""
        return self.layout == "L-NOTICE"

    @property
    def photos(self) -> dict[str, str]:
        """The photos by slug, with their labels."""
        return {field.slug: field.label for field in self.fields if field.type == "photo"}

    @property
    def takes_files(self) -> bool:
        """Whether photos or annexes belong to it, in rows too."""
        return _takes_files(self)


@lru_cache(maxsize=512)
def _takes_files(spec: FormSpec) -> bool:
    return any(one.type in TAKEN_TYPES for field in spec.fields for one in (field, *field.columns))


@lru_cache(maxsize=512)
def _fields_of(spec: FormSpec) -> tuple[Field, ...]:
    return tuple(field for section in spec.sections for field in section.fields)
