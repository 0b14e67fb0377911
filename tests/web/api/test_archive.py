"""Another system searches and reads, as its account may."""

import json

from minzheng.accounts.models import AuditEntry, Role
from tests.web.api.conftest import ID


def test_search_finds_with_counts_and_masks(as_, paper):
    """Like the page."""
    answer = as_(Role.INSPECTOR).get("/api/search", {"q": ID}).json()
    assert answer["total"] == 1
    assert answer["facets"]["dossier"] == {"DB": 1}
    assert answer["hits"][0]["number"] == paper.pk
    assert "110105********002X" in answer["hits"][0]["snippet"]
    assert ID not in json.dumps(answer)


def test_what_may_be_meant_is_a_list_of_its_own(as_, paper):
    """Where nothing is found exactly; what lies elsewhere is not offered."""
    answer = as_(Role.INSPECTOR).get("/api/search", {"q": f"旧城村 {ID}测试甲"}).json()
    assert (answer["total"], answer["hits"]) == (0, [])
    near = answer["nearest"][0]
    assert near["count"] == 1
    assert near["kind"] == "村、年等看作条件"
    assert ID not in json.dumps(answer)
    elsewhere = as_(Role.TOWN_CLERK, "城关镇").get("/api/search", {"q": "旧城村 测试甲的"}).json()
    assert all(not one["count"] for one in elsewhere["nearest"])
    assert as_(Role.INSPECTOR).get("/api/search", {"q": ID}).json()["nearest"] == []


def test_a_file_and_its_text_are_read_masked(as_, paper):
    """And written down with the page."""
    caller = as_(Role.INSPECTOR)
    assert caller.get(f"/api/files/{paper.pk}").json()["pages"] == 1
    text = caller.get(f"/api/files/{paper.pk}/pages/1").json()["text"]
    assert text == "测试甲 110105********002X"
    assert "第 1 页" in AuditEntry.objects.filter(action="查看").first().what


def test_what_lies_elsewhere_is_not_there(as_, paper):
    """Neither found nor told apart from what does not exist."""
    caller = as_(Role.TOWN_CLERK, "城关镇")
    assert caller.get("/api/search", {"q": "测试甲"}).json()["total"] == 0
    hidden = caller.get(f"/api/files/{paper.pk}")
    assert hidden.status_code == 404
    assert hidden.content == caller.get("/api/files/999999").content


def test_a_question_that_cannot_be_asked_is_explained(as_):
    """As on the page."""
    answer = as_().get("/api/search", {"q": "甲"})
    assert answer.status_code == 422
    assert "汉字至少输入两个" in answer.json()["detail"]
