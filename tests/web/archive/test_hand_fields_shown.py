"""Of what a field may be, what is known in the village is offered first."""

import pytest

from archive_indexer.documents import ReadField
from archive_indexer.models import ArchivedFile
from archive_indexer.stores.doubtful_fields import DoubtfulField
from minzheng.web.archive import hand_fields_shown
from minzheng.web.archive.hand_fields_shown import shown_fields

NAME = ReadField("姓名", "name", (0, 0, 1, 1), "周柱兰", 0.544, ("周挂兰", "周桂兰"))


@pytest.fixture
def known(monkeypatch):
    """周桂兰 lives in 旧城村."""
    monkeypatch.setattr(
        hand_fields_shown,
        "known_names",
        lambda names, town, village: {"周桂兰"} & {*names} if village == "旧城村" else set(),
    )


def shown(field: ReadField, village: str = "旧城村"):
    file = ArchivedFile(path="旧城村/a.jpg", town="钟宝镇", village=village)
    (one,) = shown_fields([DoubtfulField(file, 1, 0, field)])
    return one


def test_a_name_known_in_the_village_is_offered_first(known):
    """With the reason; how sure the models were of their own guess stays."""
    one = shown(NAME)
    assert (one.guess, one.others) == ("周桂兰", ("周柱兰", "周挂兰"))
    assert (one.because, one.how_sure) == ("村里已有此人", "把握 54%")


def test_elsewhere_the_likeliest_is_offered(known):
    """Nobody of that name is known there."""
    one = shown(NAME, "民主村")
    assert (one.guess, one.because) == ("周柱兰", "")


@pytest.mark.parametrize(
    ("value", "told"), [("103100", "不像正确的金额"), ("1031.00", "把握 100%")]
)
def test_a_number_that_cannot_stand_there_is_told_as_that(known, value, told):
    """However sure the models are of its signs."""
    assert shown(ReadField("金额", "amount", (0, 0, 1, 1), value, 1.0)).how_sure == told


def test_a_number_is_no_name(known):
    """And a field without a guess has nothing to offer."""
    number = ReadField("电话", "phone", (0, 0, 1, 1), "周桂兰", 0.5)
    assert shown(number).because == ""
    assert shown(ReadField("姓名", "name", (0, 0, 1, 1), "", 0.0)).guess == ""


def test_a_value_that_was_struck_out_is_not_confirmed_by_one_key():
    """The field is empty; what was read is a click away, and the reason is told."""
    file = ArchivedFile(path="旧城村/a.jpg")
    read = ReadField("金额", "amount", (0, 0, 1, 1), "300.00", 1.0, ("800.00",))
    (one,) = shown_fields([DoubtfulField(file, 1, 0, read, is_struck=True)])
    assert (one.guess, one.others) == ("", ("300.00", "800.00"))
    assert one.how_sure == "有划改，请写改后算数的内容"


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("☑是☑否", "只能勾一项，勾了不止一项：请点算数的"),
        ("□是☒否", "框里打的是叉，不知是选中还是划去：请点算数的"),
        ("□是□否", "框外有笔迹，或有框被笔迹盖住：请点勾的是哪一项"),
    ],
)
def test_choices_with_more_than_one_meaning_are_not_confirmed_by_one_key(read, told):
    """Each with one ticked is a click away, as they stand the last."""
    field = ReadField("是否近亲属", "boxes", (0, 0, 1, 1), read, 0.0, ("☑是□否", "□是☑否"))
    one = shown(field)
    assert (one.guess, one.how_sure) == ("", told)
    assert one.others == ("☑是□否", "□是☑否", *{read} - {"☑是□否", "□是☑否"})
