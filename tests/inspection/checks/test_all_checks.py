"""Every check of the registry, and nothing else."""

from dataclasses import replace

from minzheng.county.registry.checks import ITSELF, LACKING, Checks
from minzheng.inspection.checks.all_checks import IDS, Checker
from minzheng.inspection.checks.one_person import OnePerson
from minzheng.inspection.checks.papers import mentions_on
from tests.inspection.checks.made_papers import A, asked, decided, record, roster, village
from tests.inspection.made.laid_papers import catalogue
from tests.inspection.papers import COUNTY


def test_the_registry_names_every_check_and_every_form():
    """Twenty-two and three more; each suggests a form of the house."""
    assert {one.id for one in COUNTY.checks.all} == IDS
    assert [one.no for one in COUNTY.checks.all][:22] == [f"C{number}" for number in range(1, 23)]
    known = {spec.id for spec in catalogue().forms} | {ITSELF, LACKING}
    for check in COUNTY.checks.all:
        assert {check.form, *check.forms.values()} <= known
        assert set(check.forms) <= {one.code for one in COUNTY.dossiers.all}


def test_a_check_taken_out_finds_nothing():
    """The others go on; the same doubt counts once."""
    checker = Checker(asked("amounts_differ"))
    papers = village(decided(), roster(6, "245.00"), roster(6, "245.00"))
    (one,) = [one for one in checker.of_village(papers, {}) if one.check == "amounts_differ"]
    left = tuple(check for check in COUNTY.checks.all if check.id != "amounts_differ")
    county = replace(COUNTY, checks=Checks(left))
    without = Checker(replace(checker.asked, county=county))
    assert one.check not in {found.check for found in without.of_village(papers, {})}


def test_people_towns_and_minutes_are_looked_at():
    """Each by its own checks."""
    checker = Checker(asked("amounts_differ"))
    papers = [record("BZ-01", id_no=A, name="测试甲", death_date="2018年5月1日"), roster(6)]
    person = OnePerson(A, [one for paper in papers for one in mentions_on(paper)])
    assert [one.check for one in checker.of_person(person)] == ["paid_after_death"]
    fund = record("LS-05", "2018-06-30", [{"d": "2018年6月2日", "balance": "-1.00"}], village="")
    assert [one.check for one in checker.of_town([fund])] == ["relief_irregular"]
    assert list(checker.of_minutes([])) == []
