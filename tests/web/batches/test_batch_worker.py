"""What the thread beside the pages does, and when it deletes."""

import datetime as dt
import io
import tomllib
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from filler import fill_batch
from filler.models import Batch, Draft, Issued
from minzheng.accounts.models import AuditEntry, Role
from minzheng.web.batches.batch_worker import (
    job_folder,
    remove_expired,
    remove_unfinished,
    run_next,
)
from minzheng.web.gate.office import config, forms
from tests.cli.forms.test_batch import household
from tests.filler.rosters import as_bytes, column_of, fill_template
from tests.web.batches.conftest import book, page, upload
from tests.web.conftest import ANSWERS, picture

pytestmark = pytest.mark.django_db


def test_a_batch_stopped_in_the_middle_goes_on_after_a_restart(sign_in, monkeypatch):
    """The job stands in the database as running; the next worker takes it up."""
    browser = sign_in(Role.COUNTY_CLERK)
    upload(browser, as_bytes(book()))
    run_next(config())
    batch = Batch.objects.get()
    browser.post(f"/batches/{batch.pk}/start")
    monkeypatch.setattr(fill_batch, "GROUP", 1)
    real, calls = fill_batch.issue, []

    def stop_at_the_second(*args, **options):
        calls.append(args)
        if len(calls) == 2:
            raise SystemExit
        return real(*args, **options)

    monkeypatch.setattr(fill_batch, "issue", stop_at_the_second)
    with pytest.raises(SystemExit):
        run_next(config())
    batch.refresh_from_db()
    assert (batch.state, Issued.objects.count()) == (Batch.State.RUNNING, 1)
    run_next(config())
    batch.refresh_from_db()
    assert (batch.state, Issued.objects.count()) == (Batch.State.DONE, 2)


def test_a_clerk_issues_only_for_the_own_village(sign_in):
    """Rows of other villages are refused, each by name."""
    browser = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
    upload(browser, as_bytes(book(("旧城村", "旧城村", "东风村"))))
    run_next(config())
    batch = Batch.objects.get()
    assert batch.refused == 2
    assert "只办理钟宝镇旧城村的业务" in page(browser, batch)


def test_a_batch_of_the_town_is_sent_and_one_of_the_county_decides(sign_in):
    """Rows with the county's part are refused to the town; the county's need only its own."""
    answers = tomllib.loads((ANSWERS / "DB-02.toml").read_text(encoding="utf-8"))
    decision = ("c_opinion", "c_date", "c_amount", "cert_no")
    town = sign_in(Role.TOWN_CLERK, "钟宝镇")
    assert "由县民政局填写" in page(town, checked(town, fill_template(forms(), "DB-02", [answers])))
    blank = answers | dict.fromkeys(decision, "")
    batch = checked(town, fill_template(forms(), "DB-02", [blank]))
    assert "出具的是送审稿" in page(town, batch)
    town.post(f"/batches/{batch.pk}/start")
    run_next(config())
    sent = Issued.objects.get()
    assert sent.waits_for == "c"
    county = sign_in(Role.COUNTY_CLERK)
    book = Workbook()
    book.active.append(["案件编号", "县民政局日期", "批准金额"])
    book.active.append([sent.case_no, "2018-05-07", "285.62"])
    batch = checked(county, book)
    county.post(f"/batches/{batch.pk}/start")
    run_next(config())
    final = Issued.objects.get(waits_for="")
    assert (final.corrects_id, final.answers["name"]) == (sent.pk, answers["name"])


def checked(browser, book):
    """The batch of a roster of DB-02, checked."""
    roster = SimpleUploadedFile("册.xlsx", as_bytes(book))
    browser.post("/batches", {"form": "DB-02", "roster": roster})
    run_next(config())
    return Batch.objects.order_by("-pk")[0]


def test_rosters_and_results_go_when_their_time_is_over(sign_in):
    """Thirty days after they were done; issued documents and what is not done stay."""
    browser = sign_in(Role.COUNTY_CLERK)
    upload(browser, as_bytes(book()))
    run_next(config())
    batch = Batch.objects.get()
    browser.post(f"/batches/{batch.pk}/start", {"merge": "on"})
    run_next(config())
    batch.refresh_from_db()
    last_day = timezone.localtime(batch.settled_at).date() + dt.timedelta(days=30)
    assert f"{last_day.year}年{last_day.month}月{last_day.day}日" in page(browser, batch)
    folder = job_folder(config(), batch).folder
    day = dt.timedelta(days=1)
    assert remove_expired(config(), batch.settled_at + 29 * day) == 0
    assert folder.exists()
    assert remove_expired(config(), batch.settled_at + 31 * day) == 1
    assert not folder.exists()
    assert browser.get(f"/batches/{batch.pk}").status_code == 404
    assert Issued.objects.count() == 2
    kept = AuditEntry.objects.order_by("-number")[1]
    assert (kept.person, kept.what) == (
        "系统",
        f"满 30 天，删去批次 {batch.pk} 的花名册和下载件 ZF-01",
    )


def test_batches_of_the_command_line_are_not_touched(db):
    """They lie in a folder that somebody named."""
    Batch.objects.create(
        key="ZF-01@/tmp/out", form_id="ZF-01", roster_name="x.xlsx", state=Batch.State.DONE
    )
    assert remove_expired(config(), timezone.now() + dt.timedelta(days=400)) == 0


def test_a_roster_names_photos_that_lie_in_a_zip(sign_in):
    """One is there, one is not: the second household is told before anything is issued."""
    spec = forms().form("ZF-01")
    book = fill_template(forms(), "ZF-01", [household(0), household(1)])
    sheet = book.worksheets[0]
    sheet.cell(2, column_of(sheet, "入户照片"), "家.png")
    sheet.cell(3, column_of(sheet, "入户照片"), "没有.png")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("照片/家.png", picture().read())
    browser = sign_in()
    browser.post("/batches", {
        "form": spec.id,
        "roster": SimpleUploadedFile("名单.xlsx", as_bytes(book)),
        "photos": SimpleUploadedFile("照片.zip", packed.getvalue()),
    })  # fmt: skip
    run_next(config())
    batch = Batch.objects.get()
    assert "找不到照片“没有.png”" in browser.get(f"/batches/{batch.pk}").content.decode()
    browser.post(f"/batches/{batch.pk}/start", {})
    run_next(config())
    assert Issued.objects.get().answers["photo"].endswith(":400x300")


def test_unfinished_forms_go_when_nobody_touched_them_for_so_long():
    """Written down by their number; without any nothing is written."""
    now = timezone.now()
    for token, days in (("a", 31), ("b", 29)):
        at = now - dt.timedelta(days=days)
        Draft.objects.create(token=token, form_id="DB-01", by="li", saved_at=at)
    assert remove_unfinished(config(), now) == 1
    assert Draft.objects.get().token == "b"
    assert AuditEntry.objects.get().what == "满 30 天，删去没填完的表 1 份"
    assert remove_unfinished(config(), now) == 0
    assert AuditEntry.objects.count() == 1
