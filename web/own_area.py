"""What lies outside a person's town or village is not issued by that person."""

from accounts.areas import Area
from county.errors import Problem
from filler.form_data import Answers


def outside_area(place: Area, answers: Answers) -> Problem | None:
    """Why somebody may not issue a form with these answers."""
    town, village = str(answers.get("town", "")), str(answers.get("village", ""))
    if not town or place.covers(town, village):
        return None
    what = f"您的账号只办理{place.town}{place.village}的业务"
    if place.is_nothing:
        what = "您的账号没有办理这项业务的范围"
    return Problem("镇、村", what, "改选本镇、本村", "town")
