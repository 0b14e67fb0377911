"""Whoever was approved by any form of a scheme: its lists are given the row, and hold it.

Derived from the steps of registry/completeness.toml, the forms and registry/copies.toml, so that
a new form of approval (先行救助 beside the ordinary one) is not forgotten on a list.
"""

import pytest

from filler.form.opinions import levels_of
from tests.inspection.papers import SCHEMES
from tests.shipped_forms import shipped_forms

FORMS = shipped_forms()
_APPROVED, _AFTER = ("申请", "审批", "确认", "登记"), ("公布", "发放")
#: Lists of a dossier that are not made of its approvals, with the reason.
_OTHERS = {
    "TK-08": "丧葬费、物资逐件登记，不是每月的名单",
    "YF-05": "义务兵家庭，凭入伍通知，不凭优抚登记",
    "JZ-04": "逐件发放的登记，领取人不限于申请人",
}
#: Approvals of a dossier that a list is not of.
_NOT_OF = {
    ("YF-02", "YF-04"): "老年生活补助由县汇总上报，另有名册",
    ("JZ-03", "JZ-02"): "建房补助，不是冬春救助",
}
#: Rows that are typed, and compared: the quarter's list of 临时救助 is no list of who is paid now.
_TYPED = {("GS-01", one) for one in ("LS-01", "LS-02", "LS-03")}
PAIRS = sorted(
    (listing, form_id)
    for scheme in SCHEMES.values()
    for listing in {one for step in scheme.steps if step.name in _AFTER for one in step.lists}
    for form_id in {one for step in scheme.steps if step.name in _APPROVED for one in step.forms}
    if listing not in _OTHERS
    and (listing, form_id) not in _NOT_OF
    and form_id.startswith(scheme.dossier)
    and any(
        field.slug.startswith(("c_date", "t_date", "b_date"))
        for field in FORMS.form(form_id).fields
    )
    and levels_of(FORMS.form(form_id))
)


def test_every_scheme_with_lists_is_tried():
    """Six kinds of help, by each of their approvals."""
    assert {"DB-02", "TK-03", "LS-01", "LS-02", "LS-03", "YL-01", "CB-01", "GL-01"} <= {
        form_id for _, form_id in PAIRS
    }


@pytest.mark.parametrize(("listing", "form_id"), PAIRS)
def test_a_list_compares_its_row_with_the_approval(listing, form_id):
    """What it says of somebody is not typed unseen."""
    rules = FORMS.taking_over
    found = {(one.to, one.source) for one in (*rules.listed, *rules.gathers)}
    assert (listing, form_id) in found


@pytest.mark.parametrize(("listing", "form_id"), [one for one in PAIRS if one not in _TYPED])
def test_a_list_is_given_its_row(listing, form_id):
    """Nobody copies it from the approval."""
    found = {(one.to, one.source) for one in FORMS.taking_over.gathers}
    found |= {(one.gather.to, one.gather.source) for one in FORMS.offers.lists}
    assert (listing, form_id) in found
