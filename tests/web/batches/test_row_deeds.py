"""A row as the page of its form takes it."""

import pytest

from filler.models import Batch, BatchRow, Issued
from minzheng.accounts.models import Role
from minzheng.web.batches.batch_worker import job_folder, run_next
from minzheng.web.batches.row_deeds import _as_chosen, count_mended, issued_of_rows
from minzheng.web.gate.office import config
from tests.filler.rosters import as_bytes
from tests.shipped_forms import shipped_forms
from tests.web.batches.conftest import book, upload


@pytest.fixture(scope="module")
def catalogue():
    return shipped_forms()


@pytest.mark.parametrize(
    ("form", "given", "page"),
    [
        ("ZF-01", {"town": "钟宝", "name": "测试甲"}, {"town": "钟宝镇", "name": "测试甲"}),
        ("COM-01", {"scheme": "特困、低保"}, {"scheme": ["低保", "特困"]}),
        ("COM-01", {"scheme": "不知道"}, {"scheme": "不知道"}),
        ("ZF-01", {"policies": [{"p_has": "是"}]}, {"policies": [{"p_has": "是"}]}),
        ("DB-02", {"members": [{"m_rel": " 户主 "}]}, {"members": [{"m_rel": "户主"}]}),
        ("ZF-01", {"strange": "x"}, {"strange": "x"}),
    ],
)
def test_choices_are_written_as_the_page_has_them(catalogue, form, given, page):
    """Else no button were pressed; what is none stays, to be seen and mended."""
    assert _as_chosen(catalogue.form(form).fields, given) == page


@pytest.mark.django_db
def test_rows_issued_from_the_page_are_counted(sign_in):
    """Only those that were wrong in the roster."""
    upload(sign_in(Role.COUNTY_CLERK), as_bytes(book()))
    run_next(config())
    batch = Batch.objects.get()
    rows = job_folder(config(), batch).rows()
    assert [one.wrong for one in rows] == [0, 1, 0]
    assert count_mended(batch, rows) == 0
    for number, row in enumerate(rows[:2]):
        issued = Issued.objects.create(
            form_id="ZF-01", version="1", case_no=f"ZF-{number}", file_name="x", answers={},
            sha256=str(number), issued_by="x",
        )  # fmt: skip
        BatchRow.objects.create(batch=batch, key=row.key, position=row.position, issued=issued)
    assert count_mended(batch, rows) == 1
    assert set(issued_of_rows(batch, rows)) == {rows[0].key, rows[1].key}
