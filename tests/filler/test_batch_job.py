"""A batch of the pages as a job: checked, issued, and told how far it is."""

import pytest

from filler.batch_job import JobFolder, ShownProblem, give_up, run_job
from filler.fill_batch import Office
from filler.models import Batch, Issued
from tests.filler.conftest import TODAY
from tests.filler.rosters import as_bytes, column_of, fill_template

pytestmark = pytest.mark.django_db
State = Batch.State


@pytest.fixture
def office(catalogue, tmp_path):
    return Office(catalogue, tmp_path / "issued", TODAY)


@pytest.fixture
def job(catalogue, visits, tmp_path):
    """A batch of two households, the second without its phone, and its folder."""
    book = fill_template(catalogue, "ZF-01", visits(2))
    sheet = book.worksheets[0]
    sheet.cell(3, column_of(sheet, "联系电话")).value = None
    files = JobFolder(tmp_path / "job")
    files.folder.mkdir()
    files.roster.write_bytes(as_bytes(book))
    batch = Batch.objects.create(
        key="测试", form_id="ZF-01", roster_name="名单.xlsx", issued_by="测试员", wants_merge=False
    )
    return batch, files


def run(batch, files, office, state):
    batch.state = state
    run_job(batch, files, office)
    batch.refresh_from_db()


def test_a_checked_batch_shows_its_problems_and_issues_nothing(job, office):
    """With a copy to mend."""
    batch, files = job
    run(batch, files, office, State.CHECKING)
    assert (batch.state, batch.total, batch.refused) == (State.CHECKED, 2, 1)
    assert batch.settled_at is not None
    (problem,) = [one for one in files.problems() if one.kind == "更正"]
    assert (problem.name, problem.where) == ("测试周桂兰", "联系电话")
    assert files.marked.exists()
    assert not Issued.objects.exists()


def test_an_issued_batch_has_its_documents_packed(job, office):
    """Only what was wanted is made of them."""
    batch, files = job
    run(batch, files, office, State.WAITING)
    assert (batch.state, batch.total, batch.refused, batch.stage) == (State.DONE, 2, 1, "")
    assert Issued.objects.get().issued_by == "测试员"
    assert files.packed.exists()
    assert not files.merged.exists()
    assert not files.pdf.exists()


def test_a_roster_that_cannot_be_read_becomes_a_message(job, office):
    """The batch failed, and says why."""
    batch, files = job
    files.roster.write_bytes(b"%PDF-1.4")
    run(batch, files, office, State.CHECKING)
    assert batch.state == State.FAILED
    assert "名单.xlsx" in batch.message


def test_who_gives_up_says_why(job):
    """And when: the folder is kept for a while from then."""
    batch, _ = job
    give_up(batch, "没有完成")
    batch.refresh_from_db()
    assert (batch.state, batch.message, batch.stage) == (State.FAILED, "没有完成", "")
    assert batch.settled_at is not None


def test_a_new_roster_makes_the_results_of_the_old_one_go(job):
    """The roster itself and its problems stay until it is checked."""
    _, files = job
    files.write_problems([ShownProblem("留意", "", "", "", "", "甲", "")])
    results = (files.marked, files.packed, files.merged, files.pdf)
    for file in results:
        file.write_bytes(b"old")
    files.forget_results()
    assert not any(file.exists() for file in results)
    assert files.roster.exists()
    assert [one.what for one in files.problems()] == ["甲"]


def test_a_folder_that_was_not_checked_has_no_problems(job):
    """The page asks before the worker has come to it."""
    assert job[1].problems() == []
