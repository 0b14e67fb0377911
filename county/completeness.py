"""Which papers a case must have at least, in the order of the work (inspection 7.3)."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from county.config import REGISTRY_FOLDER
from county.errors import Problem, RegistryError
from county.toml_files import explain

_FILE = "completeness.toml"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the work and the forms that prove it."""

    name: str
    forms: frozenset[str]
    until: dt.date | None = None  #: needed for cases up to this day only
    only_if_needed: bool = False

    def is_needed_on(self, day: dt.date | None) -> bool:
        """Whether a case of a day must have it."""
        if self.only_if_needed:
            return False
        return self.until is None or (day is not None and day <= self.until)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The steps of a dossier's cases, and forms that must not be there."""

    dossier: str
    steps: tuple[Step, ...]
    forbidden: frozenset[str] = frozenset()

    def step_of(self, form_id: str) -> Step | None:
        """The step a form proves."""
        return next((step for step in self.steps if form_id in step.forms), None)


@lru_cache(maxsize=4)
def load_completeness(folder: Path = REGISTRY_FOLDER) -> dict[str, Scheme]:
    """Schemes by the code of their dossier.

    Raises:
        RegistryError: naming every mistake.
    """
    try:
        table = tomllib.loads((folder / _FILE).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RegistryError([Problem(_FILE, explain(error), "改正该行")]) from error
    problems = [
        Problem(_FILE, f"第 {number} 个 scheme 写得不完整", "写上 dossier 和 step（name、forms）")
        for number, entry in enumerate(table.get("scheme", ()), start=1)
        if not _is_whole(entry)
    ]
    if problems:
        raise RegistryError(problems)
    return {entry["dossier"]: _scheme(entry) for entry in table.get("scheme", ())}


def _is_whole(entry: dict[str, Any]) -> bool:
    steps = entry.get("step", ())
    return bool(entry.get("dossier") and steps) and all(
        step.get("name")
        and step.get("forms")
        and isinstance(step.get("until", dt.date.min), dt.date)
        for step in steps
    )


def _scheme(entry: dict[str, Any]) -> Scheme:
    steps = (
        Step(
            step["name"],
            frozenset(step["forms"]),
            step.get("until"),
            bool(step.get("only_if_needed")),
        )
        for step in entry["step"]
    )
    return Scheme(entry["dossier"], tuple(steps), frozenset(entry.get("forbidden", ())))
