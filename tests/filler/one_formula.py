"""A form on which formulas are tried."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from filler.form.county_facts import CountyFacts
from filler.form.form_data import FormData
from filler.form.forms import Field, FormSpec, Section
from filler.values.derive import derive
from filler.values.formula import read_formula
from filler.values.scope import Scope
from minzheng.county.publicity import Publicity
from minzheng.county.registry.working_days import load_calendar

TODAY = dt.date(2018, 6, 1)
FIELDS = (
    Field("a", "甲", "int"),
    Field("b", "乙", "money"),
    Field("nothing", "空", "int"),
    Field("start", "开始", "date"),
    Field("end", "结束", "date"),
    Field("state", "状态", "choice", choices=("登记", "已销号", "退回")),
    Field("held", "待遇", "multi", choices=("无", "低保", "特困")),
    Field("name", "姓名", "text"),
    Field("id_no", "身份证号", "idcard"),
    Field("rows", "各行", "rows", columns=(Field("kind", "类", "choice", choices=("增", "减")),
                                           Field("sum", "金额", "money"))),
)  # fmt: skip
VALUES = {
    "a": 7, "b": Decimal("12.50"), "start": dt.date(2018, 5, 1), "end": dt.date(2018, 5, 8),
    "state": "登记", "held": ("低保", "特困"), "name": "测试张三", "id_no": "610927194506150012",
}  # fmt: skip
ROWS = (
    {"kind": "增", "sum": Decimal(3)},
    {"kind": "减", "sum": Decimal(4)},
    {"kind": "增", "sum": None},
)
KNOWN = {field.slug: field for field in FIELDS}


def scope_of(fields=FIELDS, **values) -> Scope:
    """The form with these values."""
    spec = FormSpec("XX-01", "表", "1", "制式", "L-TABLE", "", (Section("", fields),), Path("x"))
    data = FormData(VALUES | values, {"rows": ROWS})
    return derive(spec, data, CountyFacts(Publicity(7, "natural", load_calendar())), TODAY)


def value_of(text: str, **values):
    """What a formula comes to on it."""
    return read_formula(text).value(scope_of(**values))
