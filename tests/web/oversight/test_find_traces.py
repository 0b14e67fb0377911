"""Everything that archive and records hold about people of one name."""

import datetime as dt

import pytest

from filler.models import Issued
from minzheng.accounts.areas import Area
from minzheng.web.oversight.find_traces import first_printings, papers_about
from tests.web.conftest import put_paper

pytestmark = pytest.mark.django_db
PLACE, NAME, CASE = ("钟宝镇", "旧城村"), "测试戊", "DB-103200-2018-0009"


def put(name: str, text: str, form_id: str, person: str = ""):
    more = {"form_id": form_id, "case_no": CASE, "year": "2018"}
    more |= {"person": person} if person else {}
    return put_paper(*PLACE, text, dossier="DB", name=name, **more)


@pytest.fixture
def papers():
    return (
        put("申请书", f"申请人姓名 {NAME}", "DB-01", NAME),
        put("公示照片", "公示栏", "GS-01"),
    )


def test_a_page_without_the_name_is_found_by_its_case(papers):
    """Its code tells the case; once only."""
    found = papers_about(NAME, Area())
    assert sorted(one.number for one in found) == sorted(one.pk for one in papers)
    assert {one.source for one in found} == {"扫描件"}


def test_another_villages_case_gives_nothing(papers):
    """Nor does a dossier one does not see."""
    assert papers_about(NAME, Area(town="城关镇")) == []
    assert papers_about(NAME, Area(forbidden=frozenset({"DB"}))) == []
    assert papers_about(NAME, Area(is_nothing=True)) == []


def test_an_issued_document_is_a_trace_with_its_person(sign_in, posted):
    """Of the very name: a longer one is another person."""
    sign_in().post("/forms/DB-01", posted("DB-01"))
    (trace,) = papers_about("测试周桂兰", Area())
    assert (trace.source, trace.form_id, trace.village) == ("出具文书", "DB-01", "旧城村")
    assert trace.id_no == "11010519491231002X"
    assert papers_about("测试周桂", Area()) == []


def test_a_document_is_of_the_day_on_the_clerks_clock(sign_in, posted):
    """At night in UTC it is the next day here, and at new year the next year."""
    sign_in().post("/forms/DB-01", posted("DB-01"))
    Issued.objects.update(issued_at=dt.datetime(2025, 12, 31, 17, tzinfo=dt.UTC))
    (trace,) = papers_about("测试周桂兰", Area())
    assert (trace.day, trace.year) == (dt.date(2026, 1, 1), "2026")


def test_the_holder_of_a_case_is_told_by_papers_one_may_see():
    """A page without a name learns none from a village out of sight."""
    more = {"case_no": CASE, "year": "2018", "dossier": "DB"}
    put_paper(*PLACE, f"走访记录 姓名 {NAME}", name="走访", form_id="ZF-01", **more)
    hidden = {**more, "person": "测试己"}
    put_paper("城关镇", "蔬菜村", "申请人姓名 测试己", name="申请书", form_id="DB-01", **hidden)
    told = {trace.person for trace in papers_about(NAME, Area(town=PLACE[0]))}
    assert "测试己" not in told


def test_every_printing_goes_back_to_the_first():
    """Of a chain that begins out of sight, to the first that is seen."""
    chain = [Issued(pk=3), Issued(pk=5, corrects_id=3), Issued(pk=8, corrects_id=5)]
    apart = [Issued(pk=6), Issued(pk=9, corrects_id=1)]
    assert first_printings([*reversed(chain), *apart]) == {3: 3, 5: 3, 8: 3, 6: 6, 9: 9}
