"""Photos chosen on the page of a form, and beside a roster."""

import io
import json
import re
import tomllib
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from filler.models import Batch, Issued
from minzheng.accounts.models import Person, Role
from minzheng.accounts.tokens import issue_token
from minzheng.web.batches.batch_worker import run_next
from minzheng.web.gate.office import config, forms
from tests.cli.forms.test_batch import household
from tests.filler.rosters import as_bytes, column_of, fill_template
from tests.web.conftest import ANSWERS


def picture(name="家.png", colour="red"):
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(stream, "PNG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/png")


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


def test_another_system_sends_a_photo_first(db):
    """Its name is the answer; a picture that is none is refused in words."""
    person = Person.objects.create_user("api", role=Role.COUNTY_CLERK)
    key = issue_token(person, purpose="测试", days=1, issued_by="测试")
    caller = Client(headers={"Authorization": f"Bearer {key}"})
    name = caller.post("/api/photos", {"photo": picture()}).json()["name"]
    assert name.endswith(":400x300")
    bad = caller.post("/api/photos", {"photo": SimpleUploadedFile("a.jpg", b"no")})
    assert bad.status_code == 422
    answers = tomllib.loads((ANSWERS / "COM-03.toml").read_text(encoding="utf-8"))
    for given, status in ((name, 201), (f"photo:{'1' * 64}:40x30", 422), ("家.jpg", 422)):
        asked = {"form_id": "COM-03", "answers": answers | {"photo_out": given}}
        body = json.dumps(asked, default=str)
        answer = caller.post("/api/documents", body, content_type="application/json")
        assert answer.status_code == status, answer.content.decode()
