"""A known person is found and prefills the next form."""

import datetime as dt
from types import SimpleNamespace

import pytest

from filler.form.forms import Field
from filler.models import Issued, KnownPerson
from filler.records import people_store
from filler.records.case_store import DatabaseCaseStore
from filler.records.people_store import (
    carry_over,
    documents_about,
    find_people,
    known_names,
    phones_in,
)
from tests.filler.one_rule import form_of

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
    issue("DB-01", phone="13991500009", case_no="新案件")
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


def known(name="测试甲", case_no="DB-103200-2018-0001", form_id="DB-01", **facts):
    """A document about somebody."""
    issued = Issued.objects.create(
        form_id=form_id, version="1", case_no=case_no, file_name="a", answers={}, sha256="0"
    )
    place = {"town": "钟宝镇", "village": "旧城村"}
    return KnownPerson.objects.create(
        issued=issued, name=name, pinyin="ceshijia", initials="csj", **(place | facts)
    )


@pytest.mark.parametrize(
    ("first", "second", "people"),
    [
        ({"id_no": "1"}, {"id_no": "1", "name": "测试乙", "village": "民主村"}, 1),
        ({"id_no": "1"}, {"id_no": "2"}, 2), ({}, {}, 1), ({}, {"village": "民主村"}, 2),
        ({}, {"town": "曾家镇"}, 2), ({}, {"name": "测试甲乙"}, 2), ({"id_no": "1"}, {}, 2),
        ({}, {"id_no": "1"}, 2),
    ],
)  # fmt: skip
def test_a_person_is_one_by_number_or_by_name_and_place(first, second, people):
    """Whoever has a number is known by it alone; what is about one is about one."""
    both = (known(**first), first), (known(**second), second)
    assert len(find_people("测试")) == people
    for row, facts in both:
        # without a number a name and a place are all that is known: theirs may be the same
        may_be = 2 if "id_no" not in facts and {"id_no": "1"} in (first, second) else 3 - people
        assert len(documents_about(row.pk)) == may_be


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("测试", True), ("试甲", True), ("ces", True), ("CSJ", True), ("jia", False),
        ("13991500001", True), ("1399150000", False), ("110105 194912310 02x", True),
        ("110105", False), ("002X", False), ("", False), (" ", False), ("其他", False),
    ],
)  # fmt: skip
def test_a_number_is_asked_as_a_whole_and_a_name_by_its_beginning(text, is_found):
    """Or by a part in Chinese."""
    known(id_no="11010519491231002X", phone="13991500001")
    assert bool(find_people(text)) == is_found


@pytest.mark.parametrize(
    ("case_no", "form_id", "is_told"),
    [("ET-1", "COM-01", False), ("DB-1", "ET-01", False), ("DB-1", "COM-01", True),
     ("DB-ET-1", "COM-01", True)],
)  # fmt: skip
def test_a_dossier_hides_by_case_and_by_form(case_no, form_id, is_told):
    """Neither by their case nor by their form."""
    row = known(case_no=case_no, form_id=form_id)
    assert bool(find_people("测试", hidden=["ET"])) == is_told
    assert bool(documents_about(row.pk, hidden=["ET"])) == is_told


def test_so_many_people_are_found_and_the_newest_first(monkeypatch):
    """Not one more."""
    monkeypatch.setattr(people_store, "_MOST_FOUND", 2)
    for number in "123":
        known(id_no=number)
    assert [one.id_no for one in find_people("测试")] == ["3", "2"]


@pytest.mark.parametrize(
    ("answers", "taken"),
    [
        ([{"name": "甲"}], {"name": "甲"}), ([{"name": ""}, {"name": "乙"}], {"name": "乙"}),
        ([{"name": None}, {"name": []}], {}), ([{"name": "甲"}, {"name": "乙"}], {"name": "甲"}),
        ([{"other": "甲"}], {}), ([{"sign": "甲"}], {}),
    ],
)  # fmt: skip
def test_the_newest_answer_that_is_none_of_nothing_is_carried_over(answers, taken):
    """Of what is typed and personal."""
    spec = form_of(Field("name", "姓名", "text"), Field("other", "其他", "text"),
                   Field("sign", "签字", "sign"))  # fmt: skip
    earlier = [SimpleNamespace(answers=one) for one in answers]
    assert carry_over(spec, earlier, frozenset({"name", "sign"})) == taken


def test_names_are_known_where_their_people_live(issue):
    """In their village and town, not in the next one; others are not."""
    issue("DB-01")
    asked = ["测试周桂兰", "测试周柱兰"]
    assert known_names(asked, "钟宝镇", "旧城村") == {"测试周桂兰"}
    assert known_names(asked, "钟宝镇", "") == {"测试周桂兰"}
    assert known_names(asked, "钟宝镇", "民主村") == frozenset()


def test_telephones_are_known_where_their_people_live():
    """However many documents tell them; nobody's is none."""
    for phone in ("13991500001", "13991500001", ""):
        KnownPerson.objects.create(
            issued=Issued.objects.create(form_id="DB-01", answers={}),
            name="测试甲", pinyin="", initials="", phone=phone, town="钟宝镇", village="旧城村",
        )  # fmt: skip
    assert phones_in("钟宝镇", "旧城村") == ("13991500001",)
    assert phones_in("钟宝镇", "东风村") == ()
