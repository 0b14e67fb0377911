"""Rules over means: each word on both sides of its edge."""

import datetime as dt
from decimal import Decimal

import pytest

from filler.form.opinions import levels_of
from tests.filler.one_rule import case, paper, refused, said

D = dt.date
LATE, EARLY = D(2026, 8, 3), D(2018, 5, 7)
NUMBER = "DB-103200-2018-0001"
SINGLE, OLD = "低保边缘家庭重病重残单人户", "困难家庭重度残疾人单独申请"
INCOME = "income_within(低保审批, income, std, why)"
ASSETS = "assets_within(低保审批, exempt, std, COM-03, DB-01)"
GRACE = "grace_within(低保复核, grace)"


TEKUN_INCOME = "income_within(特困审批, income, std, why)"
PENSION = "扣除基础养老金、优待抚恤金、高龄津贴后不超标准"
TEKUN_ASSETS = "assets_within(特困审批, exempt, std, COM-03)"
CONFIRMED = "confirmed_assets_within(result, 予以确认, 低保边缘和刚性支出认定, exempt, std, ZF-09)"


def lone(expected, deposit, heads=1):
    """A form without a table of members; the survey tells how many they are."""
    survey = paper("COM-03", NUMBER, deposit=deposit, members=[{"m_name": "甲"}] * heads)
    return case(
        TEKUN_ASSETS, expected, exempt="无", std=Decimal("448.00"), day=LATE, case_no=NUMBER,
        past=(survey,),
    )  # fmt: skip


def confirmed(expected, result, vehicle):
    """A form that may refuse, too."""
    return case(
        CONFIRMED, expected, result=result, exempt="无", std=Decimal("448.00"), day=LATE,
        case_no=NUMBER, past=(paper("ZF-09", NUMBER, vehicle=vehicle),),
    )  # fmt: skip


def insured(*health, others=0):
    """Members: these are insured, so many are not."""
    rows = [{"m_insured": "是", "m_health": one} for one in health]
    return rows + [{"m_insured": "否", "m_health": "健康"}] * others


def income(expected, amount, why="", day=LATE, members=()):
    rows = list(members) or insured("健康")
    return case(
        INCOME, expected, income=Decimal(amount), std=Decimal("448.00"), why=why, day=day,
        members=rows,
    )  # fmt: skip


def owned(expected, exempt="无", **told):
    """Two people; the survey tells what they own."""
    answers = {"deposit": "0", "security": "0", "insurance": "0", "vehicle": "无", "biz_reg": "无"}
    return case(
        ASSETS, expected, exempt=exempt, std=Decimal("448.00"), day=LATE,
        members=insured("健康", "健康"), case_no=NUMBER,
        past=(paper("COM-03", NUMBER, **answers | told),),
    )  # fmt: skip


#: Call, addresses refused (none when it is silent), the fields.
CHECKED = [
    income("", "448.00"), income("why", "448.01"), income("why", "521.04"),
    income("", "521.04", SINGLE, members=insured("患重病", others=1)),
    income("", "672.00", SINGLE, members=insured("残疾", others=1)),
    income("why", "672.01", SINGLE, members=insured("残疾", others=1)),
    income("why", "521.04", SINGLE, members=insured("患重病", "患重病")),
    income("why", "521.04", SINGLE, members=insured("健康", others=1)),
    income("why", "521.04", OLD, members=insured("残疾")),
    income("", "521.04", OLD, day=EARLY, members=insured("残疾")),
    income("why", "521.04", SINGLE, day=EARLY, members=insured("残疾")),
    income("why", "521.04", "别的理由", members=insured("残疾")),
    owned(""), owned("", deposit="21504"), owned("exempt", deposit="21504.01"),
    owned("exempt", deposit="20000", insurance="2000"), owned("exempt", vehicle="小型轿车"),
    owned("", "残疾人功能性补偿代步机动车", vehicle="三轮车"),
    owned("exempt", "有车", vehicle="小型轿车"),
    owned("exempt", biz_reg="小卖部"), owned("", biz_reg=""),
    case(ASSETS, "", exempt="无", std=Decimal("448.00"), day=LATE, members=insured("健康")),
    case(TEKUN_INCOME, "", income=Decimal("448.00"), std=Decimal("448.00"), why="", day=LATE),
    case(TEKUN_INCOME, "why", income=Decimal("448.01"), std=Decimal("448.00"), why="", day=LATE),
    case(TEKUN_INCOME, "", income=Decimal("600.00"), std=Decimal("448.00"), why=PENSION, day=LATE),
    case(TEKUN_INCOME, "why", income=Decimal("600"), std=Decimal("448"), why=PENSION, day=EARLY),
    case(TEKUN_INCOME, "why", income=Decimal("600"), std=Decimal("448"), why=SINGLE, day=LATE),
    lone("", "10752"), lone("exempt", "10752.01"), lone("", "21504", heads=2),
    lone("exempt", "21504.01", heads=2),
    confirmed("exempt", "予以确认", "小型轿车"), confirmed("", "不予确认", "小型轿车"),
    confirmed("", "予以确认", "无"), confirmed("", "", "小型轿车"),
    case(GRACE, "", grace=12, day=LATE), case(GRACE, "grace", grace=13, day=LATE),
]  # fmt: skip


@pytest.mark.parametrize("one", CHECKED, ids=str)
def test_a_check_speaks_beyond_its_edge_and_not_before(one):
    """Where the fault is, and nothing when all is right."""
    assert " ".join(refused(one)) == one.expected


def test_too_much_income_names_the_reasons_of_the_day():
    """What the clerk may choose, and the letter that a refusal is."""
    (told,) = said(income("", "521.04"))
    assert "521.04 高于" in told
    assert SINGLE in told
    assert "COM-07" in told
    assert OLD in said(income("", "521.04", day=EARLY))[0]


def test_property_names_the_paper_that_tells_of_it():
    """Which paper, which thing, what stands there; the survey before the application."""
    (told,) = said(owned("", vehicle="小型轿车"))
    assert "COM-03" in told
    assert "“机动车”是“小型轿车”" in told


#: Confirms or refuses by lines of its own, which it holds against the income it was told.
OWN_LINES = {"ZF-10"}
#: Change or end what was approved: they have amounts and reasons of their own.
LATER = {"COM-09", "TK-06"}


def approvals_after(catalogue, *slugs):
    """Forms on which the county decides on what an earlier paper of the case tells of these."""
    return {
        take.to
        for take in catalogue.taking_over.takes
        if "c" in levels_of(catalogue.form(take.to)) and take.to not in LATER
        if {one.slug for one in catalogue.form(take.source).fields} & {*slugs}
    }


def test_no_approval_passes_over_means_that_an_earlier_paper_tells(catalogue):
    """Found by their fields, whatever is added."""
    for after, words, others in (
        (approvals_after(catalogue, "deposit", "vehicle"), {"assets_within"}, {"ZF-10"}),
        (approvals_after(catalogue, "inc_net", "income_year"), {"income_within"}, OWN_LINES),
    ):
        assert {"DB-02", "TK-03", "ZF-10"} <= after
        for form_id in after - others:
            assert words <= {call.name for call in catalogue.form(form_id).checks}, form_id
    confirms = {call.name for call in catalogue.form("ZF-10").checks}
    assert "confirmed_assets_within" in confirms


def test_too_much_is_not_approved_as_tekun_without_a_reason(fill, answers_of):
    """Of the application, or of the survey that found something else."""
    case_no = fill("TK-01", answers_of("TK-01") | {"income_year": "9000"}).case_no
    approval = answers_of("TK-03") | {"case_no": case_no}
    (told,) = fill("TK-03", approval).problems
    assert "750.00 高于“低保标准”（295.00）" in str(told)
    reason = "扣除基础养老金、优待抚恤金后不超标准"
    approved = fill("TK-03", approval | {"over_reason": reason})
    assert approved.printed.texts["over_note"] == reason
