"""Papers by case and person, and the notices of publicity."""

import pytest
from django.db.models import Q

from archive_indexer.models import ArchivedFile
from archive_indexer.stores.paper_counts import Notice, count_papers, find_notices

pytestmark = pytest.mark.django_db

CASE = {
    "town": "钟宝镇", "village": "旧城村", "dossier": "DB", "year": "2018",
    "case_no": "DB-103200-2018-0001", "person": "测试甲",
}  # fmt: skip


def paper(path: str, **more: object) -> None:
    ArchivedFile.objects.create(path=path, **({"state": "indexed"} | more))


def test_the_papers_of_a_case_are_one_group():
    """With the form of every file, as often as it occurs; an unknown one is empty."""
    for path, form in (("1", "DB-01"), ("2", "DB-01"), ("3", "")):
        paper(path, **CASE, form_id=form)
    paper("4", **CASE, form_id="DB-02", present=False)
    paper("5", **CASE, form_id="DB-03", state="failed")
    (group,) = count_papers()
    assert group[:-1] == tuple(CASE.values())
    assert sorted(group.forms) == ["", "DB-01", "DB-01"]


def test_groups_of_what_is_gone_are_left_out_and_a_filter_holds():
    """Each person of each year is a group."""
    paper("1", **CASE)
    paper("2", **CASE | {"year": "2019"})
    paper("3", **CASE | {"person": "测试乙"}, present=False)
    assert [group.year for group in count_papers()] == ["2018", "2019"]
    assert [group.year for group in count_papers(Q(year="2019"))] == ["2019"]


def test_a_notice_is_named_once_a_year():
    """By its title; copies of it do not count."""
    title = {"title": {"value": "公示"}}
    for path in "12":
        paper(path, **CASE | {"dossier": "GS"}, form_id="GS-01", filing=title)
    paper("3", **CASE | {"dossier": "GS", "year": "2019"}, form_id="GS-01")
    assert sorted(find_notices("GS")) == [
        Notice("钟宝镇", "旧城村", "2018", "GS-01", "公示"),
        Notice("钟宝镇", "旧城村", "2019", "GS-01", ""),
    ]
    assert find_notices("GS", Q(village="民主村")) == []


PLACE = {"town": "钟宝镇", "village": "旧城村"}


def keep(path: str, **given):
    return ArchivedFile.objects.create(path=path, **{"state": "indexed", **PLACE, **given})


def test_papers_are_counted_by_case_and_form():
    """Only those that are there and indexed; a group of others is none."""
    of_case = {"dossier": "DB", "year": "2018", "case_no": "1", "person": "甲"}
    keep("a", form_id="DB-01", **of_case)
    keep("b", form_id="DB-02", **of_case)
    keep("c", form_id="DB-03", present=False, **of_case)
    keep("d", form_id="DB-04", state="waiting", **of_case)
    keep("e", form_id="DB-05", present=False, dossier="TK")
    (group,) = count_papers()
    assert sorted(group.forms) == ["DB-01", "DB-02"]
    assert (group.town, group.case_no, group.person) == ("钟宝镇", "1", "甲")
    assert count_papers(Q(village="外村")) == []


def test_notices_tell_their_title_once_a_year():
    """Of the dossier asked for, present and indexed."""
    titled = {"dossier": "GS", "year": "2018", "form_id": "GS-01",
              "filing": {"title": {"value": "公示单"}}}  # fmt: skip
    keep("a", **titled)
    keep("b", **titled)
    keep("c", dossier="GS", year="2019")
    keep("d", **titled | {"year": "2020", "present": False})
    keep("e", **titled | {"dossier": "DB"})
    assert sorted(find_notices("GS")) == [
        Notice("钟宝镇", "旧城村", "2018", "GS-01", "公示单"),
        Notice("钟宝镇", "旧城村", "2019", "", ""),
    ]
    assert find_notices("GS", Q(village="外村")) == []
