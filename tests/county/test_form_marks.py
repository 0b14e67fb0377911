"""Labels of forms as they are compared."""

import pytest

from minzheng.county.form_marks import as_label


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("姓 名：", "姓名"),
        ("姓\u3000名:", "姓名"),
        ("家庭月收入(元)", "家庭月收入"),
        ("家庭月收入（元/人·月）：", "家庭月收入"),
        ("耕地（亩）", "耕地（亩）"),
        ("住址(户籍地)", "住址（户籍地）"),
        ("（元）合计", "（元）合计"),
        ("：", ""),
    ],
)
def test_a_label_is_compared_without_spaces_colon_and_unit(printed, label):
    """Other words in brackets stay: 耕地（亩） is no money."""
    assert as_label(printed) == label
    assert as_label(label) == label


def test_labels_are_compared_without_unit_and_colon():
    """Half-width brackets count as full ones."""
    assert as_label("月 收入(元/月)：") == "月收入"
    assert as_label("备注(一)") == "备注（一）"
