"""Characters a font cannot draw are told before printing."""

from filler.word import missing_glyphs
from filler.word.missing_glyphs import find_missing_glyphs, lacks_glyphs
from minzheng.external.font_glyphs import gb2312_characters, load_glyphs

FONT = "仿宋_GB2312"


def test_a_rare_character_is_named_with_its_field():
    """堃 and 𠮷 are in no GB 2312 font; 镇 is."""
    texts = {"姓名": "张堃𠮷", "住址": "镇坪县·①3组", "电话": ""}
    (problem,) = find_missing_glyphs(texts, [FONT])
    assert problem.where == "姓名"
    assert problem.what.startswith("“堃𠮷”不在仿宋_GB2312字库中")


def test_of_an_unknown_font_nothing_is_said():
    """No false alarm."""
    assert load_glyphs("没有这种字体") is None
    assert find_missing_glyphs({"姓名": "堃"}, ["没有这种字体"]) == ()


def test_filling_warns_and_still_issues(fill, answers_of):
    """The name is printed as it is; the clerk is told to look."""
    answers = answers_of("DB-01") | {"live_addr": "镇坪县堃家院"}
    document = fill("DB-01", answers)
    assert any("“堃”不在仿宋_GB2312字库中" in problem.what for problem in document.warnings)


def test_a_quick_look_tells_whether_any_letter_is_missing():
    """Signs do not count."""
    assert not lacks_glyphs(["镇坪县·①", "☑甲"], [FONT])
    assert lacks_glyphs(["镇坪县", "张堃"], [FONT])
    assert not lacks_glyphs(["堃"], ["没有这种字体"])
    assert lacks_glyphs(["①堃"], ["没有这种字体", FONT])
    assert not lacks_glyphs(["①"], [FONT])


def test_a_font_of_few_letters_is_looked_through(monkeypatch):
    """It has not all of a code in which texts can be written."""
    monkeypatch.setattr(missing_glyphs, "load_glyphs", lambda font: frozenset("镇坪"))
    assert not lacks_glyphs(["镇坪①"], [FONT])
    assert lacks_glyphs(["镇坪县"], [FONT])


def test_a_font_of_more_letters_lacks_none_of_them(monkeypatch):
    """What stands outside the usual code is asked of the font."""
    more = gb2312_characters() | {"堃"}
    monkeypatch.setattr(missing_glyphs, "load_glyphs", lambda font: more)
    assert not lacks_glyphs(["镇坪县堃①☑堃"], [FONT])
    assert lacks_glyphs(["☑堃𠮷"], [FONT])
