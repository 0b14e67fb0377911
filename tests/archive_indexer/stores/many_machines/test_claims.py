"""What a worker has in hand is given on whole, or not at all, and only while it is its own."""

from unittest.mock import patch

import pytest
from django.db import transaction

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.models import Content, ContentInHand, WaitingFile
from archive_indexer.stores import contents, waiting_list
from archive_indexer.stores.many_machines import claims, workers
from archive_indexer.stores.waiting_list import MOST_ATTEMPTS, Lane

pytestmark = pytest.mark.django_db(transaction=True)
SHA = "a" * 64
READ = Extraction("png", (ExtractedPage(1, "测试甲"),))


@pytest.fixture
def taken():
    """Two workers; the first has `a.png` in hand, whose content it reads."""
    first, second = workers.sign_in("一号"), workers.sign_in("二号")
    waiting_list.add(["a.png"], Lane.SCAN)
    assert waiting_list.take(Lane.SCAN, 1, worker=first) == ["a.png"]
    assert claims.hold_content(first, "a.png", SHA)
    return first, second


def row(path: str = "a.png") -> WaitingFile:
    return WaitingFile.objects.get(path=path)


def test_what_was_read_is_kept_and_its_path_is_the_service_s(taken):
    """It has nothing left to do but to file and index."""
    claims.keep_reading(taken[0], "a.png", SHA, READ)
    assert [page.text for page in contents.content_of(SHA).pages] == ["测试甲"]
    assert (row().lane, row().claimed, row().taken_by) == (Lane.QUICK, False, None)
    assert not ContentInHand.objects.exists()
    assert waiting_list.take(Lane.QUICK, 1) == ["a.png"]


def test_a_path_is_given_on_by_one_statement(taken, django_assert_num_queries):
    """Beside the one about its content: a worker asks the server for every scan."""
    with transaction.atomic(), django_assert_num_queries(2):
        claims.hand_over(taken[0], "a.png")


def test_content_and_path_are_written_together_or_not_at_all(taken):
    """A worker that dies between the two has done neither."""
    killed = patch.object(waiting_list, "let_go", side_effect=KeyboardInterrupt)
    with killed, pytest.raises(KeyboardInterrupt):
        claims.keep_reading(taken[0], "a.png", SHA, READ)
    assert not Content.objects.exists()
    assert (row().lane, row().taken_by_id) == (Lane.SCAN, taken[0])


def test_only_whoever_has_it_in_hand_begins_to_read(taken):
    """One that was taken for dead reads nothing that others may have."""
    first, second = taken
    assert row().taken_at is None
    assert not claims.begin_reading(second, "a.png")
    assert claims.begin_reading(first, "a.png")
    assert row().taken_at is not None


def test_a_copy_of_what_is_being_read_waits(taken):
    """It is not read beside it, and not handed out at once again."""
    _, second = taken
    waiting_list.add(["b.png"], Lane.SCAN)
    waiting_list.take(Lane.SCAN, 1, worker=second)
    assert not claims.hold_content(second, "b.png", SHA)
    claims.wait_for_copy(second, "b.png")
    assert waiting_list.take(Lane.SCAN, 1, worker=second) == []
    assert row("b.png").attempts == 0
    WaitingFile.objects.filter(path="b.png").update(rests_until=None)
    assert waiting_list.take(Lane.SCAN, 1, worker=second) == ["b.png"]


def test_a_worker_that_was_taken_for_dead_changes_nothing(taken):
    """Its file was given to another, who has read it meanwhile."""
    first, second = taken
    workers.sign_off(first)
    waiting_list.take(Lane.SCAN, 1, worker=second)
    assert claims.hold_content(second, "a.png", SHA)
    claims.keep_reading(second, "a.png", SHA, READ)
    read_at = Content.objects.get().read_at
    waiting_list.take(Lane.QUICK, 1)
    claims.keep_reading(first, "a.png", SHA, READ)
    claims.note_failure(first, "a.png", "识别超时")
    claims.leave_to_service(first, "a.png")
    claims.give_back(first, "a.png")
    assert Content.objects.get().read_at == read_at
    assert (row().claimed, row().attempts, row().trouble) == (True, 0, "")


def test_a_file_that_changed_meanwhile_is_done_again(taken):
    """What was read of it before is kept: the same content may lie elsewhere."""
    waiting_list.add(["a.png"])
    claims.keep_reading(taken[0], "a.png", SHA, READ)
    assert contents.content_of(SHA)
    assert (row().lane, row().claimed) == (Lane.QUICK, False)


def test_a_file_that_fails_rests_and_is_given_up_with_its_reason(taken):
    """The service keeps the reason; workers do not see the file again."""
    first, _ = taken
    for attempt in range(1, MOST_ATTEMPTS):
        claims.note_failure(first, "a.png", "识别超时")
        assert (row().attempts, row().claimed, row().lane) == (attempt, False, Lane.SCAN)
        assert waiting_list.take(Lane.SCAN, 1, worker=first) == []
        WaitingFile.objects.update(rests_until=None)
        waiting_list.take(Lane.SCAN, 1, worker=first)
    claims.note_failure(first, "a.png", "识别超时")
    assert (row().lane, waiting_list.trouble_of("a.png")) == (Lane.QUICK, "识别超时")
    waiting_list.add(["a.png"])
    assert (waiting_list.trouble_of("a.png"), row().attempts) == ("", 0)


def test_a_file_that_is_not_found_is_never_given_up_for_that(taken):
    """Only the service concludes that a file is gone; a worker may look in the wrong place."""
    for _ in range(MOST_ATTEMPTS * 2):
        claims.leave_to_service(taken[0], "a.png")
        assert row().rests_until is not None
        WaitingFile.objects.update(rests_until=None, claimed=True, taken_by=taken[0])
    assert (row().trouble, row().lane) == ("", Lane.QUICK)


def test_after_the_server_was_away_only_what_is_really_in_hand_stays(taken):
    """A claim that was written, and never heard of, does not stay for ever."""
    first, _ = taken
    waiting_list.add(["b.png"], Lane.SCAN)
    waiting_list.take(Lane.SCAN, 1, worker=first)
    claims.keep_only(first, ["b.png"])
    assert (row().claimed, row("b.png").taken_by_id) == (False, first)
    assert not ContentInHand.objects.exists()


def test_the_service_takes_nothing_off_the_list_that_a_worker_has(taken):
    """It was asked for again while the index was still being written."""
    waiting_list.finish(["a.png"])
    waiting_list.release_claims()
    assert row().taken_by_id == taken[0]
