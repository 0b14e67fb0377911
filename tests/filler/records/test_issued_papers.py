"""What was issued of which case, and whom the issued lists name."""

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from filler.models import Issued, KnownPerson, NamedPerson
from filler.records.issued_papers import (
    IssuedPaper,
    ListedPerson,
    PaperReader,
    issued_papers,
    listed_people,
    papers_of,
)
from filler.records.named_people import note_named
from minzheng.county.registry.case_changes import load_case_law

pytestmark = pytest.mark.django_db
CASE = "DB-103200-2018-0001"
PLACE = {"town": "钟宝镇", "village": "旧城村"}
ID = "11010519491231002X"
READER = PaperReader(load_case_law(), {"GS-04": "until"})


def keep(form_id: str, *, place=PLACE, case_no=CASE, **answers: object) -> Issued:
    issued = Issued.objects.create(
        form_id=form_id, version="1", case_no=case_no, file_name="x", answers=answers, sha256="0"
    )
    KnownPerson.objects.create(issued=issued, name="测试甲", id_no=ID, **place)
    NamedPerson.objects.create(issued=issued, name="测试乙", id_no="", **place)
    return issued


def test_a_paper_that_goes_round_says_for_whom_it_waits():
    """It ends nothing yet, and is of the day it was sent, whatever day stands on it."""
    sent = keep("COM-07", decision="停发", decide_date="2018-07-02")
    Issued.objects.filter(pk=sent.pk).update(waits_for="c")
    (told,) = issued_papers(READER)
    assert (told.waits_for, told.is_end, told.day) == ("c", False, localdate())
    assert listed_people(READER, {"COM-07"}) == []


def test_documents_in_force_are_told_with_their_person():
    """Those that were corrected or put away, or are of no case or place, are not."""
    old = keep("DB-01", apply_date="2018年5月7日")
    new = keep("DB-01", apply_date="2018-05-08")
    new.corrects = old
    new.save()
    away = keep("DB-02")
    away.stopped_at = timezone.now()
    away.save()
    keep("ZH-01", case_no="")
    keep("DB-05", place={"town": "", "village": ""})
    keep("DB-03", place={"town": "城关镇", "village": "蔬菜村"})
    told = IssuedPaper(
        *PLACE.values(), CASE, "DB-01", "测试甲", ID, "2018-05-08", localdate(), new.pk
    )
    assert issued_papers(READER, "钟宝镇") == [told]
    assert issued_papers(READER, "钟宝镇", "旧城村") == [told]
    assert [one.form_id for one in issued_papers(READER)] == ["DB-01", "DB-03"]
    assert issued_papers(READER, "钟宝镇", "红星村") == []
    assert papers_of(READER, Issued.objects.filter(pk=old.pk)) == []


def test_a_paper_tells_its_day_and_whether_it_ends_the_case():
    """The day of the decision, else that of its form, else that of issuing."""
    keep("COM-07", decision="停发", decide_date="2018-07-02")
    keep("COM-07", decision="减发", decide_date="2018年8月2日")
    keep("TK-06", decision="")
    told = issued_papers(READER)
    assert [one.is_end for one in told] == [True, False, True]
    assert [str(one.day) for one in told] == ["2018-07-02", "2018-08-02", str(localdate())]


def test_a_case_begins_on_the_day_its_first_paper_names():
    """Help first has no application: its terms run from the help, not from the decision."""
    keep("LS-02", relief_date="2026-08-03", c_date="2026-08-14")
    keep("DB-01", apply_date="2018-05-07", fill_date="2018-05-06")
    assert [one.applied for one in issued_papers(READER)] == ["2026-08-03", "2018-05-07"]


def test_what_was_read_is_not_read_again(django_assert_num_queries):
    """Answers never change: the second look asks for numbers alone."""
    keep("DB-01")
    reader = PaperReader(load_case_law())
    with django_assert_num_queries(3):
        first = issued_papers(reader)
    with django_assert_num_queries(2):
        assert issued_papers(reader) == first


def test_issued_lists_name_people_and_their_scheme():
    """Of the forms asked for, in the place asked for."""
    paid = keep("GS-04", scheme="低保", until="2018-06-30", **PLACE)
    keep("DB-03", **PLACE)
    keep("DB-01", **PLACE)
    found = listed_people(READER, {"GS-04", "DB-03"}, "钟宝镇", "旧城村")
    day = paid.issued_at.replace(year=2018, month=6, day=30).date()
    named = (*PLACE.values(), "GS-04", "低保", "测试乙", "", day, CASE, paid.pk)
    assert ListedPerson(*named) in found
    assert {(one.form_id, one.scheme) for one in found} == {("GS-04", "低保"), ("DB-03", "")}
    assert listed_people(READER, {"GS-04"}, "城关镇") == []
    assert listed_people(READER, {"GS-04"}, "钟宝镇", "红星村") == []


def test_a_list_of_a_town_tells_the_village_of_each_row():
    """The same name in two villages stands in both."""
    rows = [{"name": "测试乙", "village": "旧城村"}, {"name": "测试丙", "village": "红星村"},
            {"name": "测试乙", "village": "红星村"}]  # fmt: skip
    answers = {"town": "钟宝镇", "rows": rows}
    issued = Issued.objects.create(form_id="LS-04", case_no="LS-103-2018-0001", answers=answers)
    note_named(issued)
    told = [(one.village, one.name) for one in listed_people(READER, {"LS-04"})]
    assert told == [("旧城村", "测试乙"), ("红星村", "测试乙"), ("红星村", "测试丙")]
    assert {one.name for one in listed_people(READER, {"LS-04"}, "钟宝镇", "旧城村")} == {"测试乙"}


def test_a_report_that_names_nobody_has_one_line():
    """Its number leads to the list it reports on."""
    issued = Issued.objects.create(form_id="COM-06", case_no=CASE, answers=PLACE)
    (line,) = listed_people(READER, {"COM-06"})
    assert (line.name, line.case_no, line.number) == ("", CASE, issued.pk)


def test_who_stands_beside_those_a_list_is_of_is_not_listed():
    """Whoever met to judge; who is judged, too, is."""
    answers = PLACE | {"cases": [{"c_name": "测试乙"}, {"c_name": "测试丙"}],
                       "attendees": [{"p_name": "测试丁"}, {"p_name": "测试丙"}]}  # fmt: skip
    note_named(Issued.objects.create(form_id="COM-04", case_no=CASE, answers=answers))
    reader = PaperReader(load_case_law(), {}, {"COM-04": {"cases"}})
    named = [[one.name for one in listed_people(by, {"COM-04"})] for by in (reader, READER)]
    assert [sorted(one) for one in named] == [
        sorted(["测试乙", "测试丙"]), sorted(["测试乙", "测试丙", "测试丁"])
    ]  # fmt: skip


def test_minutes_that_list_nobody_of_a_case_have_no_line():
    """Else their number alone would lead to it."""
    answers = PLACE | {"attendees": [{"p_name": "测试丁"}], "cases": []}
    note_named(Issued.objects.create(form_id="COM-04", case_no=CASE, answers=answers))
    reader = PaperReader(load_case_law(), {}, {"COM-04": {"cases"}})
    assert listed_people(reader, {"COM-04"}) == []


def test_a_roster_of_an_older_version_names_its_people_anew():
    """Nothing was noted of them when it was issued; a report names nobody still."""
    rows = [{"soldier": "测试丁", "family": "测试戊", "amount": "300.00"}]
    roster = keep("YF-05", **PLACE, rows=rows)
    report = keep("COM-06", **PLACE)
    NamedPerson.objects.all().delete()
    told = {(one.number, one.name) for one in listed_people(READER, {"YF-05", "COM-06"}, "钟宝镇")}
    assert told == {(roster.pk, "测试丁"), (roster.pk, "测试戊"), (report.pk, "")}
