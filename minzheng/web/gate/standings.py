"""How cases stand, for every page that says it: one survey of the county, asked in one way."""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from archive_indexer.stores.coded_papers import coded_papers
from filler.models import Issued
from filler.records.case_desk import CaseDesk, decisions_of
from filler.records.issued_papers import ListedPerson
from minzheng.accounts.areas import Area
from minzheng.inspection.case_steps import CaseStep
from minzheng.inspection.county_survey import CountySurvey, Scope
from minzheng.inspection.survey import Survey
from minzheng.web.gate.office import county, forms, made_for_county


def _survey() -> CountySurvey:
    days = {spec.id: spec.reference_date for spec in forms().forms if spec.reference_date}
    tables = forms().taking_over.people_tables()
    return CountySurvey(county(), forms().facts.case_law, days, tables)


_county_survey = made_for_county(_survey)


def survey_of(place: Area, town: str = "", village: str = "", dossier: str = "") -> Survey:
    """What an account may see of a place beside what must be there."""
    town, village = place.narrowed(town, village)
    if place.is_nothing or not place.covers(town, village):
        return Survey.nothing()
    scope = Scope(town, village, dossier, place.forbidden)
    return _county_survey.now().of(scope, timezone.localdate())


def lists_naming(place: Area, name: str) -> list[ListedPerson]:
    """The lines of issued lists that name somebody, of the places an account may see."""
    found = () if place.is_nothing else _county_survey.now().lists_naming(name)
    return [one for one in found if place.covers(one.town, one.village)]


def case_steps(
    place: Area, case_no: str, where: tuple[str, str], documents: Iterable[Issued]
) -> tuple[CaseStep, ...]:
    """How far a case of a town and village has come; none for a dossier without steps.

    Outside the account's own place only the documents that it may see are told of.
    """
    known = _county_survey.now()
    if is_told_whole(place, case_no, where):
        found = known.cases({case_no: where}, timezone.localdate()).get(case_no)
        if found is not None:
            return found
    seen = Issued.objects.filter(pk__in=[one.pk for one in documents])
    return known.alone(case_no, known.read(seen), timezone.localdate())


def is_told_whole(place: Area, case_no: str, where: tuple[str, str]) -> bool:
    """Whether an account is told of all papers of a case, and not of its own alone."""
    is_hidden = place.is_nothing or case_no.partition("-")[0] in place.forbidden
    return all(where) and not is_hidden and place.covers(*where)


def steps_of_cases(
    place: Area, cases: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[CaseStep, ...]]:
    """How far many cases have come, by number; of those that are not told whole nothing."""
    asked = {number: at for number, at in cases.items() if is_told_whole(place, number, at)}
    return _county_survey.now().cases(asked, timezone.localdate())


def still_on_desks(found: Iterable[CaseDesk]) -> tuple[CaseDesk, ...]:
    """The cases that do lie there: of some a scan proves what was decided, on paper."""
    desks = tuple(found)
    asked = {one.case_no for one in desks if one.why == "待调查审核"}
    schemes = county().required.schemes
    codes = {number.partition("-")[0] for number in asked} & schemes.keys()
    forms_asked = {form_id for code in codes for form_id in decisions_of(schemes[code])}
    papers = coded_papers(forms_asked, asked) if forms_asked else []
    decided = {
        one.case_no
        for one in papers
        if one.form_id in decisions_of(schemes[one.case_no.partition("-")[0]])
    }
    return tuple(one for one in desks if one.case_no not in asked & decided)
