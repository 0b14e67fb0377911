"""Every file that ever lay in the archive, its state and its traces."""

import datetime as dt

import pytest
from django.utils import timezone

from archive_indexer.documents import ExtractedPage, Extraction, Filing, Guess, Seal, SignaturePlace
from archive_indexer.models import ArchivedFile, PastContent, Walk
from archive_indexer.stores import archived_files, contents

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def row(path: str, **more: object) -> ArchivedFile:
    return ArchivedFile.objects.create(path=path, **({"state": "indexed", "sha256": path} | more))


def test_a_file_is_done_with_when_it_and_all_in_it_are():
    """What is inside a packed file is no file on the disk."""
    row("a.txt", size=1, mtime_ns=2)
    row("failed.txt", state="failed")
    row("waiting.txt", state="waiting")
    row("b.zip")
    row("b.zip!/1.txt", packed_in="b.zip", state="waiting")
    row("gone.txt", present=False)
    known = archived_files.known_files()
    assert {path: is_done for path, (_, is_done) in known.items()} == {
        "a.txt": True, "failed.txt": True, "waiting.txt": False, "b.zip": False,
    }  # fmt: skip
    assert known["a.txt"] == ((1, 2), True)


def test_the_files_of_a_folder_are_not_those_of_one_with_a_longer_name():
    """旧城村 is not 旧城村二组."""
    for path in ("甲/1", "甲/乙/2", "甲乙/3", "甲", "甲/z.zip!/4"):
        row(path, packed_in="甲/z.zip" if "!" in path else "")
    row("甲/gone", present=False)
    assert sorted(archived_files.files_below("甲")) == ["甲/1", "甲/乙/2"]
    assert archived_files.members_of("甲/z.zip") == ["甲/z.zip!/4"]


def test_a_gone_file_was_there_as_long_as_a_whole_walk_saw_it():
    """Not only until it was read."""
    seen, walked = NOW - dt.timedelta(days=9), NOW - dt.timedelta(days=2)
    row("a.txt", last_seen=seen)
    for started in (walked, NOW - dt.timedelta(days=1)):
        Walk.objects.create(started=started, ended=started)
    archived_files.mark_gone("a.txt")
    gone = ArchivedFile.objects.get()
    assert (gone.present, gone.state, gone.last_seen) == (False, "waiting", walked)
    assert gone.gone_at >= NOW
    archived_files.mark_gone("a.txt")
    assert ArchivedFile.objects.get().gone_at == gone.gone_at


def test_traces_are_superseded_by_their_content_elsewhere():
    """And retired from the index; the rows stay."""
    row("old.txt", sha256="1", present=False, state="waiting")
    row("new.txt", sha256="1")
    row("other.txt", sha256="2", present=False)
    assert archived_files.superseded_by("new.txt", "1") == ["old.txt"]
    assert archived_files.unfinished_traces() == ["old.txt"]
    archived_files.retire(["old.txt", "new.txt"])
    assert ArchivedFile.objects.get(path="old.txt").state == "moved"
    assert ArchivedFile.objects.get(path="new.txt").state == "indexed"
    assert archived_files.indexed_paths() == {"new.txt", "other.txt"}


def test_of_many_contents_under_one_path_the_oldest_traces_go():
    """The last ten stay."""
    file = row("list.xls")
    for day in range(12):
        gone = NOW - dt.timedelta(days=day)
        trace = row(f"trace {day}", present=False, gone_at=gone)
        PastContent.objects.create(
            file=file, sha256=str(day), size=1, mtime_ns=1, first_seen=gone, last_seen=gone,
            trace=trace,
        )  # fmt: skip
    assert archived_files.oldest_traces("list.xls") == ["trace 10", "trace 11"]


def test_what_only_moved_is_not_new():
    """New is a content that lay nowhere before."""
    then = NOW - dt.timedelta(days=1)
    row("old.txt", sha256="1", content_since=then - dt.timedelta(days=1), present=False)
    row("moved.txt", sha256="1")
    row("new.txt", sha256="2")
    row("unread.txt", sha256="")
    assert archived_files.paths_since(then) == {"new.txt"}


def test_files_read_by_old_rules_are_found_through_what_they_lie_in():
    """A file inside a packed one is read again by reading that."""
    for path, packed in (("a.pdf", ""), ("b.zip!/c.pdf", "b.zip"), ("new.pdf", "")):
        sha256 = path[0] * 64
        contents.keep_content(sha256, Extraction("pdf"))
        row(path, packed_in=packed, sha256=sha256)
    contents.Content.objects.exclude(pk="n" * 64).update(rules="pdf=1")
    assert archived_files.paths_read_by(["pdf=1"]) == ["a.pdf", "b.zip"]


def test_a_document_is_the_pages_with_what_holds_of_the_file():
    """Money in fen, dates as numbers; a month has no day."""
    filing = Filing(
        village=Guess("旧城村", 1, ""), amounts=(Guess("285.62", 1, ""), Guess("5200.00", 1, "")),
        dates=(Guess("2018-03-12", 1, ""), Guess("2019-01", 1, "")), ids=(Guess("1", 1, ""),),
    )  # fmt: skip
    pages = (ExtractedPage(1, "一", origin="ocr"), ExtractedPage(2, "二", origin="text"))
    document = archived_files.as_document("甲/a.JPG", "0", pages, filing)
    assert (document.pages, document.kind, document.origin) == (("一", "二"), "照片", "ocr")
    assert (document.amounts, document.dates) == ((28562, 520000), (20180312, 20190100))
    assert (document.village, document.town, document.ids) == ("旧城村", "", ("1",))
    assert document.has_seal is False
    sealed = ExtractedPage(3, "", origin="ocr", seals=(Seal((0, 0, 1, 1), "#c41c20"),))
    assert archived_files.as_document("a", "0", (*pages, sealed), filing).has_seal is True


def test_of_a_file_that_could_not_be_read_there_is_no_document():
    """Nor of one that nobody knows."""
    contents.keep_content("0" * 64, Extraction("pdf", reason="坏"))
    row("a.pdf", sha256="0" * 64)
    assert archived_files.document_of("a.pdf") is None
    assert archived_files.document_of("unknown") is None


@pytest.mark.parametrize(
    ("origin", "seals", "has_seal"),
    [
        ("ocr", (Seal((0.1, 0.1, 0.2, 0.2), "#c41c20"),), True),
        ("ocr", (), False),
        ("text", (), None),
    ],
)
def test_a_seal_is_known_only_of_pictures(origin, seals, has_seal):
    """Of a text file nobody can say that the seal is missing."""
    page = ExtractedPage(1, "公示", origin=origin, seals=seals)
    assert archived_files.as_document("a", "0", [page], Filing()).has_seal is has_seal


@pytest.mark.parametrize(
    ("states", "signed"),
    [((), None), (("有", "有"), "有"), (("有", "看不清"), "看不清"), (("看不清", "无"), "无")],
)
def test_one_empty_place_makes_a_paper_unsigned(states, signed):
    """A paper is signed where every place is; without places nothing is known."""
    places = tuple(SignaturePlace("签字", (0, 0, 1, 1), state) for state in states)
    pages = [ExtractedPage(1, ""), ExtractedPage(2, "", signatures=places)]
    assert archived_files.as_document("a", "0", pages, Filing()).signed == signed


def test_a_paper_with_a_place_that_was_not_found_is_not_signed_everywhere():
    """It is to be looked at: nothing is known of that place."""
    places = (SignaturePlace("签字", (0, 0, 1, 1), "有"),)
    page = ExtractedPage(1, "", signatures=places, unread=("签名处未找到：老人签字",))
    assert archived_files.as_document("a", "0", [page], Filing()).signed == "看不清"
