"""A roster is uploaded, checked, issued, mended and downloaded in the browser."""

import datetime as dt
import io
import zipfile

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from filler import fill_batch
from filler.models import Batch, Issued
from filler.spec.form_catalogue import load_catalogue
from minzheng.accounts.models import AuditEntry, Role
from minzheng.web.batches import batch_deeds as batch_desk
from minzheng.web.batches.batch_worker import job_folder, remove_expired, run_next
from minzheng.web.gate.office import config
from tests.cli.forms.test_batch import household
from tests.filler.rosters import as_bytes, column_of, fill_template

pytestmark = pytest.mark.django_db


def book(villages=("旧城村", "旧城村", "旧城村")):
    """A household in each of these villages; the second has no phone."""
    made = fill_template(
        load_catalogue(),
        "ZF-01",
        [{**household(at), "village": village} for at, village in enumerate(villages)],
    )
    sheet = made.worksheets[0]
    sheet.cell(3, column_of(sheet, "联系电话")).value = None
    return made


def upload(browser, data: bytes, address: str = "/batches", name: str = "名单.xlsx"):
    posted = {"form": "ZF-01", "roster": SimpleUploadedFile(name, data)}
    return browser.post(address, posted)


def page(browser, batch) -> str:
    return browser.get(f"/batches/{batch.pk}").content.decode()


def test_from_the_upload_to_the_print_run(sign_in):
    """Checked, issued, mended, issued again; nothing twice."""
    browser = sign_in(Role.COUNTY_CLERK)
    answer = upload(browser, as_bytes(book()))
    batch = Batch.objects.get()
    assert answer["Location"] == f"/batches/{batch.pk}"
    assert "http-equiv" in page(browser, batch)  # reloads without JavaScript
    assert run_next(config())
    shown = page(browser, batch)
    assert "先出具没有错的 2 户" in shown
    assert "联系电话：没有填写" in shown
    assert not Issued.objects.exists()
    browser.post(f"/batches/{batch.pk}/start", {"merge": "on"})
    assert "排队等候" in browser.get(f"/batches/{batch.pk}/progress").content.decode()
    run_next(config())
    assert Issued.objects.count() == 2
    copy = openpyxl.load_workbook(io.BytesIO(download(browser, batch, "marked")))
    sheet = copy.worksheets[0]
    sheet.cell(3, column_of(sheet, "联系电话"), "13991500001")
    upload(browser, as_bytes(copy), f"/batches/{batch.pk}/roster")
    run_next(config())
    assert "全部 3 户都可以出具" in page(browser, batch)
    browser.post(f"/batches/{batch.pk}/start", {"merge": "on"})
    run_next(config())
    assert Issued.objects.count() == 3
    assert len(docx.Document(io.BytesIO(download(browser, batch, "word"))).sections) == 3
    with zipfile.ZipFile(io.BytesIO(download(browser, batch, "zip"))) as archive:
        assert len(archive.namelist()) == 3
    assert not run_next(config())


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


def test_the_same_roster_again_is_pointed_out(sign_in):
    """In another batch it would be issued under new numbers."""
    browser = sign_in()
    for shows in (False, True):
        upload(browser, as_bytes(book()))
        run_next(config())
        batch = Batch.objects.latest("pk")
        assert ("有 2 户以前的批次已出具过" in page(browser, batch)) == shows
        browser.post(f"/batches/{batch.pk}/start")
        run_next(config())


def test_a_clerk_issues_only_for_the_own_village(sign_in):
    """Rows of other villages are refused, each by name."""
    browser = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
    upload(browser, as_bytes(book(("旧城村", "旧城村", "东风村"))))
    run_next(config())
    batch = Batch.objects.get()
    assert batch.refused == 2
    assert "只办理钟宝镇旧城村的业务" in page(browser, batch)


def test_a_batch_belongs_to_the_one_who_uploaded_it(sign_in):
    """For others it is not there; who only reads has no batches at all."""
    upload(sign_in(Role.COUNTY_CLERK), as_bytes(book()))
    batch = Batch.objects.get()
    other = sign_in(Role.COUNTY_CLERK)
    for address in ("", "/progress", "/marked", "/zip"):
        assert other.get(f"/batches/{batch.pk}{address}").status_code == 404
    assert other.post(f"/batches/{batch.pk}/start").status_code == 404
    assert sign_in(Role.INSPECTOR).get("/batches").status_code == 403


@pytest.mark.parametrize(
    ("name", "data", "shown"),
    [
        ("a.pdf", b"%PDF", "不是表格文件"),
        ("a.xlsx", b"x" * 3000, "超过"),
    ],
)
def test_what_is_no_roster_is_refused_at_once(sign_in, monkeypatch, name, data, shown):
    """With the reason; nothing is kept."""
    monkeypatch.setattr(batch_desk, "MOST_MIB", 0)
    answer = upload(sign_in(), data if name == "a.xlsx" else b"", name=name)
    assert answer.status_code == 422
    assert shown in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_roster_that_cannot_be_read_says_why(sign_in):
    """And another can be uploaded in its place."""
    browser = sign_in()
    upload(browser, "甲,乙\n1,2\n".encode(), name="别的.csv")
    run_next(config())
    shown = page(browser, Batch.objects.get())
    assert "没有找到《民政大走访入户登记表》的表头" in shown
    assert "上传改好的花名册" in shown


def test_a_batch_can_be_removed_and_its_documents_stay(sign_in):
    """The roster is personal data and goes when it is no longer needed."""
    browser = sign_in()
    upload(browser, as_bytes(book()))
    run_next(config())
    batch = Batch.objects.get()
    browser.post(f"/batches/{batch.pk}/start")
    run_next(config())
    browser.post(f"/batches/{batch.pk}/remove")
    assert browser.get(f"/batches/{batch.pk}").status_code == 404
    assert not (config().data_folder / "batches" / batch.key).exists()
    assert Issued.objects.count() == 2


def test_a_roster_template_can_be_downloaded(sign_in):
    """For each form."""
    answer = sign_in().get("/forms/ZF-01/roster")
    assert (
        openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "民政大走访入户登记表"
    )


def download(browser, batch, what: str) -> bytes:
    answer = browser.get(f"/batches/{batch.pk}/{what}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_every_deed_with_a_batch_is_written_down(sign_in):
    """Uploaded, looked at, started, downloaded, removed: each by its name."""
    browser = sign_in(Role.COUNTY_CLERK)
    upload(browser, as_bytes(book()))
    run_next(config())
    number = Batch.objects.get().pk
    page(browser, Batch.objects.get())
    browser.post(f"/batches/{number}/start", {"merge": "on"})
    run_next(config())
    assert browser.get(f"/batches/{number}/word").getvalue()
    browser.post(f"/batches/{number}/remove")
    kept = [(one.action, one.what) for one in AuditEntry.objects.order_by("number")]
    assert kept == [
        ("更改", "上传花名册 ZF-01 名单.xlsx"),
        ("查看", f"批次 {number} ZF-01 名单.xlsx"),
        ("更改", f"批次 {number} 出具 ZF-01 名单.xlsx"),
        ("下载", f"批次 {number} 下载 word ZF-01 名单.xlsx"),
        ("更改", f"批次 {number} 删去花名册和下载件 ZF-01 名单.xlsx"),
    ]


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
