"""Cases: their documents, and who may take something over from them."""

from django.http import HttpRequest

from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from minzheng.accounts.areas import Area
from minzheng.county.errors import Problem
from minzheng.web.gate.office import area, config, signed_in


def case_store() -> DatabaseCaseStore:
    """Where issued documents are kept."""
    return DatabaseCaseStore(config().issued_folder)


def may_see(issued: Issued, place: Area, username: str) -> bool:
    """Whether a document is one's own or of one's area; never of a dossier one does not see."""
    dossier = issued.case_no.partition("-")[0]
    if dossier in place.forbidden:
        return False
    town, village = (str(issued.answers.get(slug, "")) for slug in ("town", "village"))
    return issued.issued_by == username or place.covers(town, village, dossier)


def documents_of_case(request: HttpRequest, case_no: str) -> tuple[Issued, ...]:
    """The documents of a case that may be seen, oldest first."""
    found = Issued.objects.filter(case_no=case_no).defer("texts").order_by("pk")
    place, username = area(request), signed_in(request).username
    return tuple(one for one in found if may_see(one, place, username))


def outside_case(place: Area, username: str, case_no: str) -> Problem | None:
    """Why nothing may be added to a case: it holds a document one does not see."""
    found = Issued.objects.filter(case_no=case_no).defer("texts") if case_no else ()
    if all(may_see(one, place, username) for one in found):
        return None
    return Problem(
        "案件编号", f"{case_no} 不属于您办理的范围", "核对编号，或不填由系统编号", "case_no"
    )
