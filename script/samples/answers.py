"""Sample answers for every form that has none: invented people, one plain case.

`python -m script.samples.answers [ID …]` writes tests/samples/answers/ID.toml; named forms
are written anew.
"""

import datetime as dt
import importlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import count, cycle
from pathlib import Path
from typing import Any

import django

from filler.form.forms import Field, FormSpec

ANSWERS = Path(__file__).resolve().parents[2] / "tests" / "samples" / "answers"
DAY = dt.date(2018, 5, 7)
#: Opinions come after a publicity of seven days.
_LATER = {"t_date": 16, "c_date": 21, "b_date": 21, "e_date": 21, "f_date": 18, "v_date": 15}
_ELDERS = (
    "610927194803060113", "11010519491231002X", "610927193804120013", "610927192907190124",
    "610927194501120037", "610927193311080041",
)  # fmt: skip
_ADULTS = (
    "610927195304120016", "610927195511080029", "610927197906230035", "610927198109150045",
    "610927196207190121", "610927197001300131", "610927196608080142", "610927195912010152",
    "610927198505170160",
)  # fmt: skip
_CHILDREN = ("610927201207110068", "61092720150125007X", "610927200803020056")
_NAMES = [
    "周桂兰",
    "李长福",
    "王秀英",
    "张家全",
    "陈国安",
    "赵明义",
    "吴德才",
    "郑翠花",
    "冯有财",
    "杨发香",
    "罗先贵",
    "谢大芳",
]
_BANKS = ("6217000000000000012", "6217000000000000020", "6217000000000000038")
_SENTENCE = "经入户查看、走访邻居并核对有关材料，情况属实，符合规定条件，同意按程序办理。"
#: What a text field holds, by the first pattern its slug or label fits.
_TEXTS = (
    (r"addr|住址|地址", "镇坪县钟宝镇旧城村三组"),
    (r"bank_name|开户行", "镇坪县农商银行钟宝支行"),
    (r"hospital|医院|医疗机构", "镇坪县医院"),
    (r"disease|疾病", "高血压"),
    (r"school|学校", "钟宝镇中心小学"),
    (r"rel$|关系", "父子"),
    (r"post|职务", "民政干事"),
    (r"unit|单位", "钟宝镇民政办"),
    (r"^village$|村$", "旧城村"),
    (r"^town$|^镇$", "钟宝镇"),
    (r"dossier|专档", "低保"),
    (r"place|地点|地$", "旧城村村委会"),
    (r"time|时间", "9时30分"),
    (r"fonds$|全宗名称", "镇坪县钟宝镇旧城村村民委员会"),
    (r"ethnicity|民族", "汉族"),
    (r"years|年度", "2016—2018"),
    (r"plot|墓穴", "A-12"),
    (r"slot|格位", "1-01"),
    (r"voucher|凭证|slip", "2018-05-03"),
    (r"_no$|编号|证号|文号|批次|batch", "2018-0127"),
    (r"goods|item|物资|款物|慰问品", "大米、棉被"),
    (r"class|类别", "一类"),
    (r"grade|等级|level", "六级"),
    (r"term|届次", "第八届"),
    (r"team|小组", "第三小组"),
)

_Rules = Mapping[str, tuple[str, ...]]  #: arguments by the name of a rule


class Maker:
    """Makes one form's answers."""

    def __init__(self, spec: FormSpec) -> None:
        self.spec = spec
        old = spec.dossier in ("GL", "TK", "LR")
        self.people = cycle((*_ELDERS, *_ADULTS) if old else _ADULTS)
        self.names, self.banks, self.phones = cycle(_NAMES), cycle(_BANKS), count(13991500001)
        self.answers: dict[str, Any] = {}
        least = [field.least for field in spec.fields if field.slug == "attendees"]
        self.voters = max(3, *least) if least else 3

    def make(self) -> dict[str, Any]:
        """All answers, tables last."""
        fields = [field for field in self.spec.fields if field.is_typed]
        for field in fields:
            if field.type != "rows" and self._is_wanted(field, self.answers):
                self.answers[field.slug] = self._value(field, self.answers)
        for field in fields:
            if field.type == "rows" and self._is_wanted(field, self.answers):
                self.answers[field.slug] = self._rows(field)
        return self.answers

    def _rows(self, table: Field) -> list[dict[str, Any]]:
        rows = []
        for number in range(min(max(table.least, 3), table.most)):
            row: dict[str, Any] = {}
            for column in table.columns:
                if column.is_typed and self._is_wanted(column, row):
                    row[column.slug] = self._value(column, {**self.answers, **row})
            if table.slug == "members" and number == 0 and "m_id" in row:
                row |= {
                    "m_id": self.answers["id_no"],
                    "m_name": self.answers["name"],
                    "m_rel": "户主",
                }
            rows.append(row)
        return rows

    def _is_wanted(self, field: Field, known: Mapping[str, Any]) -> bool:
        condition = field.required_if
        if condition is None:
            return field.default == "" or "{" not in field.default
        given = known.get(condition.slug, "")
        texts = given if isinstance(given, list) else [given]
        return any(text in condition.values for text in texts) != condition.negated

    def _value(self, field: Field, known: Mapping[str, Any]) -> Any:
        rules = {rule.name: rule.args for rule in field.rules}
        if "equals" in rules and rules["equals"][0] in known:
            return known[rules["equals"][0]]
        if "disability_certificate" in rules:
            return f"{known.get('id_no', _ADULTS[0])}42"
        return getattr(self, f"_make_{field.type}")(field, rules, known)

    def _make_text(self, field: Field, rules: _Rules, known: Mapping[str, Any]) -> str:
        if field.default:
            return str(field.default)
        if "person_name" in rules or field.slug in ("person", "object", "about"):
            return f"测试{next(self.names)}"
        key = field.slug + " " + field.label
        text = next(
            (text for pattern, text in _TEXTS if re.search(pattern, field.slug)
             or re.search(pattern, field.label)), f"{field.label}情况良好"
        )  # fmt: skip
        if field.slug == "name" or re.search(r"_name$|姓名|child$|donor|seller", key):
            text = f"测试{next(self.names)}"
        most = int(rules["length"][1]) if "length" in rules else 40
        return text[:most]

    def _make_longtext(self, field: Field, rules: _Rules, known: Mapping[str, Any]) -> str:
        least, most = (int(arg) for arg in rules.get("length", ("10", "200")))
        text = _SENTENCE * (least // len(_SENTENCE) + 1)
        return text[: max(least, min(most, len(text)))]

    def _make_int(self, field: Field, rules: _Rules, known: Mapping[str, Any]) -> int:
        if field.default:
            return int(field.default)
        if "between" in rules:
            least, most = (int(float(arg)) for arg in rules["between"])
            return 2018 if least > 1000 else min(max(3, least), most)
        if field.slug.endswith(("_no", "_abs")):
            return 0
        return self.voters if field.slug.endswith("_yes") else 3

    def _make_money(self, field: Field, rules: _Rules, known: Mapping[str, Any]) -> str:
        return str(field.default or "320.50")

    def _make_date(self, field: Field, rules: _Rules, known: Mapping[str, Any]) -> dt.date:
        if field.slug == "last_review":
            return DAY - dt.timedelta(days=180)
        day = DAY + dt.timedelta(days=_LATER.get(field.slug, 0))
        if "after" in rules:
            day = max(day, known.get(rules["after"][0], DAY) + dt.timedelta(days=7))
        if "not_before" in rules:
            day = max(day, known.get(rules["not_before"][0], DAY))
        return day

    def _make_month(self, field: Field, rules: _Rules, known: Mapping[str, Any]) -> str:
        return "2018-06"

    def _make_idcard(self, field: Field, rules: _Rules, known: Mapping[str, Any]) -> str:
        if self.spec.dossier == "ET" and field.slug in ("id_no", "child_id"):
            return _CHILDREN[0]
        return next(self.people)

    def _make_phone(self, field: Field, rules: _Rules, known: Mapping[str, Any]) -> str:
        return str(next(self.phones))

    def _make_bank(self, field: Field, rules: _Rules, known: Mapping[str, Any]) -> str:
        return next(self.banks)

    def _make_choice(self, field: Field, rules: _Rules, known: Mapping[str, Any]) -> str:
        own = {"town": "钟宝镇", "village": "旧城村"}
        return own.get(field.slug) or field.default or field.choices[0]

    def _make_multi(self, field: Field, rules: _Rules, known: Mapping[str, Any]) -> list[str]:
        named = [call.args for call in self.spec.checks if call.name == "must_include"]
        needed = next((list(args[1:]) for args in named if args[0] == field.slug), None)
        if needed:
            return needed
        return [field.default] if field.default else list(field.choices[:2])


def as_toml(answers: Mapping[str, Any]) -> str:
    """Answers as a person would write them."""
    lines = list(_lines({key: one for key, one in answers.items() if not _is_table(one)}))
    for key, rows in answers.items():
        if _is_table(rows):
            for row in rows:
                lines += ["", f"[[{key}]]", *_lines(row)]
    return "# 虚构的测试人员，姓名均以“测试”开头。\n" + "\n".join(lines) + "\n"


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _lines(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        is_date = isinstance(value, dt.date)
        yield f"{key} = {value if is_date else json.dumps(value, ensure_ascii=False)}"


def main() -> None:
    """Write what is missing, and what is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    named = sys.argv[1:]
    for spec in importlib.import_module("filler.spec.form_catalogue").load_catalogue().forms:
        file = ANSWERS / f"{spec.id}.toml"
        if spec.id in named or not file.exists():
            file.write_text(as_toml(Maker(spec).make()), encoding="utf-8")
            print(f"written: {file.name}")


if __name__ == "__main__":
    main()
