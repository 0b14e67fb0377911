"""A keeper looks at what was filled in by hand, and confirms."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from archive_indexer.documents import ExtractedPage, Extraction, ReadField, TextLine
from archive_indexer.models import ArchivedFile, ConfirmedValue
from archive_indexer.stores import contents
from minzheng.accounts.models import AuditEntry, Role
from minzheng.web.gate.office import config
from tests.web.conftest import KEEPER

BOX = (0.2, 0.1, 0.6, 0.2)
NAME = ReadField("姓名", "name", BOX, "周柱兰", 0.54, ("周桂兰", "周挂兰"))
NUMBER = ReadField("身份证号", "id", BOX, "11010519491231002X", 0.4)


@pytest.fixture
def filled(paper) -> ArchivedFile:
    """A paper with a doubtful name and a doubtful number."""
    page = ExtractedPage(
        1, "周柱兰", (TextLine("周柱兰", BOX),), origin="ocr", fields=(NAME, NUMBER)
    )
    contents.keep_content(paper.sha256, Extraction("jpg", (page,)))
    return paper


def confirm(browser, file, number=0, **said):
    address = reverse("hand-confirm", args=[file.pk, 1, number])
    return browser.post(address, said, follow=True)


def test_doubtful_fields_are_listed_with_their_cut_out(sign_in, filled):
    """The guess stands ready, Enter confirms it; others are a click away."""
    page = sign_in(*KEEPER).get("/corrections?list=hand").content.decode()
    assert reverse("hand-cut-out", args=[filled.pk, 1, 0]) in page
    assert 'value="周柱兰"' in page
    assert 'name="instead" value="周桂兰"' in page
    assert "把握 54%" in page
    assert page.count("autofocus") == 1


def test_a_confirmed_value_is_found_and_kept_with_its_maker(sign_in, filled):
    """The page goes on to the next one."""
    answer = confirm(sign_in(*KEEPER), filled, value="周桂兰").content.decode()
    assert "已记下：姓名 周桂兰" in answer
    assert "周柱兰" not in answer
    said = ConfirmedValue.objects.get()
    assert (said.value, said.before, said.by) == ("周桂兰", "周柱兰", "p0")
    assert contents.page_of(filled.sha256, 1, "").text == "周桂兰"
    assert "手写确认" in AuditEntry.objects.filter(action="更改").first().what


@pytest.mark.parametrize(
    ("said", "value", "told"),
    [
        ({"value": "周柱兰", "instead": "周桂兰"}, "周桂兰", "已记下：姓名 周桂兰"),
        ({"value": "周柱兰", "illegible": "1"}, "", "无法辨认"),
    ],
)
def test_another_reading_or_none_may_be_chosen(sign_in, filled, said, value, told):
    """By one click."""
    assert told in confirm(sign_in(*KEEPER), filled, **said).content.decode()
    assert ConfirmedValue.objects.get().value == value


def test_nothing_is_not_kept_as_a_value(sign_in, filled):
    """An empty field by mistake is no answer."""
    answer = confirm(sign_in(*KEEPER), filled, value=" ").content.decode()
    assert "请写上看到的内容" in answer
    assert not ConfirmedValue.objects.exists()


def test_a_number_that_is_wrong_on_the_paper_is_kept_with_a_warning(sign_in, filled):
    """The paper is what it is; a right one is not warned of."""
    wrong = confirm(sign_in(*KEEPER), filled, 1, value="110105194912310021")
    assert "不像正确的身份证号" in wrong.content.decode()
    right = confirm(sign_in(*KEEPER), filled, 1, value="11010519491231002X")
    assert "不像" not in right.content.decode()


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.VILLAGE_KEEPER, ("钟宝镇", "得胜村"), 404),
        (Role.INSPECTOR, ("", ""), 403),
        (Role.TOWN_CLERK, ("钟宝镇", ""), 302),
    ],
)
def test_a_field_out_of_one_s_area_is_neither_seen_nor_confirmed(
    sign_in, filled, role, place, status
):
    """Readers change nothing anywhere."""
    browser = sign_in(role, *place)
    address = reverse("hand-confirm", args=[filled.pk, 1, 0])
    assert browser.post(address, {"value": "周桂兰"}).status_code == status
    assert ConfirmedValue.objects.exists() == (status == 302)


def test_a_field_that_is_none_is_not_there(sign_in, filled):
    """Nor its picture."""
    browser = sign_in(*KEEPER)
    assert confirm(browser, filled, 7, value="x").status_code == 404
    assert browser.get(reverse("hand-cut-out", args=[filled.pk, 2, 0])).status_code == 404


def test_the_cut_out_shows_the_place_and_little_more(sign_in, filled):
    """Of the page as it lies in the archive."""
    place = config().archive_folder / filled.path
    place = place.with_suffix(".jpg")
    Image.new("RGB", (1000, 1400), "white").save(place)
    filled.path = str(place.relative_to(config().archive_folder))
    filled.save()
    answer = sign_in(*KEEPER).get(reverse("hand-cut-out", args=[filled.pk, 1, 0]))
    assert answer["Content-Type"] == "image/jpeg"
    width, height = Image.open(io.BytesIO(answer.content)).size
    assert 0.4 * 2000 < width < 0.8 * 2000
    assert 0.1 * 2800 < height < 0.3 * 2800


def test_who_may_not_read_papers_sees_no_field(sign_in, filled):
    """An administrator keeps accounts, and reads no paper."""
    browser = sign_in(Role.ADMINISTRATOR)
    assert browser.get("/corrections?list=hand").status_code == 403
    assert browser.get(reverse("hand-cut-out", args=[filled.pk, 1, 0])).status_code == 403
