"""A search that names a policy shows it beside the hits, as what it is."""

from tests.web.conftest import closed_up


def test_a_policy_stands_beside_the_hits_and_is_none(sign_in, paper):
    """Whether files answer or not."""
    told = closed_up(sign_in().get("/search", {"q": "审核确认办法"}).content.decode())
    assert "不算在结果里" in told
    assert 'href="/policies/dibaoqueren"' in told
    assert "没有找到符合的文件" in told


def test_a_work_leads_to_its_chapter(sign_in, paper):
    """And the first of its policies."""
    told = sign_in().get("/search", {"q": "低保"}).content.decode()
    assert 'href="/policies/chapters/DB"' in told
    assert "另有" in told


def test_a_person_is_no_policy(sign_in, paper):
    """Nothing of the book is shown."""
    assert "named-policies" not in sign_in().get("/search", {"q": "测试甲"}).content.decode()


def test_the_next_page_of_hits_shows_hits_alone(sign_in, paper):
    """They were shown on the first."""
    told = sign_in().get("/search", {"q": "低保", "page": "2"}).content.decode()
    assert "named-policies" not in told
