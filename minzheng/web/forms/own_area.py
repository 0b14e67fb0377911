"""What lies outside a person's place or dossiers is not issued by that person."""

from filler.form.form_data import Answers
from minzheng.accounts.areas import Area
from minzheng.county.errors import Problem
from minzheng.county.town_names import APART
from minzheng.web.forms.record_gate import may_see_whole, names_strange_photo
from minzheng.web.gate.office import county

_KINDS = ("镇", "乡", "街道")


def outside_area(place: Area, username: str, answers: Answers) -> Problem | None:
    """Why somebody may not issue a form with these answers."""
    case_no = str(answers.get("case_no", "")).strip().upper()
    if case_no.partition("-")[0] in place.forbidden:
        return Problem("案件编号", "不属于您办理的专档", "核对编号，或不填由系统编号", "case_no")
    strange = _outside_case(place, username, case_no)
    if strange:
        return strange
    town, village = (
        _town_meant(place, str(answers.get("town", ""))),
        str(answers.get("village", "")),
    )
    if not town or place.covers(town, village):
        return None
    what = f"您的账号只办理{place.label}的业务"
    if place.is_nothing:
        what = "您的账号没有办理这项业务的范围"
    return Problem("镇、村", what, "改选本镇、本村", "town")


def outside_photo(place: Area, username: str, answers: Answers) -> Problem | None:
    """Why somebody may not put the photos that these answers name on a form."""
    if not names_strange_photo(answers, place, username):
        return None
    what = "照片、附件不是本账号送入的，也不在您能查看的文书里"
    return Problem("照片、附件", what, "重新选择或送入")


def _outside_case(place: Area, username: str, case_no: str) -> Problem | None:
    """Why nothing may be added to a case: it holds a document one does not see."""
    if not case_no or may_see_whole(case_no, place, username):
        return None
    return Problem(
        "案件编号", f"{case_no} 不属于您办理的范围", "核对编号，或不填由系统编号", "case_no"
    )


def _town_meant(place: Area, town: str) -> str:
    """Among several counties the full name of a town that its own people call 城关镇, 城关."""
    if not place.county or APART in town:
        return town
    places = county().places
    named = (places.town("".join(town.split()) + kind) for kind in ("", *_KINDS))
    return next((one.name for one in named if one), town)
