"""The county surveyed: what is remembered is never older than the papers."""

import datetime as dt

import pytest

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import contents
from filler.models import Issued
from filler.records.people_store import note_person
from minzheng.county.registry.case_changes import load_case_law
from minzheng.inspection.county_survey import CountySurvey, Scope
from tests.inspection.papers import COUNTY

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
PLACE = {"town": "钟宝镇", "village": "旧城村"}
CASE = "DB-103200-2018-0001"


@pytest.fixture
def county():
    return CountySurvey(COUNTY, load_case_law(), {}, {})


def keep(path: str, form_id: str, **more: object) -> ArchivedFile:
    given = {"dossier": "DB", "year": "2018", "case_no": CASE, "person": "测试甲"} | more
    return ArchivedFile.objects.create(
        path=path, state="indexed", form_id=form_id, **{**PLACE, **given}
    )


def done(county: CountySurvey, scope: Scope | None = None, today: dt.date = TODAY) -> list[str]:
    found = county.of(scope or Scope(), today).case(CASE)
    return [one.name for one in found.steps if one.is_there] if found else []


def test_the_same_papers_are_surveyed_once(county):
    """The second asker is given the first one's survey; another day is another."""
    keep("a", "DB-01")
    first = county.of(Scope(), TODAY)
    assert county.of(Scope(), TODAY) is first
    assert county.of(Scope(), TODAY + dt.timedelta(days=1)) is not first


def test_whatever_comes_goes_or_changes_is_seen_at_once(county):
    """A scan, a document, a name put right on a list."""
    keep("a", "DB-01")
    assert done(county) == ["申请"]
    scan = keep("b", "DB-02")
    assert done(county) == ["申请", "审批"]
    ArchivedFile.objects.filter(pk=scan.pk).update(present=False)
    issued = Issued.objects.create(
        form_id="COM-03", case_no=CASE, answers=PLACE | {"name": "测试甲"}, sha256="0"
    )
    note_person(issued)
    assert done(county) == ["申请", "调查"]
    Issued.objects.filter(pk=issued.pk).update(waits_for="c")
    roster = keep("c", "DB-03", case_no="", person="", filing={"persons": [{"value": "测试乙"}]})
    assert done(county) == ["申请"]
    roster.filing = {"persons": [{"value": "测试甲"}]}
    roster.save()
    assert done(county) == ["申请", "发放"]


def test_words_that_are_read_anew_are_heard(county):
    """Minutes name people in sentences; their file has not changed."""
    keep("a", "DB-01")
    keep("b", "COM-04", case_no="", person="", sha256="a" * 64)
    contents.keep_content("a" * 64, Extraction("txt", (ExtractedPage(1, "评议对象：测试乙"),)))
    assert done(county) == ["申请"]
    contents.keep_content("a" * 64, Extraction("txt", (ExtractedPage(1, "评议对象：测试 甲"),)))
    assert done(county) == ["申请", "评议"]


@pytest.mark.parametrize(
    ("scope", "is_seen"),
    [
        (Scope("钟宝镇"), True),
        (Scope("钟宝镇", "旧城村", "DB"), True),
        (Scope("钟宝镇", "旧城村", "TK"), False),
        (Scope("城关镇"), False),
        (Scope(forbidden=frozenset({"DB"})), False),
        (Scope(forbidden=frozenset({"TK"})), True),
        (Scope(forbidden=frozenset({"GS"})), True),
    ],
)
def test_a_part_says_the_same_as_the_whole(county, scope, is_seen):
    """And nothing of what lies outside it."""
    keep("a", "DB-01")
    keep("n", "COM-05", dossier="GS", case_no="", person="", filing={
        "title": {"value": "低保公示单"}, "persons": [{"value": "测试甲"}]})  # fmt: skip
    whole = county.of(Scope(), TODAY).case(CASE)
    part = county.of(scope, TODAY).case(CASE)
    if "GS" in scope.forbidden:
        assert done(county, scope) == ["申请"]
    else:
        assert part == (whole if is_seen else None)


def test_of_a_case_only_some_documents_may_be_told(county):
    """Without any that begins it, its steps are to be done from the first paper on."""
    read = county.read(Issued.objects.none())
    assert [one.state for one in county.alone(CASE, read, TODAY)][:2] == ["没做", "还没到"]
    assert county.alone("GS-103200-2018-0001", read, TODAY) == ()
    issued = Issued.objects.create(
        form_id="DB-01", case_no=CASE, answers={"name": "测试甲", "apply_date": "2018-05-07"}
    )
    read = county.read(Issued.objects.filter(pk=issued.pk))
    assert [one.state for one in county.alone(CASE, read, TODAY)][:2] == ["已出具", "没做"]
