"""A paper of a case is not of a day before the case was applied for.

Forms that take the day of application over check their days against it themselves; a vote, a
notice, a letter know nothing of it.
"""

from collections.abc import Iterator

from filler.carry_over.earlier import Earlier
from filler.carry_over.two_places import Disagreements
from filler.rules.wording import label_of
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.writing.chinese_dates import parse_date, print_date

#: Days on which a case is applied for, the first that its application tells.
_APPLIED = ("apply_date", "relief_date", "fill_date")


def find_early_days(scope: Scope, earlier: Earlier) -> Disagreements:
    """Where a later paper of a case is of a day before its application."""
    return Disagreements(warnings=tuple(_early(scope, earlier)))


def _early(scope: Scope, earlier: Earlier) -> Iterator[Problem]:
    schemes = earlier.facts.county.required.schemes
    scheme = schemes.get(scope.case_no.partition("-")[0]) if scope.case_no else None
    slug = scope.spec.reference_date
    day = scope.date(slug) if slug in scope.fields else None
    if scheme is None or day is None or scope.spec.id in scheme.steps[0].forms:
        return
    for form_id in sorted(scheme.steps[0].forms & earlier.forms.keys()):
        for past in earlier.history.issued_for(form_id, case_no=scope.case_no)[-1:]:
            labels = {one.slug: one.label for one in earlier.forms[form_id].fields}
            days = ((one, parse_date(past.text(one))) for one in _APPLIED)
            named, applied = next(((one, at) for one, at in days if at), ("", day))
            if day < applied:
                there = f"{form_id}（文书号 {past.number}）“{labels.get(named, named)}”"
                what = f"{print_date(day)}早于{there}（{print_date(applied)}）"
                yield Problem(label_of(scope, slug), what, "核对两个日期的先后", slug)
