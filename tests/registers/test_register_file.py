"""registers.toml is read with the forms it speaks of; every mistake is named."""

import shutil

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.registers.register_file import load_registers, read_registers
from minzheng.registers.register_shape import FILE

_GOOD = """
[[register]]
id = "visits"
group = "走访"
title = "走访"
about = "走访过的户。"
key = ["case"]
columns = [{ slug = "case", label = "编号" }, { slug = "day", label = "日期", type = "date" }]
from = [{ form = "ZF-01", columns = { case = "@case", day = "visit_date" } }]
states = [{ name = "早的", when = "day < today", level = "full" }, { name = "其他" }]
"""


@pytest.fixture
def problems(catalogue, tmp_path):
    """What is wrong with a table."""

    def run(text: str) -> str:
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        found = read_registers(tmp_path, catalogue.by_id, catalogue.county.terms)[1]
        return "\n".join(map(str, found))

    return run


def test_the_county_s_own_table_is_right(catalogue):
    """Each group that people know has its registers."""
    registers = load_registers(REGISTRY_FOLDER, catalogue.by_id, catalogue.county.terms)
    assert {"走访", "专栏"} <= set(registers.groups)


def test_a_good_table_has_no_mistakes(problems):
    """The one the others are made from."""
    assert problems(_GOOD) == ""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "走访"', "", "title 没有填写"),
        ('form = "ZF-01"', 'form = "ZF-99"', "没有“ZF-99”这张表"),
        ('day = "visit_date"', 'day = "visited"', "ZF-01 没有字段“visited”"),
        ('case = "@case"', 'case = "@number"', "不认得“@number”"),
        ('day = "visit_date"', 'day = "visitor1"', "没有可取的值"),
        ('{ form = "ZF-01"', '{ form = "ZF-01", rows = "name"', "没有表格“name”"),
        ("day < today", "tag < today", "“tag”不是本表字段"),
        ("day < today", "day < 昨天", "条件"),
        ("day < today", "day +", "没有写完"),
        ('key = ["case"]', 'key = ["number"]', "key 的“number”不在 columns 里"),
        ('level = "full"', 'level = "good"', "level 不认得"),
        ('{ name = "其他" }', '{ name = "其他", when = "day = today" }', "还有条件"),
        ('key = ["case"]', 'must = "towns"', "must 不能是“towns”"),
        ('key = ["case"]', 'each = "case"', "each 和 values 要一起写"),
        ('key = ["case"]', 'keys = ["case"]', "不认得“keys”"),
        ('type = "date"', 'type = "day"', "type“day”不认得"),
        ('{ slug = "case", label = "编号" }', '{ slug = "case" }', "没有写 label"),
        ('case = "@case", ', "", "列“case”没有来处"),
        ('key = ["case"]', 'proof = { code = "no" }', "proof.code 的“no”不在"),
        ('key = ["case"]', 'proof = { code = "case", forms = ["XX-01"] }', "没有“XX-01”"),
        (
            'key = ["case"]',
            'join = [{ on = ["case"], from = [{ form = "ZF-02" }] }]',
            "没有给出“case”",
        ),
        ('key = ["case"]', 'then = { form = "XX-01", lacks = "day" }', "没有“XX-01”"),
        ('key = ["case"]', 'then = { form = "ZF-02", lacks = "no" }', "then.lacks 的“no”不在"),
        ('key = ["case"]', 'then = { form = "ZF-02" }', "then.lacks 的“lacks”不在"),
        ('id = "visits"', 'id = "走访"', "不能作网址"),
        ("[[register]]", "[[register", "不合 TOML 格式"),
        (_GOOD, _GOOD + _GOOD, "有两个登记簿叫“visits”"),
    ],
)  # fmt: skip  # one mistake a line
def test_each_mistake_is_named(problems, old, new, told):
    """With the register it stands in."""
    assert old in _GOOD
    assert told in problems(_GOOD.replace(old, new))


def test_all_mistakes_come_at_once(problems):
    """And none stops the others."""
    found = problems(_GOOD.replace("visit_date", "visited").replace("day < today", "tag = 1"))
    assert "visited" in found
    assert "tag" in found


def test_a_missing_table_is_said(catalogue, tmp_path):
    """As a failure of the registry."""
    with pytest.raises(RegistryError, match="没有这个文件"):
        load_registers(tmp_path, catalogue.by_id, catalogue.county.terms)


def test_a_byte_order_mark_is_passed_over(catalogue, tmp_path):
    """Notepad writes one."""
    text = (REGISTRY_FOLDER / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text, encoding="utf-8-sig")
    shutil.copy(REGISTRY_FOLDER / "terms.toml", tmp_path)
    assert load_registers(tmp_path, catalogue.by_id, catalogue.county.terms).all


_GIVE = """
[[give]]
to = "ZF-05"
rows = "counts"
register = "visits"
match = { town = "town" }
columns = { ct_village = "village" }
counts = { ct_missing = "case=甲", ct_other = "*" }
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", ""),
        ('to = "ZF-05"', 'to = "ZF-95"', "没有“ZF-95”这张表"),
        ('register = "visits"', 'register = "visit"', "没有登记簿“visit”"),
        ('rows = "counts"', 'rows = "count"', "没有可填的“ct_village”"),
        ("ct_missing", "ct_sum", "没有可填的“ct_sum”"),
        ('town = "town"', 'hamlet = "town"', "没有字段“hamlet”"),
        ('"village" }', '"hamlet" }', "没有列“hamlet”"),
        ('"case=甲"', '"kind=甲"', "没有列“kind”"),
        ('rows = "counts"', "", "rows 没有填写"),
        ("counts = {", "count = {", "不认得“count”"),
        ("counts = {", 'days = { day = ["meet_date"] }\ncounts = {', "days 的写法不对"),
        ("counts = {", 'days = { day = ["meet_date", "x"] }\ncounts = {', "没有字段“x”"),
        ("counts = {", 'days = { dag = ["meet_date", "meet_date"] }\ncounts = {', "没有列“dag”"),
        ('"*"', '"#kind"', "没有列“kind”"),
    ],
)
def test_what_registers_give_is_checked_too(problems, old, new, told):
    """Forms, tables, columns, registers."""
    assert old in _GIVE
    found = problems(_GOOD + _GIVE.replace(old, new))
    assert told in found if told else found == ""


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('{ register = "visits", columns = { case = "case", day = "@state" } }', ""),
        ('{ register = "two", columns = { case = "case" } }', "前面没有登记簿“two”"),
        ('{ register = "visits", columns = { case = "number" } }', "没有列“number”"),
        ('{ register = "visits", form = "ZF-01" }', "form 和 register 要写一个"),
        ("{ columns = {} }", "form 和 register 要写一个"),
    ],
)
def test_a_register_may_rest_on_one_before_it(problems, source, told):
    """Never on itself."""
    second = _GOOD.replace('id = "visits"', 'id = "two"').replace(
        '{ form = "ZF-01", columns = { case = "@case", day = "visit_date" } }', source
    )
    found = problems(_GOOD + second)
    assert told in found if told else found == ""


def test_two_registers_fill_one_table_by_counting_the_same(problems):
    """Else nobody could say which row of one belongs to which of the other."""
    assert problems(_GOOD + _GIVE + _GIVE) == ""
    other = _GIVE.replace("ct_village =", "ct_missing =").replace(
        'ct_missing = "case', 'ct_wrong = "case'
    )
    assert "两处来源对不上" in problems(_GOOD + _GIVE + other)
