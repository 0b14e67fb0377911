"""A roster is uploaded, checked, issued, mended and downloaded in the browser."""

import io
import zipfile

import docx
import openpyxl
import pytest

from filler.models import Batch, Issued
from minzheng.accounts.models import Role
from minzheng.web.batches.batch_worker import run_next
from minzheng.web.gate.office import config
from tests.filler.rosters import as_bytes, column_of
from tests.web.batches.conftest import book, download, page, upload

pytestmark = pytest.mark.django_db


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
    assert "共 4 行 = 表头 1 + 可以出具 2 + 要更正 1" in shown
    assert "合格率 <b>66%</b>" in browser.get("/batches").content.decode()
    assert not Issued.objects.exists()
    browser.post(f"/batches/{batch.pk}/start", {"merge": "on"})
    assert "排队等候" in browser.get(f"/batches/{batch.pk}/progress").content.decode()
    run_next(config())
    assert Issued.objects.count() == 2
    copy = openpyxl.load_workbook(io.BytesIO(download(browser, batch, "marked")))
    assert copy.properties.creator == config().bureau
    sheet = copy.worksheets[0]
    sheet.cell(3, column_of(sheet, "联系电话"), "13991500001")
    upload(browser, as_bytes(copy), f"/batches/{batch.pk}/roster")
    run_next(config())
    shown = page(browser, batch)
    assert "还有 1 户可以出具" in shown
    assert "已出具的 2 户不会重复" in shown
    assert "留意" not in shown
    browser.post(f"/batches/{batch.pk}/start", {"merge": "on"})
    run_next(config())
    assert Issued.objects.count() == 3
    run = docx.Document(io.BytesIO(download(browser, batch, "word")))
    assert len(run.sections) == 3
    assert (run.core_properties.author, run.core_properties.identifier) == (
        config().bureau,
        "ZF-01",
    )
    with zipfile.ZipFile(io.BytesIO(download(browser, batch, "zip"))) as archive:
        assert len(archive.namelist()) == 3
    assert not run_next(config())


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


def test_the_same_fault_is_told_once_and_can_be_looked_at_alone(sign_in):
    """Not a line for each of the rows; the box for the next try is one press away."""
    browser, spoiled = sign_in(), book(("旧城村",) * 4)
    sheet = spoiled.worksheets[0]
    for row in range(2, 6):
        sheet.cell(row, column_of(sheet, "联系电话")).value = None
    upload(browser, as_bytes(spoiled))
    run_next(config())
    batch = Batch.objects.get()
    shown = page(browser, batch)
    assert "<summary>4 行</summary>" in shown
    assert 'href="#mend"' in shown
    alone = browser.get(f"/batches/{batch.pk}?only=说明").content.decode()
    assert "<summary>4 行</summary>" not in alone


def test_a_batch_belongs_to_the_one_who_uploaded_it(sign_in):
    """For others it is not there; who only reads has no batches at all."""
    upload(sign_in(Role.COUNTY_CLERK), as_bytes(book()))
    batch = Batch.objects.get()
    other = sign_in(Role.COUNTY_CLERK)
    for address in ("", "/progress", "/marked", "/zip"):
        assert other.get(f"/batches/{batch.pk}{address}").status_code == 404
    assert other.post(f"/batches/{batch.pk}/start").status_code == 404
    assert sign_in(Role.INSPECTOR).get("/batches").status_code == 403


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
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[0] == "民政大走访入户登记表"
    assert book.properties.creator == config().bureau
