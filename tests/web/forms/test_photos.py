"""Photos chosen on the page of a form, and beside a roster."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filler.models import Issued
from minzheng.accounts.models import Role
from tests.web.conftest import picture


def test_a_chosen_photo_stands_in_the_document(sign_in, posted):
    """Uploaded with the form, shown by the page, kept through a mistake."""
    browser = sign_in()
    page = browser.get("/forms/COM-03").content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'name="photo_out-file"' in page
    wrong = posted("COM-03") | {"phone": "1", "photo_out-file": picture()}
    page = browser.post("/forms/COM-03", wrong).content.decode()
    name = re.search(r'name="photo_out" value="(photo:(\w+):400x300)"', page)
    shown = browser.get(f"/photos/{name[2]}.jpg")
    assert shown["Content-Type"] == "image/jpeg"
    answer = browser.post("/forms/COM-03", posted("COM-03") | {"photo_out": name[1]}, follow=True)
    assert "已生成" in answer.content.decode()
    issued = Issued.objects.get()
    assert issued.answers["photo_out"] == name[1]
    with zipfile.ZipFile(io.BytesIO(browser.get(f"/documents/{issued.pk}/word").content)) as made:
        assert made.read("word/media/photo5001.jpg") == shown.content


def test_a_photo_can_be_taken_away(sign_in, posted):
    """Before the document is made."""
    browser = sign_in()
    data = posted("COM-03") | {"action": "more:members", "photo_out-file": picture()}
    page = browser.post("/forms/COM-03", data).content.decode()
    name = re.search(r'name="photo_out" value="([^"]+)"', page)[1]
    browser.post("/forms/COM-03", posted("COM-03") | {"photo_out": name, "photo_out-remove": "1"})
    assert "photo_out" not in Issued.objects.get().answers


@pytest.mark.parametrize("sent", ["photo:" + "1" * 64 + ":40x30", "../../etc/passwd"])
def test_a_name_nobody_gave_brings_nothing(sign_in, posted, sent):
    """A photo that was not taken in, or no photo at all."""
    sign_in().post("/forms/COM-03", posted("COM-03") | {"photo_out": sent})
    assert "photo_out" not in Issued.objects.get().answers


def test_a_bad_picture_is_told_at_its_field(sign_in, posted):
    """In words; nothing is issued."""
    bad = SimpleUploadedFile("合影.jpg", b"GIF89a nothing")
    answer = sign_in().post("/forms/COM-03", posted("COM-03") | {"photo_with-file": bad})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“合影.jpg”不是照片文件" in page
    assert 'href="#f-photo_with"' in page
    assert not Issued.objects.exists()


def test_a_photo_is_shown_by_area(sign_in, posted):
    """To who uploaded it, and to who may see a document it stands in; nobody else."""
    maker = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
    page = maker.post(
        "/forms/COM-03", posted("COM-03") | {"phone": "1", "photo_out-file": picture()}
    ).content.decode()
    name, sha256 = re.search(r'name="photo_out" value="(photo:(\w+):400x300)"', page).groups()
    town, other = (
        sign_in(Role.TOWN_CLERK, "钟宝镇"),
        sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "民主村"),
    )
    address = f"/photos/{sha256}.jpg"
    assert [one.get(address).status_code for one in (maker, town, other)] == [200, 404, 404]
    maker.post("/forms/COM-03", posted("COM-03") | {"photo_out": name})
    assert Issued.objects.count() == 1
    assert [one.get(address).status_code for one in (maker, town, other)] == [200, 200, 404]
    assert maker.get("/photos/nothing.jpg").status_code == 404
