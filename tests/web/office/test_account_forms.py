"""What may be typed of an account."""

import pytest

from minzheng.accounts.models import Person, Role

NEW = {
    "username": "liulan", "first_name": "测试刘兰", "role": "村级专管员", "town": "钟宝镇",
    "village": "旧城村", "is_active": "on", "dossiers": ["DB", "TK", "ET"],
}  # fmt: skip


@pytest.fixture
def desk(sign_in):
    return sign_in(Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"town": ""}, "要选定镇"),
        ({"village": ""}, "要选定村"),
        ({"town": "城关镇"}, "旧城村不属于城关镇"),
        ({"role": "镇长"}, "镇长"),
        ({"username": "a b"}, "用户名"),
        ({"dossiers": ["XX"]}, "XX"),
    ],
)
def test_a_wrong_account_is_explained(desk, change, said):
    """Nothing is made."""
    answer = desk.post("/people/new", NEW | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Person.objects.filter(username="liulan").exists()


def test_the_last_administrator_stays(desk):
    """Otherwise nobody could mend it."""
    own = Person.objects.get(role=Role.ADMINISTRATOR)
    data = {"username": own.username, "first_name": "测试", "role": "检查人员", "is_active": "on"}
    answer = desk.post(f"/people/{own.pk}", data)
    assert "最后一个能用的管理员" in answer.content.decode()
    own.refresh_from_db()
    assert own.role == Role.ADMINISTRATOR
