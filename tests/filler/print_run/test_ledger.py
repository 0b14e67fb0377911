"""What a batch has issued: each record with its document, or neither."""

import hashlib

import pytest

from filler.errors import LostPaperError
from filler.form.form_data import IssuedDocument, Printed, RenderedDocument
from filler.models import Batch, BatchRow, Issued
from filler.print_run.ledger import BatchLedger, digest_person, find_issued_elsewhere

SAME = hashlib.sha256(b"same").hexdigest()

pytestmark = pytest.mark.django_db


def batch(key="测试"):
    return Batch.objects.create(key=key, form_id="XX-01")


def keep(ledger, position, docx=b"same"):
    """Keep a document as the record at this place."""
    document = RenderedDocument(
        "XX-01", "1", f"DB-103200-2018-{position:04d}", "x.docx", docx,
        hashlib.sha256(docx).hexdigest(), Printed(b"t", b"{}", {}, ""),
    )  # fmt: skip
    store = ledger.store_for(f"k{position}", digest_person(f"p{position}"), position)
    return store.keep(IssuedDocument(document, {}, "甲"))


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


def test_records_come_in_the_order_of_the_roster(tmp_path):
    """Whenever they were issued; each with its place before its file's name."""
    ledger = BatchLedger(batch(), tmp_path)
    for position in (3, 1):
        with ledger.transaction():
            keep(ledger, position, bytes([position]))
    records = list(ledger.issued())
    assert [record.position for record in records] == [1, 3]
    assert [record.numbered_name for record in records] == ["0001_x.docx", "0003_x.docx"]
    assert [ledger.read(record) for record in records] == [b"\x01", b"\x03"]


@pytest.mark.parametrize(("content", "how"), [(None, "不见了"), (b"other", "已损坏")])
def test_a_document_that_was_lost_is_named(tmp_path, content, how):
    """Which household's, and what to do; a print run of others' papers is none."""
    ledger = BatchLedger(batch(), tmp_path)
    with ledger.transaction():
        keep(ledger, 7)
    file = tmp_path / SAME[:2] / f"{SAME}.docx"
    file.unlink() if content is None else file.write_bytes(content)
    with pytest.raises(LostPaperError, match=f"第 7 户（DB-103200-2018-0007）.*{how}.*{SAME}"):
        ledger.read(next(ledger.issued()))


def test_a_group_that_is_broken_off_leaves_nothing(tmp_path):
    """Neither records nor documents; the files of a later group are whole."""
    ledger = BatchLedger(batch(), tmp_path)
    with pytest.raises(KeyboardInterrupt), ledger.transaction():
        keep(ledger, 1)
        raise KeyboardInterrupt
    assert (BatchRow.objects.count(), Issued.objects.count()) == (0, 0)
    with ledger.transaction():
        keep(ledger, 1)
    assert [ledger.read(record) for record in ledger.issued()] == [b"same"]
    assert [ledger.kept_file(one) for one in ledger.issued()] == [
        (b"same", one.sha256) for one in ledger.issued()
    ]


def test_what_other_batches_issued_is_found_by_the_same_answers(tmp_path):
    """Not what this one issued itself; of a batch that is not begun, all."""
    first, second = batch("一"), batch("二")
    for one in (first, second):
        ledger = BatchLedger(one, tmp_path)
        with ledger.transaction():
            keep(ledger, 1 if one is first else 2, one.key.encode())
    keys = ["k1", "k2", "k3"]
    assert find_issued_elsewhere(first, keys) == {"k2": "DB-103200-2018-0002"}
    assert set(find_issued_elsewhere(None, keys)) == {"k1", "k2"}
    assert find_issued_elsewhere(first, []) == {}


def test_an_id_number_is_kept_as_a_digest_only():
    """No number, no digest."""
    assert digest_person("") == ""
    assert len(digest_person("610927195304120016")) == 64
    assert digest_person("610927195304120016") != digest_person("610927196001010017")
