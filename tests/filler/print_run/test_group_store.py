"""What a group issues is known at once and written together, or not at all."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filler.form.form_data import IssuedDocument, Printed, RenderedDocument
from filler.models import Batch, BatchRow, CaseCounter, Issued, KnownPerson, NamedPerson
from filler.print_run.ledger import BatchLedger
from filler.records.case_store import DatabaseCaseStore

pytestmark = pytest.mark.django_db
ID = "610927195304120016"
CASE = "DB-103200-2018-0001"


@pytest.fixture
def ledger(tmp_path):
    return BatchLedger(Batch.objects.create(key="测试", form_id="DB-02"), tmp_path)


def store_at(ledger, position):
    return ledger.store_for(f"k{position}", "", position)


def keep(ledger, position=1, *, store=None, corrects=None, **answers):
    """Keep a document of somebody as the record at this place."""
    docx = f"{position} {answers}".encode()
    document = RenderedDocument(
        "DB-02", "1", CASE, "x.docx", docx, hashlib.sha256(docx).hexdigest(),
        Printed(b"t", b"{}", {}, ""),
    )  # fmt: skip
    answers = {"name": "测试甲", "id_no": ID, **answers}
    return (store or store_at(ledger, position)).keep(
        IssuedDocument(document, answers, "甲", corrects)
    )


def test_a_waiting_document_answers_whoever_asks_of_it(ledger):
    """By case, by person, by answers: as if it were written."""
    with ledger.transaction():
        keep(ledger, village="竹溪河村")
        asking = store_at(ledger, 2)
        assert not Issued.objects.exists()
        assert asking.has_case(CASE)
        assert not asking.has_case("DB-103200-2018-0002")
        assert not asking.issued_for("DB-03")
        assert not asking.issued_for("", where={"village": "别处"})
        assert not Issued.objects.exists()
        assert [one.case_no for one in asking.issued_for("", id_no=ID.lower())] == [CASE]
        assert [one.case_no for one in asking.issued_for("DB-02", where={"village": "竹溪河村"})]
        assert asking.has_case(CASE)


def test_what_takes_the_place_of_another_is_known_before_it_is_written(ledger, tmp_path):
    """Two rows of a group never take the same place."""
    with ledger.transaction():
        keep(ledger)
    first = Issued.objects.get()
    with ledger.transaction():
        keep(ledger, 2, corrects=first.pk)
        assert store_at(ledger, 3).is_corrected(first.pk)
    assert DatabaseCaseStore(tmp_path).is_corrected(first.pk)
    assert Issued.objects.get(corrects=first).edition == 2


def test_all_of_a_group_is_written_with_whom_it_names(ledger):
    """Documents, people, records and numbers, and few statements for many records."""
    with CaptureQueriesContext(connection) as few, ledger.transaction():
        store_at(ledger, 1).next_case_no("DB-103200-2018")
        keep(ledger, 1)
    with CaptureQueriesContext(connection) as many, ledger.transaction():
        for position in range(2, 12):
            number = store_at(ledger, position).next_case_no("DB-103200-2018")
            keep(ledger, position)
    assert number == "DB-103200-2018-0011"
    assert CaseCounter.objects.get().last == 11
    counted = (Issued, KnownPerson, NamedPerson, BatchRow)
    assert [model.objects.count() for model in counted] == [11] * 4
    assert [row.issued.person.name for row in BatchRow.objects.all()] == ["测试甲"] * 11
    assert len(many) <= len(few)


def test_a_record_that_fails_gives_its_number_back(ledger):
    """The next one of the group gets it, whether or not it was the first of its prefix."""
    with ledger.transaction():
        for position in (1, 2):
            store = store_at(ledger, position)
            with pytest.raises(ValueError, match="坏了"), store.transaction():
                store.next_case_no("DB-103200-2018")
                keep(ledger, position, store=store)
                raise ValueError("坏了")
            with store.transaction():
                assert store.next_case_no("DB-103200-2018").endswith(f"-000{position}")
    assert CaseCounter.objects.get().last == 2
    assert not Issued.objects.exists()


def test_others_get_the_next_number_after_a_group(ledger, tmp_path):
    """The counter is written with the documents."""
    with ledger.transaction():
        assert store_at(ledger, 1).next_case_no("DB-103200-2018").endswith("-0001")
    assert DatabaseCaseStore(tmp_path).next_case_no("DB-103200-2018").endswith("-0002")


def test_a_record_that_is_alone_has_its_number_at_once(ledger):
    """A page shows it before the group ends."""
    with ledger.transaction():
        alone = ledger.store_for("k1", "", 1, is_alone=True)
        number = keep(ledger, store=alone)
        assert Issued.objects.get(pk=number).batchrow.key == "k1"


def test_who_has_no_document_is_asked_of_once_a_group(ledger):
    """However often; until one is issued to that person in this very group."""
    other = "610927196001010017"
    with ledger.transaction([ID, ID.lower(), other, ""]):
        with CaptureQueriesContext(connection) as asked:
            for position in range(1, 5):
                assert not store_at(ledger, position).issued_for("", id_no=ID)
        assert not asked.captured_queries
        keep(ledger)
        assert [one.case_no for one in store_at(ledger, 2).issued_for("", id_no=ID)] == [CASE]
        assert not store_at(ledger, 2).issued_for("", id_no=other)
    with ledger.transaction([ID]):
        assert [one.case_no for one in store_at(ledger, 3).issued_for("", id_no=ID)] == [CASE]


def test_numbers_given_by_hand_are_passed_over(ledger):
    """Those behind the last one given, and those of the group itself."""
    keep_by_hand = Issued(case_no="DB-103200-2018-0002", answers={}, form_id="DB-02", sha256="0")
    keep_by_hand.save()
    with ledger.transaction():
        store = store_at(ledger, 1)
        taken = [store.next_case_no("DB-103200-2018") for _ in range(60)]
        with CaptureQueriesContext(connection) as asked:
            assert [number for number in taken[:50] if store.has_case(number)] == [taken[1]]
        assert len(asked.captured_queries) == 1
        keep(ledger)
        assert store.has_case(CASE)
