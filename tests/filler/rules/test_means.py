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
HARD = "低保边缘家庭中确有特殊困难人员"  #: since 社会救助法
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


LINE = "income_in_line(临时救助, kind, income, std, why, paid)"
BESIDE = "income_beside_line(临时救助, kind, income, std, why, paid)"
SUDDEN, OTHER_HARDSHIP = "突发性、紧迫性、灾难性困难", "遭遇其他特殊困难"


def line(call, expected, amount, kind="支出型", **told):
    """A relief: 448.00 is the standard, twice as much the sample's line."""
    held = {"std": "448.00", "paid": "1000", "why": "", "day": LATE, **told}
    money = {slug: Decimal(held.pop(slug)) if held[slug] else held.pop(slug) or None
             for slug in ("std", "paid")}  # fmt: skip
    return case(call, expected, income=Decimal(amount), kind=kind, **held, **money)


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
    income("", "672.00", HARD, members=insured("健康", "健康")),
    income("why", "672.01", HARD, members=insured("健康", others=1)),
    income("why", "521.04", HARD, day=D(2026, 6, 30), members=insured("健康", others=1)),
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
    line(LINE, "", "896.00"), line(LINE, "why", "896.01"), line(LINE, "", "896.01", paid="0"),
    line(LINE, "", "896.01", paid=""), line(LINE, "", "9000", "急难型"),
    line(LINE, "", "9000", "急难型", day=EARLY), line(LINE, "", "9000", ""),
    line(LINE, "", "896.01", why=SUDDEN), line(LINE, "why", "896.01", why=OTHER_HARDSHIP),
    line(LINE, "", "896.01", why=OTHER_HARDSHIP, day=EARLY), line(LINE, "", "9000", "别的"),
    line(LINE, "", "9000", std=""), line(BESIDE, "income", "9000", "别的"),
    line(BESIDE, "income", "9000", std=""), line(BESIDE, "", "9000", "急难型"),
    line(BESIDE, "", "9000", ""), line(BESIDE, "why", "896.01", paid=""),
    line(BESIDE, "", "896.00", paid=""), line(BESIDE, "", "896.01"),
    line(BESIDE, "income", "9000", day=D(2014, 4, 30)),
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


def test_a_line_that_nobody_confirmed_says_so():
    """And which reason the law of the day knows."""
    (told,) = said(line(LINE, "", "900.00"))
    assert "900.00 高于std的 200%（896.00），按本县标准（待核）" in told
    assert SUDDEN in told
    assert OTHER_HARDSHIP in said(line(LINE, "", "900.00", day=EARLY))[0]


def test_a_line_that_is_not_entered_is_told_of():
    """It does not pass silently; what the law does not ask for is not told of."""
    (told,) = said(line(BESIDE, "", "100.00", "别的"))
    assert "县里没有登记临时救助（别的）的收入标准，没有比较收入" in told
    assert "没有登记“std”" in said(line(BESIDE, "", "100.00", std=""))[0]


def test_over_the_line_no_relief_is_granted_without_a_reason(fill, answers_of):
    """An application is taken in all the same, and says so; the reason stands in the opinion."""
    rich = answers_of("LS-01") | {"inc_total": "36000"}
    told = "\n".join(map(str, fill("LS-01", rich).problems))
    assert "1000.00 高于" in told
    assert "按本县标准（待核）" in told
    chosen = fill("LS-01", rich | {"over_reason": OTHER_HARDSHIP})
    assert f"人均月收入1000.00元，属{OTHER_HARDSHIP}，拟同意" in chosen.printed.texts["t_opinion"]


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
