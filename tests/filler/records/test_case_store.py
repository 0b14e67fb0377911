"""Numbers, answers and files in the database."""

import datetime as dt

import pytest

from filler.carry_over.running_cases import NEW_CASE
from filler.fill_form import fill_form
from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore

TODAY = dt.date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(catalogue, answers_of, tmp_path):
    store = DatabaseCaseStore(tmp_path / "issued")

    def run(**changed):
        document = fill_form(
            "DB-01",
            answers_of("DB-01") | changed,
            issued_by="甲",
            today=TODAY,
            catalogue=catalogue,
            store=store,
        )
        return document, store

    return run


def test_an_issued_document_is_kept_as_it_was(issue):
    """The file lies under its hash, the answers in the database."""
    document, store = issue()
    assert store.path_of(document.sha256).read_bytes() == document.docx
    record = Issued.objects.get()
    assert record.answers["apply_date"] == "2018-04-02"
    assert record.issued_by == "甲"


def test_no_number_is_given_twice(issue):
    """Each document has its own."""
    assert len({issue(case_no=NEW_CASE)[0].case_no for _ in range(3)}) == 3


def test_a_full_disk_leaves_no_number_behind(issue, monkeypatch):
    """When the file cannot be written the number is free again."""

    def fail(*_):
        raise OSError(28, "No space left")

    with monkeypatch.context() as patched:
        patched.setattr(DatabaseCaseStore, "_write", fail)
        with pytest.raises(OSError, match="space"):
            issue()
    assert issue()[0].case_no.endswith("0001")


def test_what_was_issued_is_found_by_case_and_person(issue):
    """Rules ask for a case, for a person, or for both."""
    document, store = issue()
    (found,) = store.issued_for(document.form_id, case_no=document.case_no)
    person = found.answers["id_no"]
    assert store.issued_for(document.form_id, id_no=person) == (found,)
    assert store.issued_for(document.form_id, document.case_no, person) == (found,)
    assert not store.issued_for(document.form_id, id_no="610927195304120024")
    assert not store.issued_for("COM-10", case_no=document.case_no)


def test_whether_a_document_may_be_told_of_is_not_asked_one_by_one(
    issue, django_assert_num_queries
):
    """A gate looks at the place of each; all that it needs came with the documents."""
    _, store = issue()
    for _ in range(2):
        issue(case_no=NEW_CASE)
    gates = (
        DatabaseCaseStore(store.folder, sees=lambda one: bool(one.town and one.village)),
        DatabaseCaseStore(store.folder, county="平利县"),
    )
    for gate in gates:
        with django_assert_num_queries(1):
            found = gate.issued_for("DB-01")
        assert len(found) in (0, 3)


@pytest.mark.parametrize(
    "written", ["11010519491231002x", " 110105 19491231 002X", "110105491231002"]
)
def test_a_person_is_found_however_the_number_is_written(issue, written):
    """A small x, gaps, and the fifteen digits of old papers."""
    document, store = issue()
    assert store.issued_for(document.form_id, id_no=written)


def test_of_a_corrected_document_the_newest_edition_counts(issue, catalogue, answers_of):
    """The earlier one is kept but asked for no more."""
    document, store = issue()
    again = fill_form(
        "DB-01", answers_of("DB-01"), issued_by="甲", today=TODAY,
        catalogue=catalogue, store=store, corrects=document.number,
    )  # fmt: skip
    assert again.case_no == document.case_no
    (found,) = store.issued_for("DB-01", case_no=document.case_no)
    assert found.number == again.number


@pytest.mark.django_db
def test_a_place_is_sought_by_its_columns():
    """As they stand in the answers; by an index, at no cost that grows with other places."""
    for village in ("旧城村", "东风村", None):
        place = {"town": "钟宝镇"} | ({"village": village} if village else {})
        Issued.objects.create(form_id="DB-02", case_no="X", answers=place, sha256="0")
    assert list(Issued.objects.values_list("town", "village")) == [
        ("钟宝镇", ""), ("钟宝镇", "东风村"), ("钟宝镇", "旧城村"),
    ]  # fmt: skip
    sought = Issued.objects.filter(form_id="DB-02", town="钟宝镇", village="旧城村")
    assert "issued_by_form_and_place" in sought.order_by("pk").explain()
