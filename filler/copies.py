"""What a form takes over from forms issued before: registry/copies.toml."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from county.config import REGISTRY_FOLDER
from county.errors import Problem
from county.toml_files import explain
from filler.derive import Scope
from filler.form_data import Answers
from filler.forms import Field, FormSpec
from filler.print_value import print_value
from filler.read_value import WrongValueError, read_value

FILE = REGISTRY_FOLDER / "copies.toml"
#: The newest document of a form in the case at hand, its derived values included.
FindForm = Callable[[str], Scope | None]


@dataclass(frozen=True, slots=True)
class Copy:
    """Fields that a form takes over from another one of the same case."""

    to: str
    source: str
    fields: Mapping[str, str]  #: own slug → slug of the source


@dataclass(frozen=True, slots=True)
class Gather:
    """Rows that a form makes of every approved document of another one."""

    to: str
    rows: str
    source: str
    when: Mapping[str, str]  #: own answers for which it holds
    match: tuple[str, ...]  #: slugs that must be the same
    columns: Mapping[str, str]  #: own column → slug of the source


@dataclass(frozen=True, slots=True)
class Copies:
    """All of them."""

    copies: tuple[Copy, ...] = ()
    gathers: tuple[Gather, ...] = ()

    def copied(self, form_id: str, find: FindForm) -> dict[str, tuple[Any, str]]:
        """Answers taken over, each with the form it comes from; the last rule wins."""
        taken: dict[str, tuple[Any, str]] = {}
        for copy in self.copies:
            source = find(copy.source) if copy.to == form_id else None
            if source is None:
                continue
            for own, slug in copy.fields.items():
                answer = answer_in(source, slug)
                if answer not in ("", []):
                    taken[own] = (answer, copy.source)
        return taken

    def gather_for(self, form_id: str, answers: Answers) -> Gather | None:
        """The rule that makes a form's rows, when its answers call for it."""
        for gather in self.gathers:
            if gather.to == form_id and all(
                answers.get(slug) == value for slug, value in gather.when.items()
            ):
                return gather
        return None


def answer_in(source: Scope, slug: str) -> Any:
    """A value of an issued form as an answer: rows as lists, all else as printed."""
    field = source.fields.get(slug)
    if field is not None and field.type == "rows":
        return [
            {column.slug: row.text(column.slug) for column in field.columns if column.is_typed}
            for row in source.rows(slug)
        ]
    if field is not None and field.type == "multi":
        return list(source.data.texts(slug))
    return source.text(slug)


def find_retyped(
    spec: FormSpec, answers: Answers, taken: Mapping[str, tuple[Any, str]]
) -> Iterator[Problem]:
    """Answers that differ from what is taken over; blank ones do not."""
    fields = {field.slug: field for field in spec.fields}
    for slug, (value, source) in taken.items():
        given = answers.get(slug)
        if (
            slug in fields
            and given not in (None, "", [])
            and not _is_same(fields[slug], given, value)
        ):
            what = f"与本案已出具的 {source} 不一致（那里是“{_short(value)}”）"
            yield Problem(
                fields[slug].label, what, f"这一项取自 {source}，不用填；那里有错先更正那张表", slug
            )


def _is_same(field: Field, given: Any, value: Any) -> bool:
    if field.type != "rows":
        return _printed(field, given) == _printed(field, value)
    given_rows = [row for row in given if any(row.values())] if isinstance(given, list) else []
    return len(given_rows) == len(value) and all(
        _printed(column, one.get(column.slug)) == _printed(column, other.get(column.slug))
        for one, other in zip(given_rows, value, strict=True)
        for column in field.columns
        if column.is_typed
    )


def _printed(field: Field, answer: Any) -> str:
    """An answer as it is printed, however it was typed: 2018-04-02 is 2018年4月2日."""
    try:
        return print_value(field, read_value(field, answer))
    except WrongValueError:
        return str(answer)


def _short(value: Any) -> str:
    return f"{len(value)} 行" if isinstance(value, list) else str(value)[:20]


def load_copies(forms: Mapping[str, FormSpec], problems: list[Problem]) -> Copies:
    """Read and check the table; every mistake in it goes to `problems`."""
    table = _read(FILE, problems)
    copies = tuple(
        Copy(
            str(entry.get("to")),
            str(entry.get("from")),
            {**{slug: slug for slug in entry.get("fields", ())}, **entry.get("renamed", {})},
        )
        for entry in table.get("copy", ())
    )
    gathers = tuple(
        Gather(
            str(entry.get("to")),
            str(entry.get("rows")),
            str(entry.get("from")),
            entry.get("when", {}),
            tuple(entry.get("match", ())),
            entry.get("columns", {}),
        )
        for entry in table.get("gather", ())
    )
    for copy in copies:
        problems += _unknown(forms, copy.to, copy.fields.keys(), is_own=True)
        problems += _unknown(forms, copy.source, copy.fields.values())
    for gather in gathers:
        problems += _unknown(
            forms, gather.to, (gather.rows, *gather.when, *gather.match), is_own=True
        )
        problems += _unknown(forms, gather.source, (*gather.match, *gather.columns.values()))
    return Copies(copies, gathers)


def _read(file: Path, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(file.name, explain(error), "改正该行"))
    return {}


def _unknown(
    forms: Mapping[str, FormSpec], form_id: str, slugs: Any, *, is_own: bool = False
) -> Iterator[Problem]:
    spec = forms.get(form_id)
    if spec is None:
        yield Problem(FILE.name, f"没有“{form_id}”这张表", "改正 to 或 from", form_id)
        return
    known: dict[str, Field] = {field.slug: field for field in spec.fields}
    for slug in slugs:
        if slug not in known or (is_own and not known[slug].is_typed):
            what = f"{form_id} 没有可填的字段“{slug}”" if is_own else f"{form_id} 没有字段“{slug}”"
            yield Problem(FILE.name, what, "改正字段名", slug)
