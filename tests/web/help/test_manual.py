"""The manual: every page has its place in it, for the role that sees the page."""

import pytest
from django.urls import get_resolver

from minzheng.accounts.models import Role
from minzheng.web.help.manual import manual, picture_file, read_manual
from tests.web.test_who_sees_what import EVERYBODY, LETTERS, TABLE, addresses

#: Addresses that give a part of a page, a picture, a file or a way on: no page of their own.
NO_PAGE = {
    "signed-in-again", "second-factor-picture", "registry-file", "registry-workbook",
    "template-file",
    "template-marked", "jobs-live", "backups-live", "photo", "blank", "roster",
    "batch-progress", "batch-rows",
    "batch-download", "document-page", "pdf", "word", "reissue", "saved-block", "saved-run",
    "page-image", "original", "result-list-file", "doubts-xlsx", "traces-xlsx", "completeness-xlsx",
    "hand-cut-out", "register-file", "upload-look", "upload-piece", "upload-picture", "inbox-live",
    "inbox-page", "coverage-live", "api-1:openapi-json", "help-picture", "register-print",
    "file-drawn", "policy-book", "cabinet-file",
}  # fmt: skip
PAGES = {name: allowed for name, (method, _, allowed) in TABLE.items() if method == "GET"}


def test_every_page_stands_in_the_manual():
    """A new page is told of in docs/使用手册.md, in a comment «页面 …» before its text."""
    told = {name.partition("@")[0] for name in manual().pages}
    assert set(PAGES) - NO_PAGE - told == set()
    known = {name for name, _ in addresses(get_resolver())}
    assert told - known == set()


@pytest.mark.parametrize("letter", LETTERS)
def test_each_role_has_a_place_for_each_of_its_pages(letter):
    """And a chapter of its own."""
    book, role = manual(), LETTERS[letter]
    seen = [name for name, allowed in PAGES.items() if letter in allowed and name not in NO_PAGE]
    assert [name for name in seen if book.place_of(name, role) is None] == []
    home = book.place_of("home", role)
    assert home is not None
    assert role in book.chapters[home.chapter - 1].roles


def test_every_chapter_is_for_somebody():
    """Roles are named as the accounts name them; everybody reads how to sign in."""
    assert [one.title for one in manual().chapters if not one.roles] == []
    assert {role for one in manual().chapters for role in one.roles} == {*Role.values}
    assert len(manual().chapters[0].roles) == len(EVERYBODY)


def test_every_place_leads_to_a_piece_that_is_there():
    """The id stands once in its chapter."""
    for name, place in manual().pages.items():
        chapter = manual().chapter(place.chapter)
        anchor = place.address.partition("#")[2]
        assert chapter is not None and chapter.html.count(f' id="{anchor}"') == 1, name


def test_every_picture_is_there_and_light():
    """Together under two megabytes: they come with the program."""
    book = manual()
    assert "（图：" not in "".join(one.html for one in book.chapters)
    files = list(picture_file("home").parent.glob("*.png"))
    assert sum(one.stat().st_size for one in files) < 2_000_000


def test_words_are_found_in_pieces():
    """All of them in one piece, or in the title of its chapter; marked where they stand."""
    book = read_manual("# 手册\n\n前言\n\n## 一、登录\n甲<b>\n\n乙 丙甲\n\n## 二、填表\n- 甲 乙\n")
    assert book.about == "前言"
    found = book.find("甲 乙")
    assert [(one.chapter.number, one.place.piece) for one in found] == [(1, 1), (2, 0)]
    assert found[0].excerpt == "乙 丙甲"
    assert [found[0].excerpt[start:end] for start, end in found[0].marks] == ["乙", "甲"]
    assert len(book.find("登录 甲")) == 2
    assert book.find("丁") == book.find("  ") == []


def test_marks_never_overlap():
    """Words that share a sign are marked once."""
    (found,) = read_manual("## 一\n收件箱上传\n").find("收件 件箱 上传")
    assert [found.excerpt[start:end] for start, end in found.marks] == ["收件", "上传"]


def test_a_page_of_one_role_goes_before_the_page_of_all():
    """Whoever is not named reads what is for all."""
    text = "## 一\n<!-- 页面 home -->\n甲\n\n<!-- 页面 home@管理员 -->\n乙\n"
    book = read_manual(text)
    places = [book.place_of("home", role) for role in ("管理员", "审计员")]
    assert [one and one.piece for one in places] == [1, 0]
    assert book.place_of("no-page", "管理员") is None
