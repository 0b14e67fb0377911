"""What a check is asked with, and how a doubt cites its papers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from minzheng.county.county import County
from minzheng.county.publicity import Publicity
from minzheng.county.registry.checks import ITSELF, Check
from minzheng.inspection.checks.papers import Paper
from minzheng.inspection.doubts import Cited, Doubt


@dataclass(frozen=True, slots=True)
class Asked:
    """The day, the county, the rule as the registry words it, the seals each form has room for."""

    today: dt.date
    county: County
    publicity: Publicity
    check: Check
    seals: Mapping[str, tuple[str, ...]]  #: labels, by form
    titles: Mapping[str, str]  #: of forms

    def limit(self, name: str, default: int = 0) -> int:
        """A limit the registry sets."""
        return self.check.limits.get(name, default)

    def title_of(self, paper: Paper) -> str:
        """What a paper is called."""
        return self.titles.get(paper.form_id, "") or paper.title or paper.form_id


def cite(asked: Asked, paper: Paper, *says: tuple[str, str]) -> Cited:
    """A paper, and what of it shows the doubt."""
    return Cited(
        paper.source, paper.number, paper.form_id, asked.title_of(paper),
        paper.town, paper.village, paper.dossier, paper.case_no,
        tuple((label, said) for label, said in says if said),
    )  # fmt: skip


def doubt(
    asked: Asked,
    subject: tuple[str, ...],
    about: str,
    what: str,
    *papers: Cited,
    place: tuple[str, str] = ("", ""),
    dossier: str = "",
    year: str = "",
    form_id: str = "",
    is_warning: bool = False,
) -> Doubt:
    """A doubt where its first paper belongs, unless told otherwise."""
    first = papers[0]
    town, village = place if place[0] else (first.town, first.village)
    itself = first.form_id if asked.check.form == ITSELF else ""
    return Doubt(
        asked.check.id, subject, about, f"{what}，请核实", papers, town, village,
        dossier or first.dossier, year,
        next((one.case_no for one in papers if one.case_no), ""),
        form_id or itself, is_warning,
    )  # fmt: skip
