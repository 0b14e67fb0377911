"""Who may send a scan whither, and of which document."""

import pytest

from filler.models import Issued
from minzheng.accounts.models import Role
from minzheng.inbox.models import Upload
from tests.inbox.conftest import CASE
from tests.web.conftest import KEEPER
from tests.web.inbox.test_uploads import PDF, put, told


@pytest.mark.parametrize(
    ("who", "village", "is_taken"),
    [
        (KEEPER, "", True),
        (KEEPER, "钟宝镇|民主村", False),
        ((Role.TOWN_CLERK, "钟宝镇", ""), "", False),
        ((Role.TOWN_CLERK, "钟宝镇", ""), "钟宝镇|民主村", True),
        ((Role.TOWN_CLERK, "钟宝镇", ""), "城关镇|蔬菜村", False),
        ((Role.COUNTY_CLERK, "", ""), "", True),
    ],
)
def test_a_scan_lands_in_one_s_own_area(desk, sign_in, who, village, is_taken):
    """A town says which village; the county need not."""
    answer = told(sign_in(*who), village=village)
    assert answer["status"] == (200 if is_taken else 422)
    assert ("problem" in answer) != is_taken


def test_a_signed_document_is_handed_in_under_its_case(desk, sign_in, posted):
    """From its page; its village and case are known, nothing is asked."""
    browser = sign_in()
    browser.post("/forms/DB-01", posted("DB-01"))
    issued = Issued.objects.get()
    assert (
        f"/inbox/upload?document={issued.pk}"
        in browser.get(f"/documents/{issued.pk}").content.decode()
    )
    page = browser.get(f"/inbox/upload?document={issued.pk}").content.decode()
    assert "签字盖章后的" in page
    assert 'name="village"' not in page
    token = told(browser, document=issued.pk)["token"]
    put(browser, token, 0, PDF)
    upload = Upload.objects.get()
    assert (upload.case_no, upload.form_id, upload.village) == (issued.case_no, "DB-01", "旧城村")
    stranger = sign_in(Role.VILLAGE_KEEPER, "城关镇", "蔬菜村")
    assert stranger.get(f"/inbox/upload?document={issued.pk}").status_code == 404
    assert stranger.get(f"/inbox/upload?case={issued.case_no}").status_code == 404


def test_a_case_takes_scans_too(desk, sign_in, posted):
    """From its own page; one nobody knows is not there."""
    browser = sign_in()
    browser.post("/forms/DB-01", posted("DB-01"))
    case_no = Issued.objects.get().case_no
    assert f"/inbox/upload?case={case_no}" in browser.get(f"/cases/{case_no}").content.decode()
    assert case_no in browser.get(f"/inbox/upload?case={case_no}").content.decode()
    assert browser.get(f"/inbox/upload?case={CASE[:-4]}9999").status_code == 404
