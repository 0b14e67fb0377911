"""What became of a file, as the index is to hear of it."""

import pytest

from archive_indexer.documents import ArchiveFile, ExtractedPage, Extraction, Filing, Guess
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import archived_files, contents, outcomes
from archive_indexer.stores.outcomes import Outcome

pytestmark = pytest.mark.django_db

DIBAO = Filing(dossier=Guess("DB", 0.9, "路径"), person=Guess("测试甲", 0.9, "第 1 页"))


def read(path: str, text: str, packed_in: str = "") -> list[Outcome]:
    """A file of one page that was read and is kept."""
    sha256 = f"{hash(text) & 0xFFFFFFFF:064x}"
    extraction = Extraction("txt", (ExtractedPage(1, text),))
    contents.keep_content(sha256, extraction)
    file = ArchiveFile(path, len(text), 1, sha256)
    return outcomes.keep_read(file, extraction, DIBAO, packed_in)


def commit(kept: list[Outcome]) -> None:
    """As if the index had heard of it."""
    archived_files.mark_indexed(one.path for one in kept)


def test_a_file_that_was_read_is_a_document_with_its_filing():
    """Text and place together."""
    (outcome,) = read("a.txt", "测试材料")
    assert outcome.document.pages == ("测试材料",)
    assert (outcome.document.dossier, outcome.document.person) == ("DB", "测试甲")
    assert outcome.superseded == ()


def test_a_file_that_cannot_be_read_is_no_document_but_a_reason():
    """Whatever the index held of it goes."""
    file = ArchiveFile("a.pdf", 1, 1, "0" * 64)
    assert outcomes.keep_read(file, Extraction("pdf", reason="加了密码"), DIBAO) == [
        Outcome("a.pdf", reason="加了密码")
    ]
    row = ArchivedFile.objects.get()
    assert (row.state, row.reason, row.dossier) == ("failed", "加了密码", "DB")


def test_what_lay_under_the_name_before_stays_as_a_trace():
    """It is told together with the new content."""
    commit(read("a.txt", "先前的"))
    new, trace = read("a.txt", "后来的")
    assert new.document.pages == ("后来的",)
    assert trace.document.pages == ("先前的",)
    assert trace.path.startswith("a.txt（")
    assert not trace.document.present


def test_a_file_that_is_gone_is_a_trace():
    """Found as before, and marked as absent."""
    commit(read("a.txt", "测试材料"))
    (trace,) = outcomes.leave_trace("a.txt")
    assert trace.document.pages == ("测试材料",)
    assert not trace.document.present
    assert not ArchivedFile.objects.get().present


def test_no_trace_is_left_of_a_file_that_lies_elsewhere():
    """It was moved; the index forgets the old place."""
    commit(read("a.txt", "测试材料"))
    commit(read("b.txt", "测试材料"))
    (gone,) = outcomes.leave_trace("a.txt")
    assert gone.document is None


def test_with_a_packed_file_everything_in_it_is_gone():
    """Each file inside is a trace of its own."""
    commit(read("a.zip", "清单"))
    commit(read("a.zip!/1.txt", "里面的", packed_in="a.zip"))
    traces = outcomes.leave_trace("a.zip")
    assert [one.path for one in traces] == ["a.zip!/1.txt", "a.zip"]
    assert not any(one.document.present for one in traces)


def test_a_trace_is_superseded_when_its_content_comes_back():
    """Under another name; then there is nothing to trace any more."""
    commit(read("a.txt", "测试材料"))
    outcomes.leave_trace("a.txt")
    (outcome,) = read("b.txt", "测试材料")
    assert outcome.superseded == ("a.txt",)


def test_the_outcome_now_follows_the_row():
    """A file that waits to be read has nothing new to tell; a gone one has its trace."""
    commit(read("a.txt", "测试材料"))
    assert outcomes.outcome_now("a.txt").document.present
    outcomes.leave_trace("a.txt")
    assert not outcomes.outcome_now("a.txt").document.present
    ArchivedFile.objects.create(path="unread.txt", sha256="1" * 64)
    assert outcomes.outcome_now("unread.txt") is None
    assert outcomes.outcome_now("unknown.txt") == Outcome("unknown.txt")
