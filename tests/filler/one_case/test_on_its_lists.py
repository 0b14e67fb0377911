"""Of every list of registry/completeness.toml a case counts only those that list its person.

Schemes, steps and forms are the table's, people those of the forms' sample answers.
"""

import datetime as dt
import json
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from archive_indexer.stores.paper_counts import ToldPaper
from filler.form.form_data import Answers
from filler.models import Issued
from filler.records.issued_papers import ListedPerson
from filler.records.named_people import named_in, note_named
from filler.records.people_store import note_person
from minzheng.county.registry.case_changes import load_case_law
from minzheng.inspection.counted_cases import CasePapers, Counted, Rules, gather_lists
from minzheng.inspection.county_survey import CountySurvey, Scope
from tests.filler.conftest import ANSWERS
from tests.inspection.papers import COUNTY, SCHEMES
from tests.shipped_forms import shipped_forms

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
PLACE = {"town": "钟宝镇", "village": "旧城村"}
NOBODY = "测试无人知"
#: Reports on a list, which name nobody: the number of the list leads to its people.
_REPORTS = {"COM-06": "COM-05"}
LISTS = [
    (code, step.name, form_id)
    for code, scheme in SCHEMES.items()
    for step in scheme.steps
    for form_id in sorted(step.lists)
    if scheme.step_of(form_id) is step
]


def sample(form_id: str, code: str) -> Answers:
    """The form's sample answers, of the scheme, in the village."""
    answers = tomllib.loads((ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8"))
    words = next((one.choices for one in shipped_forms().form(form_id).fields
                  if one.slug == "scheme"), ())  # fmt: skip
    of = [one for one in words if code_of(one) == code]
    given = answers | PLACE | ({"scheme": of[0]} if of else {})
    return json.loads(json.dumps(given, default=str))


def code_of(scheme: str) -> str:
    """The dossier whose cases a notice of a scheme speaks of."""
    dossier = COUNTY.dossiers.by_word(scheme)
    return dossier.code if dossier else ""


def people_on(answers: Answers, tables: Any = None) -> set[str]:
    """Names on a list; of some of its tables alone."""
    told: Mapping[str, Any] = (
        answers if tables is None else {one: answers.get(one) for one in tables}
    )
    return {one["name"] for one in named_in(told, TODAY)}


def keep(form_id: str, case_no: str, answers: Answers) -> None:
    issued = Issued.objects.create(form_id=form_id, case_no=case_no, answers=answers, sha256="0")
    note_person(issued)
    note_named(issued)


def has_step(code: str, step: str, form_id: str, person: str) -> tuple[bool, ...]:
    """Whether the list proves the step for somebody's case: county, village, page of the case."""
    scheme, tables = SCHEMES[code], shipped_forms().taking_over.people_tables()
    own = next(one for one in scheme.steps if one.forms and scheme.opens(one.name))
    case_no = f"{code}-103200-2018-0001"
    keep(sorted(own.forms)[0], case_no, PLACE | {"name": person, "apply_date": "2018-01-02"})
    keep(form_id, "GS-103200-2018-0001", sample(form_id, code))
    if form_id in _REPORTS:
        notice = _REPORTS[form_id]
        keep(notice, "GS-103200-2018-0001", sample(notice, code))
    survey = CountySurvey(COUNTY, load_case_law(), {}, tables)
    cases = [survey.of(one, TODAY).case(case_no) for one in (Scope(), Scope(*PLACE.values()))]
    asked = survey.cases({case_no: (*PLACE.values(),)}, TODAY)[case_no]
    return tuple(
        any(form_id == proof.form_id for one in steps if one.name == step for proof in one.proofs)
        for steps in (*(one.steps for one in cases if one), asked)
    )


def test_all_of_the_table_are_tried():
    """Every list of every scheme, and of each it is known whom it lists."""
    assert len({form_id for _, _, form_id in LISTS}) > 15
    for code, _, form_id in LISTS:
        assert people_on(sample(_REPORTS.get(form_id, form_id), code)), form_id


@pytest.mark.parametrize(("code", "step", "form_id"), LISTS)
def test_whoever_is_listed_has_the_step(code, step, form_id):
    """On every page that tells it."""
    listing = _REPORTS.get(form_id, form_id)
    tables = shipped_forms().taking_over.people_tables().get(listing)
    person = sorted(people_on(sample(listing, code), tables))[0]
    assert has_step(code, step, form_id, person) == (True, True, True)


@pytest.mark.parametrize(("code", "step", "form_id"), LISTS)
def test_whoever_is_not_has_no_credit(code, step, form_id):
    """A list of the same village, year and scheme."""
    assert has_step(code, step, form_id, NOBODY) == (False, False, False)


BESIDE = [
    (code, step, form_id, name)
    for code, step, form_id in LISTS
    if (tables := shipped_forms().taking_over.people_tables().get(form_id))
    for name in sorted(people_on(sample(form_id, code)) - people_on(sample(form_id, code), tables))[
        :1
    ]
]


@pytest.mark.parametrize(("code", "step", "form_id", "name"), BESIDE)
def test_whoever_met_to_judge_others_has_no_credit(code, step, form_id, name):
    """Who came to a meeting is named by its minutes and was not judged at it."""
    assert has_step(code, step, form_id, name) == (False, False, False)


def test_there_are_people_beside():
    """The minutes name those who came."""
    assert "COM-04" in {form_id for _, _, form_id, _ in BESIDE}


NOTICES = [
    (form_id, scheme)
    for form_id in sorted({form_id for _, _, form_id in LISTS})
    for field in shipped_forms().form(form_id).fields
    if field.slug == "scheme"
    for scheme in field.choices
]


@pytest.mark.parametrize(("form_id", "scheme"), NOTICES)
def test_a_notice_counts_for_the_scheme_it_is_of_and_no_other(form_id, scheme):
    """Whatever a village publishes: 低保边缘家庭 is not 低保, issued here or read from a scan."""
    rules = Rules(SCHEMES, COUNTY.required, COUNTY.dossiers)
    asked = {(*PLACE.values(), code): {"测试甲"} for code in SCHEMES}
    day = dt.date(2018, 6, 1)
    issued = ListedPerson(*PLACE.values(), form_id, scheme, "测试甲", "", day)
    title = f"旧城村{scheme}公示"
    told = ToldPaper(*PLACE.values(), "GS", "2018", form_id, "", "", title,
                     frozenset({"测试甲"}), frozenset())  # fmt: skip
    for counted in (Counted([], listed=[issued]), Counted([], [told])):
        lists = gather_lists(counted, rules, asked)
        case = CasePapers("", "测试甲", {"2018"})
        credited = {pile[2] for pile in asked if list(lists.naming(pile, case, {"2018"}))}
        own = SCHEMES.get(code_of(scheme))
        assert credited == ({own.dossier} if own and own.step_of(form_id) else set()), counted
