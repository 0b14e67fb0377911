"""Papers by case and person, and whom the lists name."""

import datetime as dt

import pytest
from django.db.models import Q
from django.utils import timezone

from archive_indexer.models import ArchivedFile
from archive_indexer.stores.paper_counts import PaperTeller, count_papers, first_seen_in

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


NAMED = {"title": {"value": "公示单"}, "persons": [{"value": "测试甲"}, {"value": "测试乙"}],
         "ids": [{"value": "11010519491231002X"}]}  # fmt: skip


def test_a_list_tells_whom_it_names():
    """By form, as a notice, or of no known form; other papers are not asked."""
    keep("a", dossier="GS", year="2018", form_id="GS-01", filing=NAMED)
    keep("b", dossier="DB", form_id="DB-03", case_no="1", filing={"persons": []})
    keep("c", dossier="DB", form_id="", person="测试丙")
    keep("d", dossier="DB", form_id="DB-01", filing=NAMED)
    keep("e", dossier="GS", form_id="GS-01", present=False, filing=NAMED)
    teller = PaperTeller()
    told = {one.form_id: one for one in teller.tell({"DB-03"}, "GS")}
    assert set(told) == {"GS-01", "DB-03", ""}
    assert told["GS-01"][3:-1] == (
        "2018", "GS-01", "", "", "公示单", frozenset({"测试甲", "测试乙"}),
        frozenset({"11010519491231002X"}),
    )  # fmt: skip
    assert (told["DB-03"].names, told["DB-03"].case_no) == (frozenset(), "1")
    assert told[""].person == "测试丙"
    assert teller.tell({"DB-03"}, "GS", Q(village="外村")) == []


def test_what_a_filing_tells_is_heard_when_it_changes():
    """Corrected names are told at once, though the paper was told before."""
    file = keep("a", dossier="GS", form_id="GS-01", filing=NAMED)
    teller = PaperTeller()
    (before,) = teller.tell(set(), "GS")
    file.filing = NAMED | {"persons": [{"value": "测试丁"}]}
    file.save()
    (after,) = teller.tell(set(), "GS")
    assert (before.names, after.names) == ({"测试甲", "测试乙"}, {"测试丁"})


def test_the_first_paper_of_a_case_tells_when_it_came():
    """Of one year; a paper without number stands for its person."""
    early, late = (timezone.make_aware(dt.datetime(2026, month, 5)) for month in (3, 4))
    of_case = {"dossier": "DB", "year": "2026", "case_no": "1"}
    keep("a", first_seen=late, **of_case, person="甲")
    keep("b", first_seen=early, **of_case)
    keep("c", first_seen=late, dossier="DB", year="2026", person="乙")
    keep("d", first_seen=early, dossier="DB", year="2018", person="丙")
    place = ("钟宝镇", "旧城村", "DB")
    assert first_seen_in("2026") == {
        (*place, "1"): dt.date(2026, 3, 5), (*place, "乙"): dt.date(2026, 4, 5)
    }  # fmt: skip
    assert first_seen_in("2026", Q(village="外村")) == {}
