"""Papers counted in the archive become cases and lists."""

import datetime as dt
from dataclasses import replace

import pytest

from archive_indexer.stores.paper_counts import PaperGroup, ToldPaper
from filler.records.issued_papers import IssuedPaper, ListedPerson
from minzheng.inspection.case_steps import OwedLetter
from minzheng.inspection.counted_cases import (
    CasePapers,
    Counted,
    Listing,
    Lists,
    Rules,
    gather_cases,
    gather_lists,
)
from tests.inspection.papers import COUNTY, SCHEMES, A, B

EVERYBODY = {"测试甲", "测试乙", "测试丙"}
NAMES = {("钟宝镇", "旧城村", code): EVERYBODY for code in SCHEMES}
RULES = Rules(SCHEMES, COUNTY.required, COUNTY.dossiers)

PILE = ("钟宝镇", "旧城村", "DB")
CASE = "DB-103200-2018-0001"


def group(*forms: str, year="2018", case_no=CASE, person="测试甲", pile=PILE) -> PaperGroup:
    return PaperGroup(*pile, year, case_no, person, forms)


@pytest.mark.parametrize(
    ("case_no", "years", "year"),
    [
        (CASE, {"2019", "2020"}, "2018"),
        ("", {"2019", "2020"}, "2019"),
        ("", {"", "不明"}, ""),
        ("旧编号7", {"2019"}, "2019"),
    ],
)
def test_a_case_is_of_the_year_its_number_names(case_no, years, year):
    """Else of its oldest paper."""
    assert CasePapers(case_no, "测试甲", years).year == year


def listing(year="2018", ids=(), step="发放") -> Listing:
    return Listing("DB-03", step, year, frozenset(ids))


def naming(lists: Lists, case: CasePapers, pile=PILE, years=()) -> list[str]:
    return [one.step for one in lists.naming(pile, case, {case.year, *years})]


def a_case(year="2018", person="测试甲", ids=()) -> CasePapers:
    return CasePapers("", person, {year}, ids=set(ids))


@pytest.mark.parametrize(
    ("year", "covers"), [("2017", True), ("2018", True), ("2019", False), ("", True)]
)
def test_a_list_proves_cases_of_its_year_and_before(year, covers):
    """A roster of 2018 names who was approved in 2017; a case without year is not accused."""
    lists = Lists(NAMES)
    lists.add(PILE, {"测试甲"}, listing())
    assert bool(naming(lists, a_case(year))) is covers
    assert not naming(lists, a_case(year), ("钟宝镇", "红星村", "DB"))


def test_a_list_proves_nothing_of_whoever_it_does_not_name():
    """Neither does a case of nobody stand on a list."""
    lists = Lists(NAMES)
    lists.add(PILE, {"测试甲（乙）"}, listing())
    assert naming(lists, a_case())
    assert not naming(lists, a_case(person="测试乙"))
    assert not naming(lists, a_case(person=""))


def test_a_list_with_another_number_is_somebody_elses():
    """Where no number is known, the name decides."""
    lists = Lists(NAMES)
    lists.add(PILE, {"测试甲"}, listing(ids=(A,)))
    assert naming(lists, a_case(ids=(A,)))
    assert not naming(lists, a_case(ids=(B,)))
    assert naming(lists, a_case())


def test_a_number_on_a_list_counts_though_the_name_was_misread():
    """One list, found by name and by number, is one."""
    lists = Lists({PILE: {"测试甲", A}})
    lists.add(PILE, {"测试申"}, listing(ids=(A,)))
    assert naming(lists, a_case(ids=(A,))) == ["发放"]
    assert not naming(lists, a_case())
    lists.add(PILE, {"测试甲"}, listing(ids=(A,)))
    assert naming(lists, a_case(ids=(A,))) == ["发放", "发放"]


def test_a_list_belongs_to_the_latest_case_opened_before_it():
    """Whoever applied again in 2018 is not paid for 2016 by the roster of 2018."""
    lists = Lists(NAMES)
    lists.add(PILE, {"测试甲"}, listing())
    assert not naming(lists, a_case("2016"), years=("2018",))
    assert naming(lists, a_case("2018"), years=("2016",))


def test_a_list_without_year_covers_every_year():
    """Nobody knows better."""
    lists = Lists(NAMES)
    lists.add(PILE, {"测试甲"}, listing(year=""))
    assert naming(lists, a_case("2015"), years=("2018",))


def told(form_id: str, title: str, *names: str, dossier="GS", case_no="", year="2018", person=""):
    return ToldPaper("钟宝镇", "旧城村", dossier, year, form_id, case_no, person, title,
                     frozenset(names), frozenset())  # fmt: skip


def test_lists_are_gathered_from_rosters_and_notices():
    """A notice counts for the dossier it names, for all when it names none."""
    papers = [
        told("COM-05", "临时救助公示单", "测试甲"),
        told("COM-06", "公示情况报告", "测试甲"),
        told("", "旧城村低保发放名单", "测试乙", dossier="DB"),
        told("DB-01", "低保申请书", "测试乙", dossier="DB"),
    ]
    lists = gather_lists(Counted([], papers), RULES, NAMES)
    assert naming(lists, a_case()) == ["公示"]
    assert naming(lists, a_case(person="测试乙")) == ["发放"]
    assert naming(lists, a_case(), ("钟宝镇", "旧城村", "LS")) == ["公示", "公示"]


def test_pages_of_one_number_name_their_people_together():
    """The second page of a notice, or the report on it, names whom the first one names."""
    papers = [
        told("COM-05", "低保公示单", "测试甲", case_no="GS-103200-2018-0001"),
        told("COM-06", "低保公示情况报告", case_no="GS-103200-2018-0001"),
    ]
    assert naming(gather_lists(Counted([], papers), RULES, NAMES), a_case()) == ["公示", "公示"]


def test_minutes_name_people_in_sentences():
    """A list whose columns were read is not asked for its words."""
    minutes = told("COM-04", "低保评议会议记录", dossier="DB")._replace(sha256="a")
    roster = told("DB-03", "低保花名册", "测试丙", dossier="DB")._replace(sha256="b")
    asked = []

    def words_of(contents):
        asked.extend(contents)
        return {"a": "评议对象：三组测试甲，家庭人口2人"}

    lists = gather_lists(Counted([], [minutes, roster], words_of=words_of), RULES, NAMES)
    assert asked == ["a"]
    assert naming(lists, a_case()) == ["评议"]
    assert not naming(lists, a_case(person="测试乙"))


def test_who_met_to_judge_others_is_not_judged_on_scanned_minutes_either():
    """Read words tell of both; who leads, writes and signs is at the meeting only."""
    minutes = told("COM-04", "低保评议会议记录", dossier="DB")._replace(sha256="a")
    text = "主持人：测试乙。评议对象：三组测试甲，家庭人口2人。参会人员签名：测试丙测试乙"
    counted = Counted([], [minutes], words_of=lambda contents: {"a": text})
    asked = {PILE: {"测试甲", "测试乙", "测试丙"}}
    lists = gather_lists(counted, replace(RULES, paper_words=COUNTY.paper_words), asked)
    assert naming(lists, a_case()) == ["评议"]
    assert not naming(lists, a_case(person="测试乙"))
    assert not naming(lists, a_case(person="测试丙"))


def test_issued_lists_name_people_too():
    """For the dossier of their form, or the one their scheme names."""
    day = dt.date(2018, 6, 1)
    listed = [
        ListedPerson("钟宝镇", "旧城村", "GS-04", "低保", "测试甲", A, day),
        ListedPerson("钟宝镇", "旧城村", "DB-03", "", "测试甲", "", day),
        ListedPerson("钟宝镇", "旧城村", "GS-04", "没有的", "测试甲", "", day),
    ]
    lists = gather_lists(Counted([], listed=listed), RULES, NAMES)
    found = list(lists.naming(PILE, a_case(), ["2018"]))
    assert [(one.form_id, one.is_scan, one.day) for one in found] == [
        ("GS-04", False, day), ("DB-03", False, day)
    ]  # fmt: skip


def test_a_forbidden_notice_that_names_a_child_is_found():
    """It proves no step."""
    lists = gather_lists(Counted([], [told("COM-05", "孤儿公示单", "测试甲")]), RULES, NAMES)
    (found,) = lists.naming(("钟宝镇", "旧城村", "ET"), a_case(), ["2018"])
    assert (found.form_id, found.step) == ("COM-05", "")


def gathered(*groups: PaperGroup) -> dict[str, dict[str, int]]:
    return {case.case_no or case.person: dict(case.forms)
            for _, case in gather_cases(Counted(list(groups)), RULES)}  # fmt: skip


def test_papers_of_one_number_are_one_case():
    """With all its years and forms; unknown forms are not counted."""
    found = gathered(group("DB-01", "DB-02"), group("DB-02", "", year="2019", person=""))
    assert found == {CASE: {"DB-01": 1, "DB-02": 2}}


def test_a_paper_without_number_joins_the_only_case_of_its_person():
    """With two cases nobody knows which."""
    loose = group("COM-01", case_no="")
    assert gathered(group("DB-01"), loose) == {CASE: {"DB-01": 1, "COM-01": 1}}
    second = group("DB-01", case_no="DB-103200-2018-0002")
    assert gathered(group("DB-01"), second, loose)["测试甲"] == {"COM-01": 1}


def test_lists_and_strange_papers_open_no_case():
    """Nor do papers of a dossier without a scheme, or of nobody."""
    assert gathered(group("DB-03", case_no="DB-103200-2018-0009", person="")) == {}
    assert gathered(group("ZF-01")) == {}
    assert gathered(group("DB-01", pile=("钟宝镇", "旧城村", "ZH"))) == {}
    assert gathered(group("DB-01", case_no="", person="")) == {}


def issued(form_id: str, applied="2018年5月7日", case_no=CASE, day=dt.date(2018, 6, 1)):
    return IssuedPaper("钟宝镇", "旧城村", case_no, form_id, "测试甲", A, applied, day)


def test_what_was_issued_proves_its_step_and_opens_a_case():
    """With the ID number and the day of application; lists and strange cases do not."""
    papers = [issued("DB-01"), issued("DB-02", ""), issued("DB-03"), issued("DB-01", case_no="X-1")]
    ((pile, case),) = gather_cases(Counted([], issued=papers), RULES)
    assert (pile, case.case_no, case.person, case.ids) == (PILE, CASE, "测试甲", {A})
    assert [(one.step, one.is_scan) for one in case.proofs] == [("申请", False), ("审批", False)]
    assert case.opened(None).first == case.opened(None).last == dt.date(2018, 5, 7)


def test_scans_and_issued_documents_of_a_number_are_one_case():
    """A case that is only scanned began some day of its year."""
    ((_, both),) = gather_cases(Counted([group("DB-01")], issued=[issued("DB-02")]), RULES)
    assert (dict(both.forms), len(both.proofs)) == ({"DB-01": 1}, 1)
    ((_, scanned),) = gather_cases(Counted([group("DB-01")]), RULES)
    assert scanned.opened(None).first == dt.date(2018, 1, 1)


def test_a_paper_of_no_known_form_proves_a_step_by_its_title():
    """For the only case of its person, or opens one."""
    old = told("", "入户调查", dossier="DB", person="测试甲")
    groups = [group("DB-01"), group("", case_no="")]
    ((_, case),) = gather_cases(Counted(groups, [old]), RULES)
    assert [one.step for one in case.proofs] == ["调查"]
    ((_, alone),) = gather_cases(Counted([group("", case_no="")], [old]), RULES)
    assert (alone.case_no, [one.step for one in alone.proofs]) == ("", ["调查"])
    listed = told("", "低保名单", dossier="DB", person="测试甲")
    assert list(gather_cases(Counted([group("", case_no="")], [listed]), RULES)) == []


def test_a_draft_alone_is_a_case_that_waits():
    """Nobody filed its application; it proves no step."""
    sent = IssuedPaper(
        *PILE[:2], CASE, "DB-02", "测试甲", A, "2018-05-07", dt.date(2018, 5, 20), 7, waits_for="c"
    )
    ((pile, case),) = gather_cases(Counted([], issued=[sent]), RULES)
    assert (pile, case.proofs, case.person) == (PILE, [], "测试甲")
    assert (case.waiting.step, case.waiting.level) == ("审批", "c")
    assert case.began == dt.date(2018, 5, 7)


def test_a_letter_is_owed_until_it_is_issued_or_its_scan_is_there():
    """Each decision asks for its own, in the order of issue."""
    reviewed = issued("COM-09")._replace(letter="COM-07")
    told, again = issued("COM-07"), reviewed._replace(day=dt.date(2019, 6, 3))

    def owed(*papers, scans=0):
        case = CasePapers(CASE, "测试甲")
        case.forms["COM-07"] = scans
        for one in papers:
            case.note_letter(one)
        return case.owed

    assert owed(told) is None
    assert owed(reviewed) == OwedLetter("COM-07", reviewed.day)
    assert owed(reviewed, told) is None
    assert owed(reviewed, told, again) == OwedLetter("COM-07", dt.date(2019, 6, 3))
    assert owed(reviewed, scans=1) is None
    assert owed(reviewed, told, again, scans=1) is not None
