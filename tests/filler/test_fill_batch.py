"""A checked roster is issued, each record once."""

import gc
from dataclasses import replace

import docx
import pytest
from django.db import DataError, IntegrityError
from docx.shared import Pt

from filler import fill_batch as module
from filler.carry_over.running_cases import NEW_CASE
from filler.fill_batch import (
    GivenRoster,
    Office,
    check_batch,
    find_issued_before,
    issue_batch,
    marked_copy,
    take_roster,
    write_batch,
)
from filler.fill_form import fill_form
from filler.form.forms import Field, Section
from filler.models import Batch, Issued
from filler.print_run import group_store
from filler.print_run.files import BatchFiles
from filler.print_run.ledger import BatchLedger
from filler.print_run.preflight import check_roster
from filler.records.case_store import DatabaseCaseStore
from filler.records.photo_shelf import photos_of_folder
from filler.roster.read_roster import read_roster
from filler.roster.roster import Record, Roster, TableLayout
from minzheng.county.errors import Problem
from minzheng.external.files.file_properties import FileProperties
from minzheng.external.photos import PhotoLimits
from tests.filler.conftest import TODAY
from tests.filler.print_run.test_run_looks import size_of
from tests.filler.rosters import PEOPLE, as_bytes, column_of, fill_template
from tests.filler.word.annexes.test_join_annexes import with_styles
from tests.filler.word_files import saved
from tests.strict_reader import faults_of

TOLD = FileProperties("镇坪县民政局", "核对结果")

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(tmp_path):
    return BatchLedger(Batch.objects.create(key="测试", form_id="ZF-01"), tmp_path)


@pytest.fixture
def run(catalogue, ledger, tmp_path):
    """Check and issue a roster."""

    def do(book):
        spec = catalogue.form("ZF-01")
        roster = read_roster(as_bytes(book), "名单.xlsx", spec)
        preflight = check_roster(roster, spec, catalogue, TODAY)
        return issue_batch(preflight, ledger.batch, Office(catalogue, tmp_path, TODAY))

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


@pytest.mark.parametrize("failure", [DataError, IntegrityError])
def test_a_row_the_database_does_not_take_is_left_out_alone(
    run, catalogue, visits, monkeypatch, failure
):
    """The others of its group are issued, each by itself, under the numbers they would have."""
    real = group_store.write_objects

    def taken(model, documents):
        if any(one.answers["id_no"] == PEOPLE[1] for one in documents):
            raise failure("太长")
        real(model, documents)

    monkeypatch.setattr(group_store, "write_objects", taken)
    outcome = run(fill_template(catalogue, "ZF-01", visits(3)))
    (problem,) = outcome.problems
    assert (problem.place.row, outcome.issued) == (3, 2)
    assert "太长" in problem.problem.what
    issued = Issued.objects.order_by("case_no")
    assert [one.answers["id_no"] for one in issued] == [PEOPLE[0], PEOPLE[2]]
    assert [one.case_no[-4:] for one in issued] == ["0001", "0002"]


def test_a_row_changed_after_it_was_issued_is_not_issued_again(run, catalogue, visits):
    """A correction is another act than a batch run again."""
    book = fill_template(catalogue, "ZF-01", visits(2))
    run(book)
    sheet = book.worksheets[0]
    sheet.cell(2, column_of(sheet, "家庭人口"), 5)
    outcome = run(book)
    assert (outcome.issued, outcome.skipped) == (0, 1)
    assert "没有重复出具" in outcome.problems[0].problem.what


@pytest.fixture
def office(catalogue, tmp_path):
    return Office(catalogue, tmp_path, TODAY)


@pytest.fixture
def given(catalogue, visits):
    """A roster of two households, the second perhaps without its phone."""

    def take(*, is_whole=True):
        book = fill_template(catalogue, "ZF-01", visits(2))
        if not is_whole:
            sheet = book.worksheets[0]
            sheet.cell(3, column_of(sheet, "联系电话")).value = None
        return take_roster(as_bytes(book), "名单.xlsx", catalogue.form("ZF-01"))

    return take


def test_only_a_roster_with_mistakes_has_a_marked_copy(given, office):
    """Nobody mends what is whole."""
    wrong, whole = given(is_whole=False), given()
    assert marked_copy(wrong, check_batch(wrong, office), TOLD).startswith(b"PK")
    assert marked_copy(whole, check_batch(whole, office), TOLD) is None


def test_who_may_not_issue_for_a_household_hears_it_at_its_row(given, office):
    """Before anything is issued."""
    sorry = Problem("村", "不属于您办理的范围", "改选本村")
    only_the_second = replace(
        office, forbid=lambda answers: sorry if answers["id_no"] == PEOPLE[1] else None
    )
    preflight = check_batch(given(), only_the_second)
    assert [[str(one) for one in row.problems] for row in preflight.checked] == [
        [],
        [f"第 3 行 {sorry}"],
    ]


def test_what_another_batch_issued_is_pointed_out_with_an_example(given, office, ledger):
    """The same sentence for pages and command line; one's own batch does not count."""
    preflight = check_batch(given(), office)
    assert find_issued_before(preflight, ledger.batch) is None
    issue_batch(preflight, ledger.batch, office)
    assert find_issued_before(preflight, ledger.batch) is None
    found = find_issued_before(preflight, Batch.objects.create(key="另一批", form_id="ZF-01"))
    first = Issued.objects.earliest("pk").case_no
    assert found.what == f"有 2 户以前的批次已出具过，内容完全相同（如 {first}）"


def test_a_batch_is_not_held_against_its_own_documents(catalogue, answers_of, office):
    """When the roster comes again, what was issued is neither wrong nor doubtful."""
    rows = [Record("名单", at, answers_of("DB-02") | more) for at, more in ((2, {}), (3, {}))]
    layout = {"名单": TableLayout("名单", 1, {})}
    given = GivenRoster(b"", "名单.xlsx", catalogue.form("DB-02"), Roster(tuple(rows), layout, {}))
    batch = Batch.objects.create(key="低保", form_id="DB-02", issued_by="测试员")
    first = check_batch(given, office, batch=batch)
    assert issue_batch(first, batch, office).issued == 1
    blind, again = check_batch(given, office), check_batch(given, office, batch=batch)
    assert blind.checked[0].problems
    assert not again.checked[0].problems
    assert "完全相同" in str(again.checked[1].problems[-1])
    outcome = issue_batch(again, batch, office)
    assert (outcome.issued, outcome.skipped) == (0, 1)


def test_a_row_changed_after_its_document_is_told_of_the_document(catalogue, answers_of, office):
    """Not asked to name the very case that the document began; who follows would issue two."""
    batch = Batch.objects.create(key="低保", form_id="DB-01", issued_by="测试员")

    def check(**more):
        roster = Roster(
            (Record("名单", 2, answers_of("DB-01") | more),),
            {"名单": TableLayout("名单", 1, {})},
            {},
        )
        given = GivenRoster(b"", "名单.xlsx", catalogue.form("DB-01"), roster)
        return check_batch(given, office, batch=batch)

    assert issue_batch(check(), batch, office).issued == 1
    document = batch.rows.get()
    for more in ({"phone": "13991500009"}, {"phone": "1399"}, {"case_no": NEW_CASE}):
        again = check(**more)
        (row,) = again.checked
        (told,) = row.problems
        assert f"本批次已为此人出具（{document.issued.case_no}）" in told.problem.what
        assert row.key == document.key
        assert issue_batch(again, batch, office).issued == 0


def test_a_household_that_others_decided_meanwhile_is_refused(catalogue, answers_of, office):
    """Good when it was checked; another clerk was faster."""
    row = Record("名单", 2, answers_of("DB-02"))
    store, history = DatabaseCaseStore(office.issued), {"catalogue": catalogue, "today": TODAY}
    roster = Roster((row,), {"名单": TableLayout("名单", 1, {})}, {})
    preflight = check_roster(roster, catalogue.form("DB-02"), catalogue, TODAY, history=store)
    assert len(preflight.good) == 1
    other = fill_form("DB-02", row.answers, issued_by="别人", store=store, **history)
    batch = Batch.objects.create(key="低保", form_id="DB-02", issued_by="测试员")
    outcome = issue_batch(preflight, batch, office)
    assert outcome.issued == 0
    assert other.case_no in outcome.problems[0].problem.what


def test_what_is_there_is_not_looked_through_while_a_batch_is_issued(given, office, ledger):
    """Afterwards it is, as before."""
    preflight = check_batch(given(), office)
    seen = []
    issue_batch(preflight, ledger.batch, office, lambda *_: seen.append(gc.get_freeze_count()))
    assert min(seen) > 0
    assert gc.get_freeze_count() == 0


def test_every_stage_tells_how_far_it_is(given, office, ledger, tmp_path):
    """From the first row to the last file."""
    told = []
    preflight = check_batch(given(), office, lambda *stage: told.append(stage))
    issue_batch(preflight, ledger.batch, office, lambda *stage: told.append(stage))
    wanted = BatchFiles(packed=tmp_path / "all.zip", merged=tmp_path / "all.docx")
    write_batch(ledger.batch, office, wanted, lambda *stage: told.append(stage))
    assert ("逐行核对", 0, 2) in told
    assert ("出具文书", 2, 2) in told
    assert [stage for stage, _, of in told if of == 2][-3:] == ["打包", "打包", "合并成一份"]


@pytest.fixture
def with_reports(catalogue, tmp_path):
    """ZF-01 as a county might draw it: a report of the visit at its end."""
    spec = catalogue.form("ZF-01")
    document = docx.Document(str(spec.docx))
    document.add_paragraph("{{p report }}")
    document.save(str(tmp_path / "own.docx"))
    report = Section("附件", (Field("report", "走访报告", "annex"),))
    own = replace(spec, docx=tmp_path / "own.docx", sections=(*spec.sections, report))
    return replace(catalogue, by_id={**catalogue.by_id, "ZF-01": own})


def test_each_row_names_a_word_file_of_its_own_and_one_run_holds_them_all(
    with_reports, visits, tmp_path
):
    """What is missing, no Word file, or too large is a mistake of its row; the others go on."""
    folder = tmp_path / "附件"
    folder.mkdir()
    for name, size in (("甲.docx", 16), ("乙.docx", 9)):
        (folder / name).write_bytes(saved(with_styles(size)))
    (folder / "丁.docx").write_bytes(b"GIF89a")
    (folder / "戊.docx").write_bytes(b"PK" + b"\0" * PhotoLimits().most_bytes)
    names = ("甲.docx", "乙.docx", "丙.docx", "丁.docx", "戊.docx")
    rows = [one | {"report": name} for one, name in zip(visits(5), names, strict=True)]
    spec = with_reports.form("ZF-01")
    roster = as_bytes(fill_template(with_reports, "ZF-01", rows))
    own = Office(with_reports, tmp_path / "issued", TODAY)
    given = take_roster(roster, "名单.xlsx", spec, photos_of_folder(folder))
    preflight = check_batch(given, own)
    wrong = ["；".join(str(one.problem) for one in each.problems) for each in preflight.checked]
    assert [bool(one) for one in wrong] == [False, False, True, True, True]
    assert "找不到附件“丙.docx”" in wrong[2]
    assert "“丁.docx”不是完好的 .docx 文件" in wrong[3]
    assert "MB，超过" in wrong[4]
    batch = Batch.objects.create(key="走访", form_id="ZF-01", issued_by="测试员")
    assert issue_batch(preflight, batch, own).issued == 2
    write_batch(batch, own, BatchFiles(merged=tmp_path / "all.docx"))
    whole = docx.Document(str(tmp_path / "all.docx"))
    found = [one for one in whole.paragraphs if one.text == "有样式"]
    assert [size_of(one) for one in found] == [Pt(16), Pt(9)]
    assert len(whole.sections) == 2
    assert faults_of((tmp_path / "all.docx").read_bytes()) == []
