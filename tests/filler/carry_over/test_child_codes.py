"""Codes on lists of children, beside the children's own papers."""

import pytest

from filler.form.form_data import Refused


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("CXM-0001", ""), ("cxm0001", ""), ("XM-0001", ""),
        ("LHY-0001", "ET-01（文书号 1）儿童姓名的拼音首字母不是 LHY"),
        ("CXM-0002", "本村没有编号尾号是 0002 的儿童"),
    ],
)  # fmt: skip
def test_a_code_fits_a_child_of_the_village(code, told, fill, answers_of):
    """By its letters and its figures; the child's name is told nowhere."""
    fill("ET-01", answers_of("ET-01"))
    row = {"d": "2018-06-04", "child": code.upper(), "finding": "学习正常", "risk": "低"}
    visits = fill("ET-05", answers_of("ET-05") | {"until": "2018-06-30", "rows": [row]})
    assert not isinstance(visits, Refused)
    said = [str(one) for one in visits.warnings if "第 1 行儿童代号" in str(one)]
    assert bool(said) == bool(told)
    assert all(told in one and "小梅" not in one for one in said)


def test_the_kind_is_that_of_the_childs_paper(fill, answers_of):
    """An orphan by ET-01 is no child of 事实无人抚养."""
    fill("ET-01", answers_of("ET-01"))
    row = {"code": "CXM-0001", "std": "1000.00", "start_month": "2018-06", "officer": "测试周桂兰"}
    for kind, is_told in (("孤儿", False), ("事实无人抚养", True)):
        answers = answers_of("ET-06") | {"as_of": "2018-06-30", "rows": [row | {"kind": kind}]}
        said = [str(one) for one in fill("ET-06", answers).warnings]
        assert any("是“孤儿”" in one for one in said) == is_told
