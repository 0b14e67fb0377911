"""Searching and opening a paper in the browser."""

import pytest

from minzheng.accounts.models import Role
from tests.web.conftest import put_paper


def test_a_hit_shows_snippet_path_page_and_counts(sign_in, paper):
    """The found word is marked; markup in a paper is text."""
    page = sign_in().get("/search", {"q": "测试甲"}).content.decode()
    assert "<mark>测试甲</mark>" in page
    assert "&lt;b&gt;" in page
    assert paper.path in page
    assert "第 1 页" in page
    assert "旧城村</span>" in page


def test_a_question_that_cannot_be_asked_is_explained(sign_in):
    """One character is too short."""
    page = sign_in().get("/search", {"q": "甲"}).content.decode()
    assert "汉字至少输入两个" in page


@pytest.mark.parametrize("town", ["城关镇", ""])
def test_papers_of_another_town_are_not_found(sign_in, paper, town):
    """Not in hits, not in counts, not by their address."""
    browser = sign_in(Role.TOWN_CLERK, town)
    page = browser.get("/search", {"q": "测试甲", "town": "钟宝镇"}).content.decode()
    assert "旧城村" not in page
    assert browser.get(f"/files/{paper.pk}").status_code == 404
    assert browser.get(f"/files/{paper.pk}/original").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999"])
def test_odd_page_numbers_are_no_error(sign_in, paper, page):
    """The page answers."""
    assert sign_in().get("/search", {"q": "测试甲", "page": page}).status_code == 200
    assert sign_in().get(f"/files/{paper.pk}", {"page": page}).status_code == 200


def test_the_page_says_how_it_understood(sign_in, paper):
    """Synonyms and what is excluded are shown, and can be switched off."""
    page = sign_in().get("/search", {"q": "低保 不含 特困"}).content.decode()
    assert "也查 最低生活保障" in page
    assert "不含 特困" in page
    assert "不查同义词" in page
    page = sign_in().get("/search", {"q": "低保", "syn": "0"}).content.decode()
    assert "也查 最低生活保障" not in page
    assert "也查同义词" in page


@pytest.mark.parametrize("q", ["(", "村:旧成村", "金额:>", "“", "不含", "或", "甲", "\0"])
def test_a_wrong_question_is_no_error(sign_in, paper, q):
    """It is told what to write instead."""
    answer = sign_in().get("/search", {"q": q})
    assert answer.status_code == 200
    assert "怎么写" in answer.content.decode()


def test_one_wrong_character_is_offered(sign_in, second_paper):
    """Apart from the hits, with its number of files and the address to ask it."""
    second_paper("季四光的材料", "1" * 64)
    page = sign_in().get("/search", {"q": "李四光"}).content.decode()
    assert "没有找到" in page
    assert "季四光<small>1 件</small>" in page
    assert "<article" not in page


def test_copies_are_folded_with_their_number(sign_in, paper, second_paper):
    """And are all listed when asked."""
    second_paper("测试甲 的另一份", paper.sha256)
    page = sign_in().get("/search", {"q": "测试甲"}).content.decode()
    assert "另有 1 件相同" in page
    assert page.count("<article") == 1
    page = sign_in().get("/search", {"q": "测试甲", "copies": "1"}).content.decode()
    assert page.count("<article") == 2


@pytest.mark.parametrize("order", ["best", "date", "path", "nonsense"])
def test_results_can_be_put_in_order(sign_in, paper, order):
    """An unknown order is the usual one."""
    assert paper.path in sign_in().get("/search", {"q": "测试甲", "order": order}).content.decode()


def test_hits_are_cards_or_a_list(sign_in, paper, second_paper):
    """The same hits, thirty on a page and without pictures; ticks and copies are there."""
    second_paper("测试甲 的另一份", paper.sha256)
    browser = sign_in()
    cards = browser.get("/search", {"q": "测试甲"}).content.decode()
    assert 'look=list"' in cards
    page = browser.get("/search", {"q": "测试甲", "look": "list"}).content.decode()
    assert "<article" not in page
    assert page.count("<tr") == 2
    assert "另有 1 件相同" in page
    assert f'value="{paper.pk}"' in page


def test_a_list_shows_thirty_and_turns(sign_in, db):
    """The thirty-first stands on the second page, as hit 31."""
    for number in range(31):
        put_paper("钟宝镇", "旧城村", f"测试排列 {number}", f"{number:064x}", name=f"排列{number}")
    browser = sign_in()
    first = browser.get("/search", {"q": "测试排列", "look": "list"}).content.decode()
    assert first.count("第 1 页</td>") == 30
    assert "第 1 / 2 页" in first
    second = browser.get("/search", {"q": "测试排列", "look": "list", "page": "2"})
    assert second.content.decode().count("第 1 页</td>") == 1
    assert "hit=31" in second.content.decode()
    cards = browser.get("/search", {"q": "测试排列"}).content.decode()
    assert "第 1 / 4 页" in cards
