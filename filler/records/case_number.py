"""Case numbers (案件编号): DB-103200-2018-0001 is dossier, village, year, running number."""

import re
from collections.abc import Iterator

from filler.values.scope import Scope
from minzheng.county.errors import Problem

_PATTERN = re.compile(r"([A-Z]{2})-([0-9]{6})-([0-9]{4})-[0-9]{4}")
_WHOLE_COUNTY = "000000"
_GENERAL = "ZH"  #: 综合管理, for what belongs to no scheme
_EXAMPLE = "DB-103200-2018-0001"


def case_prefix(scope: Scope) -> str:
    """Dossier, place and year of a form: all of its number but the running part."""
    return f"{_dossier_code(scope)}-{_place_code(scope)}-{scope.day.year}"


def joined_case(scope: Scope, by: str) -> str:
    """The case a form joins: that of the paper whose number stands in a field of it.

    Empty when it names none, one of another place, or of a scheme that the form does not name.
    """
    number = scope.text(by).strip().upper() if by else ""
    match = _PATTERN.fullmatch(number)
    if match is None or match[2] != _place_code(scope):
        return ""
    return number if match[1] in (_dossier_code(scope), _named_dossier(scope)) else ""


def find_case_problems(scope: Scope, joins_by: str = "") -> Iterator[Problem]:
    """What is wrong with a case number that was given with the answers.

    A form that joins the case of another paper has its number, whatever the dossier.
    """
    if not scope.case_no or scope.case_no == joined_case(scope, joins_by):
        return
    match = _PATTERN.fullmatch(scope.case_no)
    if match is None:
        yield _wrong(f"“{scope.case_no}”不是案件编号", f"按 {_EXAMPLE} 填写，不填则自动编号")
    elif match[1] != _dossier_code(scope):
        yield _wrong(
            f"“{scope.case_no}”不属本专档（{_dossier_code(scope)}）", "核对编号，不填则自动编号"
        )
    elif match[2] != _place_code(scope):
        yield _wrong(f"“{scope.case_no}”不是本村的编号（{_place_code(scope)}）", "核对编号与镇、村")


def _wrong(what: str, do: str) -> Problem:
    return Problem("案件编号", what, do, "case_no")


def _dossier_code(scope: Scope) -> str:
    """The form's own dossier, or the one its field `scheme` names."""
    if scope.spec.case_code:
        return scope.spec.case_code
    return _named_dossier(scope) or scope.spec.dossier or _GENERAL


def _named_dossier(scope: Scope) -> str:
    """The dossier that the field `scheme` names."""
    named = (scope.facts.dossiers.by_word(word) for word in scope.data.texts("scheme"))
    return next((dossier.code for dossier in named if dossier), "")


def _place_code(scope: Scope) -> str:
    places = scope.facts.places
    village = places.village(scope.text("village"), scope.text("town"))
    if village:
        return village.short_code
    town = places.town(scope.text("town"))
    return town.code[-6:] if town else _WHOLE_COUNTY
