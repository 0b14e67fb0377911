"""Case numbers (案件编号): DB-103200-2018-0001 is dossier, village, year, running number."""

import re
from collections.abc import Iterator

from filler.values.scope import Scope
from minzheng.county.errors import Problem

_PATTERN = re.compile(r"([A-Z]{2})-([0-9]{6})-([0-9]{4})-[0-9]{4}")
_WHOLE_COUNTY = "000000"
_GENERAL = "ZH"  #: 综合管理, for what belongs to no scheme
EXAMPLE = "DB-103200-2018-0001"  #: every number is as long


def case_prefix(scope: Scope) -> str:
    """Dossier, place and year of a form: all of its number but the running part."""
    return f"{dossier_code(scope)}-{_place_code(scope)}-{scope.day.year}"


def joined_case(scope: Scope, by: str) -> str:
    """The case a form joins: that of the paper whose number stands in a field of it.

    Empty when it names none by a case number: a village numbers its notices as it likes.
    """
    number = _joined_number(scope, by)
    if not number:  # nearly always
        return ""
    return "" if any(_number_problems(scope, number, _codes_to_join(scope))) else number


def find_case_problems(scope: Scope, joins_by: str = "") -> Iterator[Problem]:
    """What is wrong with a case number that was given with the answers.

    A form that joins the case of another paper stands in that case or under that number, and
    has no second one beside it.
    """
    joined = _joined_number(scope, joins_by)
    if joined:
        label = scope.fields[joins_by].label
        for what, do in _number_problems(scope, joined, _codes_to_join(scope)):
            yield Problem(label, what, do, joins_by)
        if scope.case_no and scope.case_no != joined:
            what = f"案件编号是“{scope.case_no}”，{label}是“{joined}”，一份报告只归一个编号"
            yield _wrong(what, f"删去案件编号，归入{label}；或改成一致")
            return
    codes = _codes_to_join(scope) if joins_by else (dossier_code(scope),)
    yield from (_wrong(*told) for told in _number_problems(scope, scope.case_no, codes))


def _joined_number(scope: Scope, by: str) -> str:
    number = scope.text(by).strip().upper() if by else ""
    return number if _PATTERN.fullmatch(number) else ""


def _codes_to_join(scope: Scope) -> tuple[str, ...]:
    """The dossiers in whose cases a report may stand: that of the notices, of its scheme."""
    return tuple(dict.fromkeys(filter(None, (dossier_code(scope), _named_dossier(scope)))))


def _number_problems(
    scope: Scope, number: str, codes: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """What is wrong with a number, and what to do."""
    if not number:
        return
    match = _PATTERN.fullmatch(number)
    if match is None:
        yield f"“{number}”不是案件编号", f"按 {EXAMPLE} 填写，不填则自动编号"
    elif match[1] not in codes:
        yield f"“{number}”不属本专档（{'、'.join(codes)}）", "核对编号，不填则自动编号"
    elif match[2] != _place_code(scope):
        yield f"“{number}”不是本村的编号（{_place_code(scope)}）", "核对编号与镇、村"


def _wrong(what: str, do: str) -> Problem:
    return Problem("案件编号", what, do, "case_no")


def dossier_code(scope: Scope) -> str:
    """What a number begins with: the form's own dossier, or the one its field `scheme` names."""
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
    if (
        town is None
        and places.counties
        and len(codes := {one.code[:6] for one in places.towns}) == 1
    ):
        return codes.pop()  # of several counties each counts its own
    return town.code[-6:] if town else _WHOLE_COUNTY
