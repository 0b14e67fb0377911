"""Photos chosen on the page of a form, and beside a roster."""

import io
import re
import zipfile
from types import SimpleNamespace

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filler.models import Issued
from minzheng.accounts.models import Role
from minzheng.web.gate import office
from tests.filler.word.annexes.form_with_files import FORM, with_files
from tests.filler.word_files import saved, with_lines
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


@pytest.fixture
def own_form(monkeypatch, tmp_path):
    """COM-04 with an annex and a table of photos."""
    own = with_files(office.forms(), tmp_path)
    monkeypatch.setattr(office, "_forms", SimpleNamespace(now=lambda: own))
    return FORM


def word_file(text="入户调查经过"):
    return SimpleUploadedFile("调查报告.docx", saved(with_lines(text)))


def test_an_annex_and_photos_of_rows_stand_in_the_document(sign_in, posted, own_form):
    """Each file goes to the row it was chosen in, blank rows between or not."""
    browser = sign_in()
    page = browser.get(f"/forms/{own_form}").content.decode()
    assert 'name="report-file"' in page
    assert 'name="shots-1-s_photo-file"' in page
    rows = {"shots-0-s_what": "大门", "shots-1-s_what": "", "shots-2-s_what": "灶房"}
    files = {"report-file": word_file(), "shots-2-s_photo-file": picture()}
    asked = posted(own_form) | rows | files | {"action": "check"}
    page = browser.post(f"/forms/{own_form}", asked).content.decode()
    report = re.search(r'name="report" value="(annex:\w+:调查报告.docx)"', page)[1]
    photo = re.search(r'name="shots-1-s_photo" value="(photo:[^"]+)"', page)[1]
    rows = {"shots-0-s_what": "大门", "shots-1-s_what": "灶房", "shots-1-s_photo": photo}
    asked = posted(own_form) | rows | {"report": report, "shots-3-s_photo-file": picture()}
    answer = browser.post(f"/forms/{own_form}", asked, follow=True)
    assert "已生成" in answer.content.decode()
    issued = Issued.objects.get()
    assert issued.answers["report"] == report
    assert [bool(row.get("s_photo")) for row in issued.answers["shots"]] == [False, True, True]
    made = browser.get(f"/documents/{issued.pk}/word").content
    assert "入户调查经过" in [one.text for one in docx.Document(io.BytesIO(made)).paragraphs]


def test_files_of_rows_that_cannot_be_used_are_told_at_their_row(sign_in, posted, own_form):
    """A name that nobody sent brings nothing; a bad file is named."""
    rows = {"shots-0-s_what": "门", "shots-0-s_photo": f"photo:{'1' * 64}:4x3"}
    files = {
        "report-file": SimpleUploadedFile("报告.docx", b"PK nothing"),
        "shots-0-s_photo-file": SimpleUploadedFile("门.jpg", b"GIF89a"),
    }
    answer = sign_in().post(f"/forms/{own_form}", posted(own_form) | rows | files)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“门.jpg”不是照片文件" in page
    assert 'href="#f-shots-0-s_photo"' in page
    assert "“报告.docx”不是完好的 .docx 文件" in page
    assert not Issued.objects.exists()
