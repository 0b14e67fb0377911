"""Taking a roster, starting, handing out: what is refused, what is written down."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filler.models import Batch
from minzheng.accounts.models import AuditEntry, Role
from minzheng.web.batches import batch_deeds
from minzheng.web.batches.batch_worker import run_next
from minzheng.web.gate.office import config, forms
from tests.cli.forms.test_batch import household
from tests.filler.rosters import as_bytes, fill_template
from tests.web.batches.conftest import book, page, upload

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "data", "shown"),
    [
        ("a.pdf", b"%PDF", "不是表格文件"),
        ("a.xlsx", b"x" * 3000, "超过"),
    ],
)
def test_what_is_no_roster_is_refused_at_once(sign_in, monkeypatch, name, data, shown):
    """With the reason; nothing is kept."""
    monkeypatch.setattr(batch_deeds, "MOST_MIB", 0)
    answer = upload(sign_in(), data if name == "a.xlsx" else b"", name=name)
    assert answer.status_code == 422
    assert shown in answer.content.decode()
    assert not Batch.objects.exists()


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


def test_photos_that_are_no_zip_are_refused(sign_in):
    """Before the roster is taken."""
    book = fill_template(forms(), "ZF-01", [household(0)])
    answer = sign_in().post("/batches", {
        "form": "ZF-01",
        "roster": SimpleUploadedFile("名单.xlsx", as_bytes(book)),
        "photos": SimpleUploadedFile("照片.rar", b"Rar!"),
    })  # fmt: skip
    assert "不是 ZIP 压缩包" in answer.content.decode()
    assert not Batch.objects.exists()
