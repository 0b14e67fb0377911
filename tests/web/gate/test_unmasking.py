"""Numbers of people on the pages, and the reason asked for before they are shown in full."""

import io

import pytest
from PIL import Image

from archive_indexer.showing.watermark import print_watermark
from minzheng.accounts.models import AuditEntry, Role
from tests.web.conftest import put_paper

ID, PHONE, ACCOUNT = "11010519491231002X", "13800001234", "6217000011112222333"


@pytest.fixture
def paper(db):
    text = f"测试甲 {ID} 电话{PHONE} 账号{ACCOUNT}"
    return put_paper("钟宝镇", "旧城村", text, name=f"测试甲{ID}")


@pytest.mark.parametrize("words", ["测试甲", ID, "002X", PHONE])
def test_results_and_pages_hide_numbers(sign_in, paper, words):
    """Also when the number itself was typed: found and marked, but shown in part."""
    browser = sign_in(Role.INSPECTOR)
    for address in ("/search", f"/files/{paper.pk}"):
        page = browser.get(address, {"q": words}, follow=True).content.decode()
        shown = page.replace(f'value="{words}"', "").replace(f"q={words}", "")
        assert "<mark>" in shown
        assert "110105********002X" in shown.replace("<mark>", "").replace("</mark>", "")
        for number in (ID, PHONE, ACCOUNT):
            assert number not in shown


def test_full_numbers_need_a_reason_that_is_kept(sign_in, paper):
    """Too short a reason shows nothing; a reason shows the file's numbers, and is written down."""
    browser = sign_in(Role.INSPECTOR)
    refused = browser.post(f"/files/{paper.pk}/unmask", {"reason": "看"}, follow=True)
    assert "请写明查看完整号码的事由" in refused.content.decode()
    assert ID not in refused.content.decode().replace(f"测试甲{ID}", "")
    shown = browser.post(f"/files/{paper.pk}/unmask", {"reason": "核对发放花名册"}, follow=True)
    assert f"{ID} 电话{PHONE}" in shown.content.decode()
    kept = AuditEntry.objects.filter(action="解除遮盖").first()
    assert "事由：核对发放花名册" in kept.what
    assert ID not in kept.what


def test_full_numbers_are_of_one_file_for_one_session(sign_in, paper):
    """Another file and another person still see them hidden."""
    other = put_paper("钟宝镇", "旧城村", f"测试乙 {ID}", name="测试乙")
    browser = sign_in(Role.INSPECTOR)
    browser.post(f"/files/{paper.pk}/unmask", {"reason": "核对发放花名册"})
    assert ID not in browser.get(f"/files/{other.pk}").content.decode()
    assert f"{ID} 电话" not in sign_in(Role.INSPECTOR).get(f"/files/{paper.pk}").content.decode()


def test_a_watermark_is_seen_and_the_page_stays_legible():
    """Some of the paper is tinted, none of it is covered."""
    stream = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(stream, "JPEG")
    marked = Image.open(io.BytesIO(print_watermark(stream.getvalue(), "测试检查 2026-11-25 12:00")))
    darkness = [255 - shade for shade in marked.convert("L").tobytes()]
    tinted = sum(shade > 20 for shade in darkness) / len(darkness)
    assert 0.005 < tinted < 0.2
    assert max(darkness) < 110
