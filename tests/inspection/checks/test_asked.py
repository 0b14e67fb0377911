"""What a check is asked with, and how a doubt cites its papers."""

from minzheng.inspection.checks.asked import cite, doubt
from tests.inspection.checks.made_papers import asked, decided, record


def test_a_doubt_belongs_where_its_first_paper_does():
    """Unless told otherwise; the paper itself is what is to be issued again."""
    check = asked("dates_reversed")
    first, second = (
        cite(check, decided(), ("姓名", "测试甲"), ("空", "")),
        cite(check, record("COM-03")),
    )
    one = doubt(check, ("x",), "测试甲", "甲 与 乙 不一致", first, second)
    assert (one.town, one.village, one.dossier, one.form_id) == ("钟宝镇", "旧城村", "DB", "DB-02")
    assert one.what == "甲 与 乙 不一致，请核实"
    assert one.case_no == decided().case_no and first.words == ("测试甲",)
    elsewhere = doubt(
        asked("held_twice"), ("x",), "甲", "乙", first, place=("城关镇", ""), dossier="TK"
    )
    assert (elsewhere.town, elsewhere.dossier, elsewhere.form_id) == ("城关镇", "TK", "")


def test_limits_and_titles():
    """Of the registry; a form that is gone is called by its paper."""
    assert asked("notices_without_seal").limit("days") == 30
    assert asked("notices_without_seal").limit("none", 3) == 3
    assert asked("held_twice").title_of(record("XX-01")) == "XX-01"
