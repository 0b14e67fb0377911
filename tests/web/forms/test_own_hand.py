"""Who may write whose opinion."""

import datetime as dt
import tomllib
from dataclasses import replace

import pytest

from filler.models import Issued
from minzheng.accounts.models import Role
from minzheng.county.registry.desks import load_desks
from minzheng.county.registry.laws import Decider
from minzheng.web.forms.own_hand import left_to_others, levels_for, strange_hand
from minzheng.web.gate.office import forms
from tests.web.conftest import ANSWERS, KEEPER

DESKS = load_desks()
TOWN = (Role.TOWN_CLERK, "钟宝镇")
DAY = dt.date(2026, 8, 3)
COUNTY = ("c_opinion", "c_date", "c_amount", "cert_no")


def answers(form_id, *blank):
    """Sample answers with these left blank."""
    found = tomllib.loads((ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8"))
    return found | dict.fromkeys(blank, "")


@pytest.mark.parametrize(
    ("form_id", "blank", "role", "label"),
    [
        ("DB-02", (), Role.COUNTY_CLERK, ""), ("DB-02", COUNTY, Role.TOWN_CLERK, ""),
        ("DB-02", (), Role.TOWN_CLERK, "县民政局意见"),
        ("DB-02", ("c_opinion", "c_date"), Role.TOWN_CLERK, "批准金额"),
        ("DB-02", COUNTY, Role.VILLAGE_KEEPER, "镇人民政府审核意见"),
        ("DB-02", (*COUNTY, "t_opinion", "t_date"), Role.VILLAGE_KEEPER, ""),
        ("LS-01", ("c_date",), Role.TOWN_CLERK, ""),
        ("LS-01", ("c_date", "t_date", "pay_date"), Role.VILLAGE_KEEPER, "批准金额"),
        ("DB-01", (), Role.VILLAGE_KEEPER, ""),
    ],
)  # fmt: skip
def test_nobody_writes_for_another_hand(form_id, blank, role, label):
    """The county's half is the county's, the decision that of whoever decides."""
    given = answers(form_id, *blank)
    found = strange_hand(forms().form(form_id), given, role, forms().county, DAY)
    assert (found.where if found else "") == label


def test_where_the_province_says_so_the_town_decides():
    """From the day on, of the scheme it names: it writes the county's part, nobody else does."""
    rule = Decider("镇", ("低保",), DAY, dt.date.max)
    laws = replace(forms().county.laws, deciders=(*forms().county.laws.deciders, rule))
    county, spec = replace(forms().county, laws=laws), forms().form("DB-02")
    before = DAY - dt.timedelta(days=1)
    assert strange_hand(spec, answers("DB-02"), Role.TOWN_CLERK, county, DAY) is None
    assert strange_hand(spec, answers("DB-02"), Role.TOWN_CLERK, county, before)
    assert strange_hand(spec, answers("DB-02"), Role.VILLAGE_KEEPER, county, DAY)
    assert "c" in levels_for(spec, {}, Role.TOWN_CLERK, county, DAY)
    others = forms().form("TK-03"), forms().form("COM-09")
    told = [levels_for(one, {"scheme": "特困"}, Role.TOWN_CLERK, county, DAY) for one in others]
    assert told == [DESKS.levels_of(Role.TOWN_CLERK)] * 2


def test_a_page_shows_each_role_its_own_part():
    """And the decision to whoever may decide."""
    spec = forms().form("LS-01")
    assert "ok_amount" not in left_to_others(spec, DESKS.levels_of(Role.TOWN_CLERK))
    village = left_to_others(spec, DESKS.levels_of(Role.VILLAGE_KEEPER))
    assert {"ok_amount", "t_date", "c_date"} <= village
    assert not left_to_others(spec, DESKS.levels_of(Role.COUNTY_CLERK))
    assert left_to_others(forms().form("DB-01"), frozenset()) == frozenset()


def test_the_town_sends_and_the_county_decides(sign_in, posted):
    """On the pages: what the town may not write it is not asked; one document, two editions."""
    town, county = sign_in(*TOWN), sign_in()
    page = town.get("/forms/DB-02").content.decode()
    assert 'name="c_date"' not in page
    assert "县民政局的意见、日期等不在这里填" in page
    refused = town.post("/forms/DB-02", posted("DB-02"))
    assert refused.status_code == 422
    assert "由县民政局填写" in refused.content.decode()
    town.post("/forms/DB-02", posted("DB-02") | dict.fromkeys(COUNTY, ""))
    sent = Issued.objects.get(form_id="DB-02")
    assert sent.waits_for == "c"
    assert "这是送审稿" in town.get(f"/documents/{sent.pk}").content.decode()
    page = county.get(f"/forms/DB-02?case_no={sent.case_no}").content.decode()
    assert 'name="c_date"' in page
    assert 'name="category"' not in page
    decided = {"action": "issue", "case_no": sent.case_no, "seen": str(sent.pk),
               "c_date": "2018-05-07", "c_amount": "285.62"}  # fmt: skip
    county.post("/forms/DB-02", decided)
    final = Issued.objects.get(form_id="DB-02", waits_for="")
    assert (final.corrects_id, final.edition, final.case_no) == (sent.pk, 2, sent.case_no)


def test_a_keeper_prints_it_for_the_town(sign_in, posted):
    """With the town's and the county's part blank."""
    keeper = sign_in(*KEEPER)
    blank = dict.fromkeys((*COUNTY, "t_opinion", "t_date"), "")
    keeper.post("/forms/DB-02", posted("DB-02") | blank)
    assert Issued.objects.get(form_id="DB-02").waits_for == "t"
