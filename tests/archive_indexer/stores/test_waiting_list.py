"""What is still to be done survives everything, and nobody waits behind a bad file."""

import random
import threading

import pytest
from django.db import connections
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from archive_indexer.disk.file_names import MOST_NAME_BYTES, MOST_PATH_BYTES
from archive_indexer.models import ArchivedFile, Content, WaitingFile
from archive_indexer.stores import filings, waiting_list
from archive_indexer.stores.waiting_list import MOST_ATTEMPTS, Lane
from minzheng.database.server import is_on_server

pytestmark = pytest.mark.django_db


def test_the_oldest_comes_first_unless_the_newest_is_asked_for():
    """And nobody gets what somebody else has claimed."""
    waiting_list.add(["a", "b", "c"])
    assert waiting_list.take(Lane.QUICK, 1) == ["a"]
    assert waiting_list.take(Lane.QUICK, 1, newest=True) == ["c"]
    assert waiting_list.take(Lane.QUICK, 9) == ["b"]
    assert waiting_list.take(Lane.QUICK, 9) == []


def test_what_waits_in_a_folder_is_counted():
    """By its name wherever it lies, or only at the top; half a name is another folder."""
    waiting_list.add(["甲/1", "乙/甲/2", "甲乙/3", "丙/4", "乙/丙/5"])
    waiting_list.add(["甲/6"], Lane.SCAN)
    assert waiting_list.count_in(["甲"]) == 3
    assert waiting_list.count_in(["甲"], ["丙"]) == 4
    assert waiting_list.count_in(["甲"], lane=Lane.SCAN) == 1
    assert waiting_list.count_in([]) == 0


def test_what_is_being_done_is_not_handed_out_again():
    """Although it is on the list once more."""
    waiting_list.add(["a", "b"])
    assert waiting_list.take(Lane.QUICK, 9, busy=["a"]) == ["b"]


def test_whether_enough_waits_is_told_of_what_may_be_taken():
    """What somebody has in hand does not count."""
    waiting_list.add(["a", "b", "c"])
    waiting_list.take(Lane.QUICK, 1)
    assert waiting_list.holds_more_than(Lane.QUICK, 1)
    assert not waiting_list.holds_more_than(Lane.QUICK, 2)
    assert not waiting_list.holds_more_than(Lane.SCAN, 0)


def test_a_path_that_a_server_cannot_keep_stops_no_other():
    """The embedded database keeps any."""
    long = signs(MOST_PATH_BYTES + 1)
    waiting_list.add(["短.txt", long])
    kept = ["短.txt"] if is_on_server() else ["短.txt", long]
    assert waiting_list.take(Lane.QUICK, 9) == kept


def test_the_longest_path_is_kept_with_the_longest_name_inside_it():
    """Whatever signs it is made of: those of an index are packed where they repeat."""
    path = signs(MOST_PATH_BYTES)
    waiting_list.add([path])
    inside = f"{path}!/{signs(MOST_NAME_BYTES)}"
    ArchivedFile.objects.create(path=inside, packed_in=path, last_seen=timezone.now())
    assert waiting_list.take(Lane.QUICK, 1) == [path]
    assert ArchivedFile.objects.get(path=inside).packed_in == path


def signs(bytes_of_it: int) -> str:
    """A text of so many bytes that no packing makes shorter."""
    chance = random.Random(1)
    han = "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(bytes_of_it // 3))
    return han + "a" * (bytes_of_it % 3)


def test_a_lane_sees_only_its_own():
    """A file given to the scans is out of sight of the quick reader."""
    waiting_list.add(["a"])
    waiting_list.take(Lane.QUICK, 1)
    waiting_list.put_back(["a"], Lane.SCAN)
    assert waiting_list.take(Lane.QUICK, 1) == []
    assert waiting_list.count(Lane.SCAN) == waiting_list.count() == 1
    assert waiting_list.take(Lane.SCAN, 1) == ["a"]


def test_a_file_that_changed_while_it_was_read_stays_on_the_list():
    """It was put there again, so being finished does not take it off."""
    waiting_list.add(["a", "b"])
    waiting_list.take(Lane.QUICK, 2)
    waiting_list.add(["a"])
    waiting_list.finish(["a", "b"])
    assert waiting_list.take(Lane.QUICK, 9) == ["a"]


def test_tries_are_counted_and_each_rest_is_longer():
    """Then the file is given up; one put on the list anew has all its tries again."""
    waiting_list.add(["a"])
    rests = []
    while (seconds := waiting_list.count_attempt("a")) is not None:
        rests.append(seconds)
    assert len(rests) == MOST_ATTEMPTS - 1
    assert rests == sorted(set(rests))
    waiting_list.add(["a"])
    assert waiting_list.count_attempt("a") == rests[0]
    assert waiting_list.count_attempt("unknown") is None


def test_giving_back_counts_no_try():
    """The share was away, which is no fault of the file."""
    waiting_list.add(["a"])
    waiting_list.take(Lane.QUICK, 1)
    waiting_list.put_back(["a"])
    assert WaitingFile.objects.get().attempts == 0
    assert waiting_list.take(Lane.QUICK, 1) == ["a"]


def test_claims_of_a_killed_service_are_given_back():
    """At the next start everything is handed out again."""
    waiting_list.add(["a", "b"])
    waiting_list.take(Lane.QUICK, 2)
    waiting_list.release_claims()
    assert waiting_list.take(Lane.QUICK, 9) == ["a", "b"]


def test_a_mended_file_is_read_again():
    """Its failure is forgotten; a file inside a packed one is read through it."""
    failed = {"state": "failed", "reason": "坏"}
    rows = [
        ArchivedFile.objects.create(path="a.pdf", sha256="1", **failed),
        ArchivedFile.objects.create(path="b.zip!/c", sha256="2", packed_in="b.zip", **failed),
        ArchivedFile.objects.create(path="gone", sha256="3", present=False, **failed),
        ArchivedFile.objects.create(path="good", sha256="4", state="indexed"),
    ]
    for row in rows:
        Content.objects.create(sha256=row.sha256, kind="pdf", rules="pdf=1", reason=row.reason)
    assert waiting_list.try_again(rows) == 2
    assert waiting_list.take(Lane.QUICK, 9) == ["a.pdf", "b.zip"]
    assert set(Content.objects.values_list("pk", flat=True)) == {"3", "4"}
    states = dict(ArchivedFile.objects.values_list("path", "state"))
    assert states == {
        "a.pdf": "waiting", "b.zip!/c": "waiting", "gone": "failed", "good": "indexed",
    }  # fmt: skip


def test_files_to_be_read_carefully_wait_among_the_scans():
    """Only those that were read; of one inside a packed file the packed one waits."""
    known = {"present": True, "state": "indexed", "sha256": "a" * 64}
    Content.objects.create(sha256="a" * 64, kind="jpg", rules="jpg=4 ocr=6")
    read = ArchivedFile.objects.create(path="a.jpg", **known)
    inside = ArchivedFile.objects.create(path="a.zip!/a.jpg", packed_in="a.zip", **known)
    failed = ArchivedFile.objects.create(path="b.jpg", **(known | {"state": "failed"}))
    gone = ArchivedFile.objects.create(path="c.jpg", **(known | {"present": False}))
    assert waiting_list.read_carefully([read, inside, failed, gone]) == 2
    assert waiting_list.take(Lane.SCAN, 9) == ["a.jpg", "a.zip"]
    assert Content.objects.get().carefully


def test_a_photo_to_be_read_as_it_is_waits_wherever_it_lies():
    """Among the scans, once; one inside a packed file is read with that one."""
    lying = {"state": "indexed", "sha256": "a" * 64}
    ArchivedFile.objects.create(path="a.jpg", present=True, **lying)
    ArchivedFile.objects.create(path="b.jpg", present=True, **lying)
    ArchivedFile.objects.create(path="c.zip!/a.jpg", packed_in="c.zip", present=True, **lying)
    ArchivedFile.objects.create(path="d.jpg", present=False, **lying)
    assert not waiting_list.read_as_sent("a" * 64)
    Content.objects.create(sha256="a" * 64, kind="jpg", rules="jpg=4 ocr=6")
    assert waiting_list.read_as_sent("a" * 64)
    assert waiting_list.take(Lane.SCAN, 9) == ["a.jpg", "b.jpg", "c.zip"]
    assert Content.objects.get().as_sent
    assert not waiting_list.read_as_sent("a" * 64)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_at_once_are_never_given_the_same():
    """All is handed out, however the two come between each other."""
    waiting_list.add(f"{number:03}" for number in range(300))
    taken: list[list[str]] = [[], []]
    both = threading.Barrier(2)

    def take_all(own: list[str]) -> None:
        both.wait()
        while some := waiting_list.take(Lane.QUICK, 3, newest=len(own) % 2 == 0):
            own += some
        connections.close_all()

    threads = [threading.Thread(target=take_all, args=(own,)) for own in taken]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(taken[0] + taken[1]) == [f"{number:03}" for number in range(300)]


def test_what_is_asked_at_every_turn_is_made_into_sql_once(monkeypatch):
    """Django took longer to make these questions than the server to answer them."""

    def ask():
        news = filings.take_news((), 9)
        newest = waiting_list.newest_number(Lane.SCAN)
        return news, newest > 0, waiting_list.holds_more_than(Lane.SCAN, 1)

    waiting_list.add(["a", "b"], Lane.SCAN)
    assert ask() == ([], True, True)
    waiting_list.trouble_of("a")
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    assert ask() == ([], True, True)
    assert waiting_list.trouble_of("b") == ""


def test_each_lane_and_number_is_asked_for_itself():
    """What is prepared for one is not the answer for another."""
    waiting_list.add(["a", "b", "c"], Lane.SCAN)
    waiting_list.add(["d"])
    numbers = dict(WaitingFile.objects.values_list("path", "pk"))
    assert waiting_list.newest_number(Lane.SCAN) == numbers["c"]
    assert waiting_list.newest_number(Lane.QUICK) == numbers["d"]
    assert [waiting_list.holds_more_than(Lane.SCAN, most) for most in (1, 2, 3)] == [
        True, True, False,
    ]  # fmt: skip
    assert not waiting_list.holds_more_than(Lane.QUICK, 1)
