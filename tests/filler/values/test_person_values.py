"""What numbers tell of a person: each word on both sides of its edge."""

import datetime as dt

import pytest

from tests.filler.one_rule import born, case, derived

D = dt.date

ELDER = born(1949, 12, 31)

#: Call, what it gives, the fields.
CASES = [
    case("id_birth_date(id_no)", D(1949, 12, 31), id_no=ELDER),
    case("id_birth_date(id_no)", None, id_no=ELDER[:17]),
    case("id_sex(id_no)", "女", id_no=born(1949, order=2)),
    case("id_sex(id_no)", "男", id_no=born(1949, order=3)),
    case("id_sex(id_no)", None, id_no=""),
    case("age_on(id_no)", 68, id_no=ELDER, day=D(2018, 12, 30)),
    case("age_on(id_no)", 69, id_no=ELDER, day=D(2018, 12, 31)),
    case("age_on(id_no, asked)", 67, id_no=ELDER, day=D(2018, 12, 31), asked=D(2017, 12, 30)),
    case("age_on(id_no, asked)", None, id_no=ELDER, day=D(2018, 12, 31), asked=None),
    case("disability_type(cert)", "视力", cert=ELDER + "11"),
    case("disability_type(cert)", "多重", cert=ELDER + "71"),
    case("disability_type(cert)", None, cert=ELDER + "81"),
    case("disability_type(cert)", None, cert=ELDER),
    case("disability_level(cert)", "一级", cert=ELDER + "41"),
    case("disability_level(cert)", "四级", cert=ELDER + "44"),
    case("disability_level(cert)", None, cert=ELDER + "45"),
    case("masked_id(id_no)", f"{ELDER[:6]}********{ELDER[-4:]}", id_no=ELDER),
    case("masked_id(id_no)", None, id_no=""),
]  # fmt: skip


@pytest.mark.parametrize("one", CASES, ids=str)
def test_a_derivation_gives_what_follows_from_the_form(one):
    """Just so much, and nothing while it cannot be known."""
    assert derived(one) == one.expected
