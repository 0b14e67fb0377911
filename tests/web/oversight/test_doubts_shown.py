"""What the pages of doubts show."""

import datetime as dt

import pytest
from django.http import QueryDict

from minzheng.accounts.areas import Area
from minzheng.inspection.doubts import Cited, Doubt
from minzheng.inspection.finding_store import Said, findings_in, keep_found, say
from minzheng.inspection.models import Finding
from minzheng.web.oversight.doubts_shown import lines_of, read_asked, tables_of, where_of
from tests.web.conftest import put_paper

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 7, 5, 9, tzinfo=dt.UTC)


def found(check: str, village: str = "旧城村", *others: Cited, **more: str) -> Doubt:
    paper = Cited("出具", 999, "DB-02", "审批表", "钟宝镇", village, "DB", "DB-1", (("金额", "1"),))
    return Doubt(
        check, (check, village), "测试甲", "x", (paper, *others), "钟宝镇", village, "DB", "2018"
    )


def asked(**given: str):
    query = QueryDict(mutable=True)
    query.update(given)
    return read_asked(query, Area())


def test_the_gravest_stand_first():
    """By severity, then in the order of the registry; what is only a hint last."""
    keep_found({"x": [found("people_differ"), found("held_twice"), found("amounts_differ")]}, NOW)
    Finding.objects.filter(check_id="amounts_differ").update(is_warning=True)
    shown = [one.check_id for one in asked().narrow(findings_in(Area()))]
    assert shown == ["held_twice", "people_differ", "amounts_differ"]


def test_a_doubt_of_two_villages_is_each_ones():
    """And of its town; a place nobody knows is no choice."""
    other = Cited("扫描", 1, "DB-02", "审批表", "钟宝镇", "得胜村", "DB", "", ())
    keep_found({"x": [found("held_twice", "旧城村", other)]}, NOW)
    (one,) = Finding.objects.all()
    assert (one.village, where_of(one)) == ("", "钟宝镇旧城村、钟宝镇得胜村")
    for key, count in (("103200", 1), ("103", 1), ("999", 1), ("100", 0)):
        assert asked(place=key).narrow(findings_in(Area())).count() == count, key


def test_what_changed_since_it_was_verified_is_marked():
    """And counted where it stands."""
    keep_found({"x": [found("held_twice")]}, NOW)
    say(Finding.objects.get(), Said("属实"), "甲", NOW)
    Finding.objects.update(facts="other")
    (row,) = lines_of(Finding.objects.all(), Area())
    assert row.has_changed
    red, _, _ = tables_of(findings_in(Area()), asked())
    (line,) = [one for one in red[1].found if one.check.id == "held_twice"]
    assert line.total == 1 and [n for _, n, _ in line.counts] == [0, 1, 0, 0] and red[2] == 0
    assert "people_differ" not in {one.check.id for one in red[1].found}
    assert "paid_after_death" in {one.check.id for one in red[1].clear}


def test_addresses_keep_the_other_choices():
    """And drop what is empty."""
    one = asked(check="held_twice", state="属实", place="103200")
    assert one.address(state="") == "?check=held_twice&place=103200"
    assert one.printing.endswith("&print=1") and asked().as_query == "?"
    assert "旧城村" in one.label and "重复享受" in one.label


def test_a_paper_that_is_gone_or_not_ones_own_is_told(sign_in):
    """Instead of a link that leads nowhere."""
    there = put_paper("钟宝镇", "旧城村", "审批表 测试甲", form_id="DB-02")
    scan = Cited(
        "扫描", there.pk, "DB-02", "审批表", "钟宝镇", "旧城村", "DB", "", (("姓名", "测试甲"),)
    )
    lost = Cited("扫描", 99999, "DB-02", "审批表", "钟宝镇", "旧城村", "DB", "", ())
    keep_found({"x": [found("held_twice", "旧城村", scan, lost)]}, NOW)
    page = sign_in().get(f"/doubts/{Finding.objects.get().pk}").content.decode()
    assert "这份文书已不在" in page and "这份文件已不在" in page
    assert f"/files/{there.pk}?q=%22%E6%B5%8B%E8%AF%95%E7%94%B2%22" in page
    assert "审批表 <mark>测试甲</mark>" in page
