"""What the first sheet of a dossier (工作须知) says: whom it serves, steps, points, terms.

It stands once, in the spec of the form that prints it; the book and the library read it there.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from filler.form.forms import FormSpec

_FORM_ID = re.compile(r"[A-Z]{2,3}-\d{2}[A-Z]?")
_COLON = "："


@dataclass(frozen=True, slots=True)
class WorkStep:
    """One step of the work: what is done, by whom, by when, on which papers."""

    name: str
    how: str
    who: str
    limit: str
    papers: str

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms among its papers."""
        return tuple(dict.fromkeys(_FORM_ID.findall(self.papers)))


@dataclass(frozen=True, slots=True)
class WorkSheet:
    """The sheet of one dossier."""

    serves: str = ""
    content: tuple[str, ...] = ()
    standard: tuple[str, ...] = ()
    steps: tuple[WorkStep, ...] = ()
    demands: tuple[str, ...] = ()
    levels: str = ""
    limit: str = ""
    keeping: str = ""


def read_sheet(spec: FormSpec) -> WorkSheet:
    """The sheet that a form prints; an empty one when its spec draws none."""
    text = spec.docx.with_suffix(".toml").read_text(encoding="utf-8-sig")
    drawn: Mapping[str, Any] = tomllib.loads(text).get("drawing", {})
    return WorkSheet(
        serves=str(drawn.get("serves", "")),
        content=tuple(drawn.get("content", ())),
        standard=tuple(drawn.get("standard", ())),
        steps=tuple(_step(one) for one in drawn.get("steps", ())),
        demands=tuple(drawn.get("demands", ())),
        levels=str(drawn.get("levels", "")),
        limit=str(drawn.get("limit", "")),
        keeping=str(drawn.get("keeping", "")),
    )


def _step(cells: list[str]) -> WorkStep:
    told, who, limit, papers = cells
    name, _, how = told.partition(_COLON)
    return WorkStep(name, how, who, limit, papers)
