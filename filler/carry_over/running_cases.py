"""Running cases of the same person, beside which a form without a number would open another.

Pages, interface, command line and rosters are asked alike: the number of the case is written,
or that a new one is really meant.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from filler.carry_over.earlier import Earlier
from filler.form.case_history import PastForm, person_number
from filler.form.form_data import Answers
from filler.form.forms import FormSpec
from filler.records.case_number import case_prefix, dossier_code
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.registry.required_papers import Scheme
from minzheng.county.writing.chinese_dates import parse_date

#: Written in place of a case number: another case is really meant.
NEW_CASE = "新案件"
_DECISION = "审批"
_APPLIED = ("apply_date", "relief_date", "accept_date")


@dataclass(frozen=True, slots=True)
class RunningCase:
    """A case of the person that has not ended: its number, its papers, when it began."""

    case_no: str
    forms: tuple[str, ...]  #: ids, in the order they were issued
    begun: dt.date | None
    papers: tuple[PastForm, ...] = field(default=(), repr=False)


def means_new_case(answers: Answers) -> bool:
    """Whether it is said in place of the number that another case is meant."""
    return "".join(str(answers.get("case_no", "")).split()) == NEW_CASE


def running_cases(scope: Scope, answers: Answers, earlier: Earlier) -> tuple[RunningCase, ...]:
    """Cases of the same person, scheme and place that the form would be put beside.

    None when the form names its case. What opens no case, a visit alone, is none.
    """
    id_no = person_number(answers)
    begins = case_prefix(scope).rpartition("-")[0]
    scheme = earlier.facts.county.required.schemes.get(begins.partition("-")[0])
    if scope.case_no or not id_no or scheme is None:
        return ()
    papers: dict[str, list[PastForm]] = {}
    for past in earlier.history.issued_for("", id_no=id_no):
        if past.case_no.startswith(f"{begins}-"):
            papers.setdefault(past.case_no, []).append(past)
    return tuple(
        _as_running(case_no, found)
        for case_no, found in papers.items()
        if _is_begun(scheme, found) and not _is_over(scheme, found, earlier)
    )


def does_begin_case(scope: Scope, earlier: Earlier) -> bool:
    """Whether a form without a number begins a case of its own."""
    code = dossier_code(scope)
    scheme = earlier.facts.county.required.schemes.get(code)
    step = scheme.step_of(scope.spec.id) if scheme else None
    is_own = step is not None and scope.spec.id in step.forms
    return bool(not scope.case_no and is_own and scheme and step and scheme.opens(step.name))


def only_case(scope: Scope, running: Sequence[RunningCase]) -> RunningCase | None:
    """The one running case that a later paper is of; an application might begin another.

    A decision that the case has already might be of another case, and so might a second paper
    of one year: what is done again is done in a later one.
    """
    scheme = scope.county.required.schemes.get(dossier_code(scope))
    if scheme is None or len(running) != 1 or scope.spec.id in scheme.steps[0].forms:
        return None
    same = [one for one in running[0].papers if one.form_id == scope.spec.id]
    step = scheme.step_of(scope.spec.id)
    is_again = step is not None and step.name != _DECISION
    days = (parse_date(one.text(scope.spec.reference_date)) or one.day for one in same)
    is_later = all(day is not None and day.year < scope.day.year for day in days)
    return running[0] if not same or (is_again and is_later) else None


def say_joined(case: RunningCase, forms: Mapping[str, FormSpec]) -> Problem:
    """That a row of a roster was put into the one running case of its person."""
    what = f"没有写，已归入此人唯一的在办案件 {_told(case, forms)}"
    return Problem("案件编号", what, f"不是这个案件的，写上编号或“{NEW_CASE}”", "case_no")


def say_running(running: Sequence[RunningCase], earlier: Earlier) -> Iterator[Problem]:
    """That a form must say in which case it stands."""
    if not running:
        return
    told = "；".join(_told(one, earlier.forms) for one in running)
    what = f"此人已有在办案件 {told}，没有写填在哪个案件里"
    do = f"写上这个案件编号；确实另开一个案件的，案件编号写“{NEW_CASE}”"
    yield Problem("案件编号", what, do, "case_no")


def _told(one: RunningCase, forms: Mapping[str, FormSpec]) -> str:
    titles = (forms[form_id].short_title for form_id in one.forms if form_id in forms)
    since = f"，{one.begun} 起" if one.begun else ""
    return f"{one.case_no}（{'、'.join(titles)}{since}）"


def _as_running(case_no: str, papers: Sequence[PastForm]) -> RunningCase:
    forms = tuple(dict.fromkeys(one.form_id for one in papers))
    return RunningCase(case_no, forms, _begun(papers), tuple(papers))


def _begun(papers: Sequence[PastForm]) -> dt.date | None:
    applied = (parse_date(one.text(slug)) for one in papers for slug in _APPLIED)
    return next(filter(None, applied), papers[0].day)


def _is_begun(scheme: Scheme, papers: Sequence[PastForm]) -> bool:
    steps = (step for one in papers if (step := scheme.step_of(one.form_id)))
    return any(scheme.opens(step.name) for step in steps)


def _is_over(scheme: Scheme, papers: Sequence[PastForm], earlier: Earlier) -> bool:
    """Whether a paper ended it, or the term of a help that is given once is over."""
    law = earlier.facts.case_law
    if any(law.is_ended_by(one.form_id, one.text) for one in papers if not one.waits_for):
        return True
    day = _begun(papers)
    if not scheme.is_once or day is None:
        return False
    county = earlier.facts.county
    for name in scheme.last_term:
        term = county.terms.find(name, day)
        day = term.after(day, county.calendar) if term else day
    return day < earlier.today
