"""registry/registers.toml: read with the forms it speaks of; every mistake named at once."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from filler.form.forms import FormSpec
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.registry.terms import Terms
from minzheng.county.toml_files import explain
from minzheng.registers.brought_along import bring_along
from minzheng.registers.give import Give
from minzheng.registers.register import (
    FIXED,
    Column,
    Join,
    Proof,
    Register,
    Registers,
    Source,
    State,
    Then,
)
from minzheng.registers.register_faults import find_faults
from minzheng.registers.register_shape import (
    FILE,
    find_misshapen,
    find_misshapen_gives,
    find_misshapen_top,
)


def load_registers(
    folder: Path, forms: Mapping[str, FormSpec], terms: Terms, program: Path | None = None
) -> Registers:
    """Read the table; what only the program's table has goes along.

    Raises:
        RegistryError: with every mistake in every register.
    """
    registers, problems = read_registers(folder, forms, terms)
    if problems:
        raise RegistryError(problems)
    if program is None or program == folder:
        return registers
    return bring_along(registers, read_registers(program, forms, terms)[0], forms, terms)


def read_registers(
    folder: Path, forms: Mapping[str, FormSpec], terms: Terms
) -> tuple[Registers, list[Problem]]:
    """The registers, and what is wrong with them."""
    try:
        table = tomllib.loads((folder / FILE).read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        return Registers(), [Problem(FILE, explain(error), "改正该行")]
    except FileNotFoundError:
        return Registers(), [Problem(FILE, "没有这个文件", "把它放回 registry 文件夹")]
    entries = table.get("register", [])
    given = table.get("give", [])
    left_out = table.get("left_out", [])
    problems = [
        *find_misshapen(entries),
        *find_misshapen_gives(given),
        *find_misshapen_top(table),
    ]
    if problems:
        return Registers(), problems
    registers = Registers(
        tuple(map(_register, entries)), tuple(map(_give, given)), frozenset(left_out)
    )
    return registers, list(find_faults(registers, forms, terms))


def _register(entry: Mapping[str, Any]) -> Register:
    proof, then = entry.get("proof"), entry.get("then")
    return Register(
        id=entry["id"],
        group=entry["group"],
        title=entry["title"],
        about=entry["about"],
        sources=tuple(map(_source, entry["from"])),
        columns=tuple(map(_column, entry["columns"])),
        states=tuple(map(_state, entry["states"])),
        unit=str(entry.get("unit", "件")),
        where=str(entry.get("where", "")),
        key=tuple(entry.get("key", ())),
        newest=str(entry.get("newest", "")),
        joins=tuple(map(_join, entry.get("join", ()))),
        proof=Proof(
            str(proof.get("code", "")),
            frozenset(proof.get("forms", ())),
            str(proof.get("seal", "")),
        )
        if proof
        else None,
        must_villages=entry.get("must") == "villages",
        each=str(entry.get("each", "")),
        values=tuple(entry.get("values", ())),
        lacking=str(entry.get("lacking", "没有")),
        by=tuple(entry.get("by", ())),
        people=str(entry.get("people", "")),
        sums=tuple(entry.get("sums", ())),
        fill=str(entry.get("fill", "")),
        then=Then(str(then.get("form", "")), str(then.get("lacks", ""))) if then else None,
        prints=entry.get("prints") is True,
    )


def _give(entry: Mapping[str, Any]) -> Give:
    return Give(
        form_id=entry["to"],
        rows=entry["rows"],
        register=entry["register"],
        match=entry.get("match", {}),
        columns=entry.get("columns", {}),
        counts=entry.get("counts", {}),
        where=entry.get("where", {}),
        days={own: tuple(slugs) for own, slugs in entry.get("days", {}).items()},
    )


def _source(entry: Mapping[str, Any]) -> Source:
    return Source(
        form_id=str(entry.get("form", "")),
        rows=str(entry.get("rows", "")),
        columns={str(own): str(slug) for own, slug in entry.get("columns", {}).items()},
        where=str(entry.get("where", "")),
        split=tuple(entry.get("split", ())),
        register=str(entry.get("register", "")),
    )


def _join(entry: Mapping[str, Any]) -> Join:
    return Join(
        tuple(entry.get("on", ())),
        tuple(map(_source, entry.get("from", ()))),
        str(entry.get("newest", "")),
        str(entry.get("count", "")),
        entry.get("sums", {}),
        entry.get("lists", {}),
    )


def _column(entry: Mapping[str, Any]) -> Column:
    return Column(
        entry["slug"], entry["label"], entry.get("type", "text"),
        str(entry.get("value", "")).removeprefix(FIXED).strip(), str(entry.get("week_of", "")),
        entry.get("hidden") is True,
    )  # fmt: skip


def _state(entry: Mapping[str, Any]) -> State:
    return State(
        entry["name"], str(entry.get("when", "")), entry.get("level", ""), entry.get("done") is True
    )
