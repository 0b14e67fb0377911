"""How cases stand, for every page that says it: one survey of the county, asked in one way."""

from collections.abc import Iterable

from django.utils import timezone

from filler.models import Issued
from minzheng.accounts.areas import Area
from minzheng.county.config import REGISTRY_FOLDER, TEMPLATES_FOLDER
from minzheng.external.files.changed_files import MadeOfFiles
from minzheng.inspection.case_steps import CaseStep
from minzheng.inspection.county_survey import CountySurvey, Scope
from minzheng.inspection.survey import Survey
from minzheng.web.gate.office import county, forms


def _survey() -> CountySurvey:
    days = {spec.id: spec.reference_date for spec in forms().forms if spec.reference_date}
    return CountySurvey(county(), forms().facts.case_law, days)


_county_survey = MadeOfFiles(_survey, REGISTRY_FOLDER, TEMPLATES_FOLDER)


def survey_of(place: Area, town: str = "", village: str = "", dossier: str = "") -> Survey:
    """What an account may see of a place beside what must be there."""
    if place.is_nothing or not place.covers(place.town or town, place.village or village):
        return Survey.nothing()
    scope = Scope(place.town or town, place.village or village, dossier, place.forbidden)
    return _county_survey.now().of(scope, timezone.localdate())


def case_steps(
    place: Area, case_no: str, where: tuple[str, str], documents: Iterable[Issued]
) -> tuple[CaseStep, ...]:
    """How far a case of a town and village has come; none for a dossier without steps.

    Outside the account's own place only the documents that it may see are told of.
    """
    if place.covers(*where) and all(where):
        found = survey_of(place, *where, case_no.partition("-")[0]).case(case_no)
        if found is not None:
            return found.steps
    known = _county_survey.now()
    seen = Issued.objects.filter(pk__in=[one.pk for one in documents])
    return known.alone(case_no, known.read(seen), timezone.localdate())
