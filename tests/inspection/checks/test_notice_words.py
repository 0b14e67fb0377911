"""What a notice must not say."""

import pytest

from minzheng.inspection.checks.notice_words import leaks_in, lines_of_record
from tests.inspection.checks.made_papers import A


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("1 测试甲 3 1 B类 245.00", []),
        (f"1 测试甲 {A} 245.00", ["个人号码"]),
        ("测试甲 13991500001", ["个人号码"]),
        ("村监督电话：0915-8820001 县民政局监督电话：09158822012", []),
        ("监督电话 13991500001", []),
        ("公示编号：DB-103200-2018-0005", []),
        ("致困原因：肺癌", ["病名"]),
        ("账号 6217000000000001002", ["个人号码"]),
    ],
)
def test_numbers_and_diseases_are_told(line, told):
    """Offices' telephones and numbers of papers are nobody's."""
    assert [one.split("：")[0] for one in leaks_in([line, line], ["癌"], [])] == told


def test_a_record_tells_what_is_printed_of_people():
    """Not what the house prints of itself."""
    texts = {
        "title": "公示单", "phone_v": "13991500001", "file:maker": "局", "x_boxes": "☑",
        "rows": [{"name": "测试甲", "remark": A}], "remark": "无", "n": None,
    }  # fmt: skip
    assert list(lines_of_record(texts)) == ["公示单", "测试甲", A, "无"]
