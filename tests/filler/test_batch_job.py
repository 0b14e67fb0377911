"""A batch of the pages as a job: checked, issued, and told how far it is."""

import io

import openpyxl
import pytest

from filler.batch_job import JobFolder, ShownProblem, _shown, _Teller, give_up, run_job
from filler.fill_batch import Office
from filler.models import Batch, Issued
from filler.print_run.preflight import Preflight
from filler.roster.roster import CellPlace, Note, Roster
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


def test_what_is_told_of_the_roster_itself_is_shown_by_its_kind(job, office):
    """A column nobody knows is a hint; one that is missing is to be mended; with the place."""
    batch, files = job
    book = openpyxl.load_workbook(io.BytesIO(files.roster.read_bytes()))
    sheet = book.worksheets[0]
    sheet.cell(1, sheet.max_column + 1, "养了几头猪")
    sheet.cell(1, column_of(sheet, "联系电话"), "座机")
    files.roster.write_bytes(as_bytes(book))
    run(batch, files, office, State.CHECKING)
    told = {one.what: one for one in files.problems() if not one.where}
    (hint,) = [one for what, one in told.items() if "养了几头猪" in what]
    (wrong,) = [one for what, one in told.items() if "没有“联系电话”这一列" in what]
    assert (hint.kind, wrong.kind) == ("说明", "更正")
    assert (hint.sheet, hint.cell[-1]) == (sheet.title, "1")


@pytest.mark.parametrize(
    ("place", "shown"),
    [(CellPlace("名单", 3, 2), ("名单", "B3")), (CellPlace("名单", 3), ("名单", "第 3 行")),
     (None, ("", ""))],
)  # fmt: skip
def test_a_note_is_shown_where_it_stands(place, shown):
    """One of the whole roster stands nowhere."""
    (one,) = _shown(Preflight(Roster((), {}, {}, (Note("甲", place),)), ()))
    assert ((one.sheet, one.cell), one.kind) == (shown, "说明")


@pytest.mark.parametrize(
    ("calls", "told"),
    [
        ([("甲", 0, 3, 0.0), ("甲", 1, 3, 0.4)], [("甲", 0, 3)]),
        ([("甲", 0, 3, 0.0), ("甲", 1, 3, 0.5)], [("甲", 0, 3), ("甲", 1, 3)]),
        ([("甲", 0, 3, 0.0), ("乙", 1, 3, 0.1)], [("甲", 0, 3), ("乙", 1, 3)]),
        ([("甲", 0, 3, 0.0), ("甲", 3, 3, 0.1)], [("甲", 0, 3), ("甲", 3, 3)]),
        ([("甲", 0, 3, 0.0), ("甲", 1, 3, 0.5), ("甲", 2, 3, 0.9)], [("甲", 0, 3), ("甲", 1, 3)]),
    ],
)
def test_how_far_a_job_is_is_told_twice_a_second(job, calls, told):
    """A new stage and the last one at once."""
    batch, seen = job[0], []
    clock = {"now": 0.0}
    teller = _Teller(batch, lambda: clock["now"])
    for stage, done, of, at in calls:
        clock["now"] = at
        teller.tell(stage, done, of)
        batch.refresh_from_db()
        now = (batch.stage, batch.done, batch.of)
        if not seen or seen[-1] != now:
            seen.append(now)
    assert seen == told
