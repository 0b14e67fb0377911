"""A form is named by its id; whoever writes its name or mistypes is told the id."""

import pytest

from filler.errors import UnknownFormError
from minzheng.cli.forms.named_form import named_form
from tests.shipped_forms import shipped_forms


@pytest.fixture(scope="module")
def catalogue():
    return shipped_forms()


@pytest.mark.parametrize("written", ["DB-01", " db-01 "])
def test_the_id_is_the_form(catalogue, written):
    """In either case."""
    assert named_form(catalogue, written).id == "DB-01"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("低保申请书", "是否为：DB-01 最低生活保障申请书"),
        ("DB-1", "DB-01 最低生活保障申请书"),
        ("最低生活保证申请书", "DB-01 最低生活保障申请书"),
        ("gaoling", "GL-01"),
        ("表", "张。minzheng forms 列出全部"),
        ("壹贰叁", "要写编号，如 DB-01。minzheng forms 列出全部"),
    ],
)
def test_what_may_be_meant_is_named(catalogue, written, told):
    """A few of them, with their names."""
    with pytest.raises(UnknownFormError) as refused:
        named_form(catalogue, written)
    assert told in str(refused.value)
    assert str(refused.value).count("-") <= 7
