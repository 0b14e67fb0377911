"""A known person is found and prefills the next form."""

import datetime as dt

import pytest

from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from filler.records.people_store import carry_over, documents_about, find_people

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def store(tmp_path):
    return DatabaseCaseStore(tmp_path)


@pytest.fixture
def issue(fill, answers_of):
    def run(form_id, corrects=None, **changed):
        return fill(form_id, answers_of(form_id) | changed, corrects)

    return run


@pytest.mark.parametrize(
    "text",
    ["周桂", "cszgl", "ceshizhou", "11010519491231002X", "11010519491231002x", "13991500001"],
)
def test_a_person_is_found_by_name_pinyin_id_and_phone(issue, text):
    """By the beginning, and numbers by their last digits, too."""
    issue("DB-01")
    (found,) = find_people(text)
    assert (found.name, found.village) == ("测试周桂兰", "旧城村")


def test_two_documents_are_one_person(issue):
    """The newest tells the phone."""
    issue("DB-01")
    issue("DB-01", phone="13991500009")
    (found,) = find_people("周桂兰")
    assert found.phone == "13991500009"
    assert len(documents_about(found.pk)) == 2


def test_nobody_outside_the_area_is_found(issue):
    """A keeper knows the own village only."""
    issue("DB-01")
    assert find_people("周桂兰", "钟宝镇", "红星村") == ()
    (found,) = find_people("周桂兰", "钟宝镇", "旧城村")
    assert documents_about(found.pk, "城关镇") == ()


def test_the_next_form_takes_over_what_is_personal(issue, catalogue, answers_of):
    """Name, ID, address, members; no dates and no amounts of the old form."""
    issue("DB-01")
    (found,) = find_people("周桂兰")
    spec = catalogue.form("COM-03")
    taken = carry_over(spec, documents_about(found.pk), catalogue.personal)
    before = answers_of("DB-01")
    assert taken["id_no"] == before["id_no"]
    assert len(taken["members"]) == len(before["members"])
    assert not {"survey_date", "accept_date", "inc_wage"} & taken.keys()


def test_a_roster_is_about_nobody(issue):
    """A list has no person of its own."""
    issue("DB-03")
    assert Issued.objects.count() == 1
    assert find_people("测试") == ()


def test_a_correction_is_a_new_edition(issue):
    """The first one stays as it was and names the second."""
    issue("DB-01")
    first = Issued.objects.get()
    issue("DB-01", corrects=first.pk, case_no=first.case_no, phone="13991500009")
    second = Issued.objects.get(corrects=first)
    assert (second.edition, second.case_no) == (2, first.case_no)
    assert "第2版" in second.file_name
    first.refresh_from_db()
    assert first.corrected_by == second
    assert first.answers["phone"] == "13991500001"


@pytest.mark.parametrize(
    "text", ["1", "110105", "11010519491231002", "002X", "1399150000", "0001", "13991500001x"]
)
def test_a_part_of_a_number_finds_nobody(issue, text):
    """Who asks figure by figure learns nothing."""
    issue("DB-01")
    assert find_people(text) == ()


def test_documents_of_a_hidden_dossier_tell_of_nobody(issue):
    """Neither by their case nor by their form."""
    issue("DB-01")
    (found,) = find_people("周桂兰", hidden=("ET",))
    assert find_people("周桂兰", hidden=("DB",)) == ()
    assert documents_about(found.pk, hidden=("DB",)) == ()
