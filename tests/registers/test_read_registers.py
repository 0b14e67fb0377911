"""Registers over what is issued and filed: states, proof, what is lacking, what changed."""

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone

from filler.models import Issued
from minzheng.accounts.areas import Area
from minzheng.county.config import REGISTRY_FOLDER
from minzheng.registers.read_registers import ReadRegisters, may_open, may_see_row
from minzheng.registers.register_file import load_registers
from tests.registers.records import COUNTY_SEAL, issue, scan

TODAY = dt.date(2018, 7, 20)
NOTICE = {"scheme": "低保", "as_of": "2018年6月30日", "post_date": "2018-07-02"}
PHOTO = f"photo:{'0' * 64}:1200x900"
TEXTS = {"total_person": "3", "total_amount": "890.00"}


@pytest.fixture
def read(db, catalogue):
    """All registers, as the table of the county says."""
    table = load_registers(REGISTRY_FOLDER, catalogue.by_id, catalogue.county.terms)
    return ReadRegisters(table, catalogue.by_id, catalogue.facts)


@pytest.fixture
def rows(read):
    """The rows of a register that stand on a document."""

    def run(name: str, today: dt.date = TODAY, forbidden: frozenset[str] = frozenset()):
        found = read.rows(read.registers.named(name), today, forbidden)
        return [row for row in found if row.document]

    return run


def state(rows, name="notices", **more):
    """The state of the only row."""
    (one,) = rows(name, **more)
    return one.state


def test_every_village_must_have_every_notice(read):
    """58 villages, four schemes: what nobody issued is lacking, not absent."""
    found = read.rows(read.registers.named("notices"), TODAY)
    assert Counter(row.state for row in found) == {"没有": 58 * 4}
    issue("GS-01", 1, NOTICE, texts=TEXTS)
    found = read.rows(read.registers.named("notices"), TODAY)
    assert Counter(row.state for row in found) == {"没有": 58 * 4 - 1, "已出具": 1}


def test_a_notice_is_valid_once_a_stamped_scan_is_filed(rows):
    """Issued, then posted, then sealed; amounts are those that were printed."""
    one = issue("GS-01", 1, NOTICE, texts=TEXTS)
    assert rows("notices")[0].cells["money"] == "890.00"
    assert state(rows) == "已出具"
    issue(
        "COM-06",
        1,
        {"notice_no": one.case_no, "post_date": "2018-07-02", "down_date": "2018-07-18"},
    )
    assert state(rows) == "已张贴"
    scan(one.case_no, "GS-01", ["旧城村村民委员会"])
    assert state(rows) == "已张贴"
    assert rows("notices")[0].cells["seal"] == "旧城村村民委员会"
    scan(one.case_no, "GS-01", ["旧城村村民委员会", COUNTY_SEAL])
    assert state(rows) == "有效"


def test_posting_is_told_before_taking_down(rows):
    """The report of the day it was posted counts; its next edition says when it came down."""
    one = issue("GS-01", 1, NOTICE, texts=TEXTS)
    posted = {"notice_no": one.case_no, "stage": "张贴后", "post_date": "2018-07-02"}
    photos = {"photo_near": PHOTO, "photo_far": PHOTO}
    first = issue("COM-06", 1, {**posted, **photos})
    assert state(rows) == "已张贴"
    assert (rows("notices")[0].cells["photos"], rows("notices")[0].cells.get("down", "")) == (
        "近照远照", ""
    )  # fmt: skip
    down = {"stage": "撤下后", "down_date": "2018-07-18", "photo_down": PHOTO}
    issue("COM-06", 1, {**posted, **photos, **down}, edition=2)
    (notice,) = rows("notices")
    assert (notice.cells["photos"], notice.cells["down"]) == ("近照远照撤下照", "2018-07-18")
    assert first.case_no == "GS-103200-2018-0001"


def test_a_seal_that_cannot_be_read_counts_and_is_said(rows):
    """Red ink that no model reads is no reason to lack a notice for ever."""
    one = issue("GS-01", 1, NOTICE, texts=TEXTS)
    scan(one.case_no, "GS-01", [""])
    assert state(rows) == "有效"
    assert rows("notices")[0].cells["seal"] == "有章，字没有读出"


@pytest.mark.parametrize(
    ("form_id", "origin"), [("COM-06", "ocr"), ("GS-01", "text_layer"), ("GS-01", "text")]
)
def test_only_a_scan_of_the_notice_itself_proves_it(rows, form_id, origin):
    """Not another paper of its case, not our own file laid in the folder."""
    one = issue("GS-01", 1, NOTICE, texts=TEXTS)
    scan(one.case_no, form_id, [COUNTY_SEAL], origin)
    assert state(rows) == "已出具"


def test_the_newest_notice_counts(rows):
    """By the day of its data, not by when it was typed."""
    issue("GS-01", 1, {**NOTICE, "as_of": "2018-03-31"}, texts=TEXTS)
    issue("GS-01", 2, NOTICE, texts=TEXTS)
    issue("GS-01", 3, {**NOTICE, "as_of": "2017-12-31"}, texts=TEXTS)
    assert [row.document.case_no for row in rows("notices")] == ["GS-103200-2018-0002"]


def test_an_old_notice_is_stale(rows):
    """After a quarter, and at once when somebody was approved since."""
    issue("GS-01", 1, NOTICE, texts=TEXTS)
    assert state(rows, today=dt.date(2018, 9, 29)) == "已出具"
    assert state(rows, today=dt.date(2018, 9, 30)) == "过期"
    issue("DB-02", 1, {"c_date": "2018-06-30", "name": "测试甲"})
    assert state(rows) == "已出具"
    issue("DB-02", 2, {"c_date": "2018-07-01", "name": "测试乙"})
    assert state(rows) == "过期"


def test_what_changed_elsewhere_does_not_make_it_stale(rows):
    """Another village, another scheme."""
    issue("GS-01", 1, NOTICE, texts=TEXTS)
    issue("DB-02", 2, {"c_date": "2018-07-01", "village": "红星村"})
    issue("TK-03", 3, {"c_date": "2018-07-01"})
    assert state(rows) == "已出具"


def test_a_notice_on_an_old_template_is_told(rows):
    """Whatever seal it bears."""
    one = issue("GS-01", 1, NOTICE, texts=TEXTS, version="0.9")
    scan(one.case_no, "GS-01", [COUNTY_SEAL])
    assert state(rows) == "旧模板"


def test_new_documents_are_seen_at_once(rows):
    """Issued, corrected, stopped, erased: each changes the rows."""
    one = issue("GS-01", 1, NOTICE, texts=TEXTS)
    assert len(rows("notices")) == 1
    two = issue("GS-01", 2, {**NOTICE, "scheme": "特困"}, texts=TEXTS)
    assert len(rows("notices")) == 2
    issue("GS-01", 1, {**NOTICE, "scheme": "高龄补贴"}, texts=TEXTS, corrects=one, edition=2)
    assert {row.cells["scheme"] for row in rows("notices")} == {"特困", "高龄补贴"}
    Issued.objects.filter(pk=two.pk).update(stopped_at=timezone.now())
    assert {row.cells["scheme"] for row in rows("notices")} == {"高龄补贴"}
    for one in Issued.objects.order_by("-pk"):
        one.delete()
    assert rows("notices") == []


def test_erased_and_issued_again_is_seen(rows):
    """As many documents as before are not the same documents."""
    issue("GS-01", 1, NOTICE, texts=TEXTS)
    assert rows("notices")[0].cells["scheme"] == "低保"
    Issued.objects.all().delete()
    issue("GS-01", 2, {**NOTICE, "scheme": "特困"}, texts=TEXTS)
    assert rows("notices")[0].cells["scheme"] == "特困"


def test_new_documents_alone_are_read(rows, read, django_assert_max_num_queries):
    """What was read once is remembered."""
    for number in range(1, 4):
        issue("GS-01", number, {**NOTICE, "as_of": f"2018-06-0{number}"}, texts=TEXTS)
    rows("notices")
    with django_assert_max_num_queries(6):
        rows("notices")


@pytest.fixture
def case():
    """A household that was approved."""
    return issue(
        "DB-02", 1, {"c_date": "2018-03-05", "name": "测试甲", "id_no": "610927196203151216"}
    )


def test_a_recipient_is_visited_or_not(rows, case):
    """By the ID number, in whatever writing."""
    assert state(rows, "visit-list") == "还没走访"
    visit = {
        "name": "测试甲", "id_no": " 610927196203151216", "visit_date": "2018-05-07",
        "visit_mode": "电话", "is_poor": "建档立卡", "team": "第一组",
    }  # fmt: skip
    issue("ZF-01", 1, visit)
    assert state(rows, "visit-list") == "困难户没有入户"
    issue("ZF-01", 2, {**visit, "visit_date": "2018-06-01", "visit_mode": "入户"})
    assert state(rows, "visit-list") == "已走访"
    assert rows("visit-list")[0].cells["visit_date"] == "2018-06-01"


def test_one_person_with_two_benefits_is_one_row(rows, case):
    """And with an ended one still there, until every benefit is over."""
    issue("GL-01", 1, {"c_date": "2018-04-01", "name": "测试甲", "id_no": "610927196203151216"})
    assert len(rows("visit-list")) == 1


def test_who_gets_nothing_any_more_need_not_be_visited(rows, case):
    """Ended, or dead; a draft that waits for the county is no approval."""
    issue("COM-09", 5, {"decision": "停发"}, case_no=case.case_no)
    issue("DB-02", 7, {"name": "测试乙", "id_no": "610927195503151218"}, waits_for="c")
    assert rows("visit-list") == []


def test_marginal_households_are_on_the_list_without_numbers(rows):
    """Known by village and name; who has left is not."""
    listed = [
        {"head": "测试丙", "last_check": "2018-03-31"},
        {"head": "测试丁", "last_check": "2018-03-31", "exit": "2018-05"},
    ]
    issue("ZF-06", 1, {"as_of": "2018-03-31", "rows": listed})
    assert [row.cells["name"] for row in rows("visit-list")] == ["测试丙"]
    issue(
        "ZF-01",
        1,
        {"name": "测试丙", "visit_date": "2018-05-07", "visit_mode": "入户", "is_poor": "否"},
    )
    assert state(rows, "visit-list") == "已走访"


def test_forbidden_dossiers_give_nothing(rows, case):
    """Neither rows nor cells of a row."""
    assert rows("visit-list", forbidden=frozenset({"DB"})) == []
    issue("ZF-01", 1, {"id_no": "610927196203151216", "visit_date": "2018-05-07"})
    (one,) = rows("visit-list", forbidden=frozenset({"ZF"}))
    assert one.state == "还没走访"


def test_only_rows_of_the_area_are_seen(rows, case):
    """And only documents of it are opened."""
    (one,) = rows("visit-list")
    for place, sees in ((Area(), True), (Area("钟宝镇", "旧城村"), True), (Area("曙坪镇"), False)):
        assert may_see_row(one, place) is sees
        assert may_open(one, place, "nobody") is sees
    assert may_open(one, Area("曙坪镇"), "p0")
