"""A checked roster is issued, each record once."""

import hashlib

import pytest

from filler import fill_batch as module
from filler.fill_batch import Issuing, fill_batch
from filler.form.form_data import IssuedDocument, Printed, RenderedDocument
from filler.models import Batch, Issued
from filler.print_run.ledger import BatchLedger
from filler.print_run.preflight import check_roster
from filler.roster.read_roster import read_roster
from tests.filler.conftest import TODAY
from tests.filler.rosters import PEOPLE, as_bytes, column_of, fill_template

SAME = hashlib.sha256(b"same").hexdigest()

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(tmp_path):
    return BatchLedger(Batch.objects.create(key="测试", form_id="ZF-01"), tmp_path)


@pytest.fixture
def run(catalogue, ledger):
    """Check and issue a roster."""

    def do(book):
        spec = catalogue.form("ZF-01")
        roster = read_roster(as_bytes(book), "名单.xlsx", spec)
        checked = check_roster(roster, spec, catalogue, TODAY).checked
        return fill_batch(checked, Issuing("测试员", ledger))

    return do


def test_good_rows_are_issued_in_order_and_bad_ones_wait(run, ledger, catalogue, visits):
    """Mended in the copy and run again, only the mended row is issued."""
    book = fill_template(catalogue, "ZF-01", visits(3))
    sheet = book.worksheets[0]
    phone = column_of(sheet, "联系电话")
    sheet.cell(3, phone, "1")
    assert run(book).issued == 2
    sheet.cell(3, phone, "13991500001")
    again = run(book)
    assert (again.issued, again.skipped) == (1, 2)
    assert [record.position for record in ledger.issued()] == [1, 2, 3]
    assert [ledger.read(record)[:2] for record in ledger.issued()] == [b"PK"] * 3


def test_a_row_is_read_once(run, catalogue, visits, readings):
    """What was checked is what is issued."""
    assert run(fill_template(catalogue, "ZF-01", visits(3))).issued == 3
    assert readings == ["ZF-01"] * 3


def test_killed_between_rows_nothing_is_issued_twice(run, ledger, catalogue, visits, monkeypatch):
    """What was kept is kept with its record; the rest is done by the next run."""
    monkeypatch.setattr(module, "GROUP", 2)
    real, calls = module.issue, []

    def fill_until_killed(*args, **options):
        calls.append(args)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(*args, **options)

    monkeypatch.setattr(module, "issue", fill_until_killed)
    book = fill_template(catalogue, "ZF-01", visits(5))
    with pytest.raises(KeyboardInterrupt):
        run(book)
    assert Issued.objects.count() == 2
    monkeypatch.setattr(module, "issue", real)
    outcome = run(book)
    assert (outcome.issued, outcome.skipped) == (3, 2)
    people = [issued.answers["id_no"] for issued in Issued.objects.order_by("case_no")]
    assert people == list(PEOPLE)
    assert len(set(Issued.objects.values_list("case_no", flat=True))) == 5


def test_one_row_that_fails_never_stops_the_batch(run, ledger, catalogue, visits, monkeypatch):
    """It is named with its row; nothing of it is kept."""
    real = module.issue

    def fail_for_the_second(read, **options):
        if read.answers["id_no"] == PEOPLE[1]:
            raise RuntimeError("坏了")
        return real(read, **options)

    monkeypatch.setattr(module, "issue", fail_for_the_second)
    outcome = run(fill_template(catalogue, "ZF-01", visits(3)))
    assert outcome.issued == 2
    (problem,) = outcome.problems
    assert problem.place.row == 3
    assert "坏了" in problem.problem.what
    assert Issued.objects.count() == 2


def test_a_row_changed_after_it_was_issued_is_not_issued_again(run, catalogue, visits):
    """A correction is another act than a batch run again."""
    book = fill_template(catalogue, "ZF-01", visits(2))
    run(book)
    sheet = book.worksheets[0]
    sheet.cell(2, column_of(sheet, "家庭人口"), 5)
    outcome = run(book)
    assert (outcome.issued, outcome.skipped) == (0, 1)
    assert "没有重复出具" in outcome.problems[0].problem.what


def test_two_records_of_the_same_bytes_have_one_file(tmp_path):
    """Twins in one group: both are kept, and the file is there once, whole."""
    ledger = BatchLedger(Batch.objects.create(key="twins", form_id="DB-00"), tmp_path)
    with ledger.transaction():
        for position in (1, 2):
            store = ledger.store_for(f"k{position}", "", position)
            document = RenderedDocument(
                "XX-01", "1", f"DB-103200-2018-000{position}", "x.docx", b"same", SAME,
                Printed(b"t", b"{}", {}, ""),
            )  # fmt: skip
            store.keep(IssuedDocument(document, {}, "甲"))
    assert [ledger.read(record) for record in ledger.issued()] == [b"same", b"same"]
    assert not list(tmp_path.rglob("*.part"))
