"""A roster, and what is done with it in the browser."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cli.forms.test_batch import household
from tests.filler.rosters import column_of, fill_template
from tests.shipped_forms import shipped_forms


def book(villages=("旧城村", "旧城村", "旧城村")):
    """A household in each of these villages; the second has no phone."""
    made = fill_template(
        shipped_forms(),
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


def download(browser, batch, what: str) -> bytes:
    answer = browser.get(f"/batches/{batch.pk}/{what}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)
