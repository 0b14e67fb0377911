"""Issued documents erased, or only stored."""

import pytest
from django.utils import timezone

from filler.models import Batch, BatchRow, Draft, Issued, TakenPhoto
from filler.records.case_store import DatabaseCaseStore
from filler.records.named_people import note_named
from filler.records.people_store import find_people, note_person
from filler.records.photo_shelf import PhotoFolder
from filler.records.photo_takers import has_taken, note_taker
from filler.records.put_away import (
    erase_documents,
    erase_drafts,
    forget_person,
    stop_documents,
)

SHA, PHOTO = "a" * 64, "b" * 64


@pytest.fixture
def keep(db, tmp_path):
    """Documents with their Word files."""

    def run(sha256: str = SHA, corrects: Issued | None = None, **answers: object) -> Issued:
        store = DatabaseCaseStore(tmp_path)
        store.path_of(sha256).parent.mkdir(parents=True, exist_ok=True)
        store.path_of(sha256).write_bytes(b"PK")
        one = Issued.objects.create(
            form_id="DB-01", case_no="DB-103200-2018-0001", sha256=sha256, answers=answers,
            edition=corrects.edition + 1 if corrects else 1, corrects=corrects,
        )  # fmt: skip
        note_person(one)
        note_named(one)
        return one

    return run


def test_every_edition_goes_with_rows_files_and_photos(keep, tmp_path):
    """A file that another document has, and a photo of another, stay."""
    photo = f"photo:{PHOTO}:4x3"
    first = keep(name="测试甲", photo=photo)
    second = keep("c" * 64, first, name="测试甲")
    batch = Batch.objects.create(key="a", form_id="DB-01", issued_by="li")
    BatchRow.objects.create(batch=batch, key="k", position=1, issued=first)
    note_taker(photo, "li")
    store = DatabaseCaseStore(tmp_path)
    store.photos.put(PHOTO, b"jpeg")
    twin = keep("c" * 64, name="测试乙")
    assert erase_documents([first.pk], tmp_path) == 2
    assert list(Issued.objects.all()) == [twin]
    assert not store.path_of(SHA).exists()
    assert store.path_of(second.sha256).exists()
    assert not store.photos.has(PHOTO)
    assert not TakenPhoto.objects.exists()
    assert not BatchRow.objects.exists()
    assert erase_documents([first.pk], tmp_path) == 0


def test_a_photo_of_another_document_stays(keep, tmp_path):
    """Households share a house."""
    photo = f"photo:{PHOTO}:4x3"
    gone, stays = keep(name="测试甲", photo=photo), keep("c" * 64, name="测试乙", photo=photo)
    store = DatabaseCaseStore(tmp_path)
    store.photos.put(PHOTO, b"jpeg")
    erase_documents([gone.pk], tmp_path)
    assert store.photos.has(PHOTO)
    assert stays.pk


def test_a_photo_in_another_clerks_form_stays_his_to_look_at(keep, tmp_path):
    """Two clerks were sent the same picture; what one erases the other still sees."""
    photo = f"photo:{PHOTO}:4x3"
    gone = keep(name="测试甲", photo=photo)
    Draft.objects.create(
        token="k", form_id="DB-01", by="wang", saved_at=timezone.now(), answers={"photo": photo}
    )
    note_taker(photo, "wang")
    DatabaseCaseStore(tmp_path).photos.put(PHOTO, b"jpeg")
    erase_documents([gone.pk], tmp_path)
    assert has_taken(PHOTO, "wang")


def test_a_stopped_document_is_told_of_by_nothing(keep, tmp_path):
    """No history, no people; its file and answers are stored."""
    one = keep(name="测试甲", id_no="11010519491231002X")
    assert stop_documents([one.pk]) == 1
    assert stop_documents([one.pk]) == 0
    store = DatabaseCaseStore(tmp_path)
    assert store.issued_for("DB-01", case_no=one.case_no) == ()
    assert find_people("测试甲") == ()
    assert store.path_of(SHA).exists()
    assert Issued.objects.get().answers["name"] == "测试甲"


def test_one_person_is_forgotten_in_a_document_that_stays(keep):
    """Somebody of the name with another number is not."""
    rows = [
        {"m_name": "测试甲", "m_id": "11010519491231002X"},
        {"m_name": "测试甲", "m_id": "110105195501010019"},
        {"m_name": "测试乙"},
    ]
    one = keep(name="测试丙", members=rows)
    assert forget_person([one.pk], "测试甲", "11010519491231002X") == 1
    left = set(one.named.values_list("name", "id_no"))
    assert left == {("测试甲", "110105195501010019"), ("测试乙", ""), ("测试丙", "")}


def test_unfinished_forms_go_with_the_photos_that_nothing_else_has(db, tmp_path):
    """A photo of a document or of another unfinished form stays."""
    shelf, now = PhotoFolder(tmp_path / "photos"), timezone.now()
    names = [f"photo:{digit * 64}:400x300" for digit in "123"]
    for name in names:
        shelf.put(name[6:70], b"jpeg")
    drafts = [
        Draft.objects.create(token=name[6:16], form_id="X", by="li", saved_at=now, answers=answers)
        for name, answers in zip(
            names, ({"photo": names[0], "other": names[1]}, {"photo": names[1]}, {}), strict=True
        )
    ]
    Draft.objects.filter(pk=drafts[2].pk).update(done_at=now)
    gone = Draft.objects.filter(pk__in=[drafts[0].pk, drafts[2].pk])
    assert erase_drafts(gone, tmp_path) == 1
    assert [shelf.has(name[6:70]) for name in names] == [False, True, True]
    assert Draft.objects.get() == drafts[1]
