"""The chapters as they are printed."""

import datetime as dt

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from minzheng.policies.book_text import (
    chapter_text,
    chapter_title,
    contents,
    entries_of,
    preface,
    versions_text,
)

DAY = dt.date(2026, 8, 1)


def words(xml):
    return "".join(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>").itertext())


@pytest.mark.parametrize(
    ("code", "title"),
    [("DB", "第一章　低保"), ("LR", "第十章　养老服务"), ("ZH", "第十五章　综合管理")],
)
def test_chapters_are_numbered_in_words(policies, code, title):
    """To fifteen."""
    assert chapter_title(policies.chapter(code, DAY)) == title


def test_a_chapter_has_its_seven_parts(policies):
    """Policies, flow, points, guide, forms, notices, standards: nothing typed for the book."""
    told = words(chapter_text(policies.chapter("DB", DAY)))
    parts = (
        "一、政策文件",
        "二、工作流程",
        "三、工作重点",
        "四、办事指南",
        "五、用表",
        "六、公开",
        "七、标准和期限",
    )
    places = [told.index(one) for one in parts]
    assert places == sorted(places)
    for one in (
        "民发〔2021〕57号",
        "低保工作流程图",
        "虚线框的按需要办理",
        "448.00 元/人·月",
        "DB-05",
    ):
        assert one in told


def test_the_book_says_what_must_be_made_public_and_what_must_not(policies):
    """As the page of the chapter does; children stand on no notice."""
    support = words(chapter_text(policies.chapter("DB", DAY))).partition("六、公开")[2]
    assert "公示COM-05 社会救助审核公示单" in support.partition("七、")[0]
    children = words(chapter_text(policies.chapter("ET", DAY))).partition("六、公开")[2]
    assert "不得出现在" in children.partition("七、")[0]


def test_a_sketch_has_the_same_words_but_those_of_the_drawing(policies):
    """Its caption stays."""
    chapter = policies.chapter("DB", DAY)
    whole, sketch = (chapter_text(chapter, is_sketch=one) for one in (False, True))
    assert "AlternateContent" in whole
    assert "AlternateContent" not in sketch
    assert "低保工作流程图" in words(sketch)


def test_the_contents_name_every_part_with_its_page(policies):
    """Fifteen chapters of seven parts, and the appendix."""
    entries = entries_of(policies.chapters(DAY))
    assert len(entries) == 15 * 8 + 1
    assert len({one.mark for one in entries}) == len(entries)
    told = words(contents(entries, {one.mark: 1000 + at for at, one in enumerate(entries)}))
    assert all(str(1000 + at) in told for at in range(len(entries)))


def test_the_preface_says_what_is_not_settled(policies):
    """And how many policies there are."""
    chapters = policies.chapters(DAY)
    told = words("".join(preface(chapters, DAY)))
    assert f"共 {sum(one.marked for one in chapters)} 处" in told
    assert "15 项民政工作" in told


def test_the_appendix_names_what_is_over_and_what_came_after(policies):
    """As of the day."""
    told = words(versions_text(policies.county.laws, DAY))
    assert "民发〔2012〕220号" in told
    assert "《最低生活保障审核确认办法》（民发〔2021〕57号）" in told
    assert "民发〔2012〕220号" not in words(
        versions_text(policies.county.laws, dt.date(2018, 1, 1))
    )
