"""What flows along the path from a clerk's answers to a Word file."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from filler.form.taken import GivingPaper
from minzheng.county.errors import Problem

Value = str | int | Decimal | dt.date | tuple[str, ...] | None
Row = Mapping[str, Value]
#: Answers as they come from a web form or a TOML file.
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FormData:
    """Typed values of a form: single fields by slug, tables of rows by slug."""

    values: Mapping[str, Value] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    case_no: str = ""

    def texts(self, slug: str) -> tuple[str, ...]:
        """The chosen texts of a choice or multi field."""
        value = self.values.get(slug)
        if isinstance(value, tuple):
            return value
        return (str(value),) if value not in (None, "") else ()


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document was made of: enough to print it again as it was."""

    template: bytes  #: the Word template
    spec: bytes  #: the form's spec as JSON, with the labels its tags may use
    texts: Mapping[str, Any]  #: what stands in the tags
    qr: str
    photos: Mapping[str, bytes] = field(default_factory=dict)  #: by hash


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A Word file that was issued."""

    form_id: str
    version: str
    case_no: str
    file_name: str
    docx: bytes
    sha256: str
    printed: Printed
    warnings: tuple[Problem, ...] = ()
    number: int = 0  #: under which it is kept
    sources: tuple[GivingPaper, ...] = ()  #: documents that gave something to it
    waits_for: str = ""  #: the level that has to write on it; empty: nobody


@dataclass(frozen=True, slots=True)
class Refused:
    """The answers hold mistakes: all of them; nothing was written."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """What the case store keeps of an issued document."""

    document: RenderedDocument
    answers: Answers
    issued_by: str
    corrects: int | None = None  #: number of the document that this one takes the place of
