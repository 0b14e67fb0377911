"""`python -m script.questions`: docs/questions.md, made from registry/questions.toml."""

import importlib
import os
from typing import Any

import django

from minzheng.county.config import PROJECT_FOLDER
from minzheng.county.registry.questions import Question, load_questions

FILE = PROJECT_FOLDER / "docs" / "questions.md"
_HEAD = """# 检查人员常问的问题

由 `python -m script.questions` 按 registry/questions.toml 生成；网页“检查清单”用的是同一份。
每一问都在示范村上试过（tests/journeys/test_the_25_questions.py）。

| 问 | 问题 | 怎样回答 | 说明 |
|---|---|---|---|
"""
_CHECKS = """
## 疑点核对

列出的是疑点，不是结论。

| 核对 | 对照什么 | 怎么办 |
|---|---|---|
"""


def as_text() -> str:
    """The whole file."""
    rules = _load_rules()
    rows = (
        f"| {one.no} | {one.text} | {_way(one, rules)} | {one.note} |\n" for one in load_questions()
    )
    checks = (f"| {rule.title} | {rule.how} | {rule.do} |\n" for rule in rules.values())
    return _HEAD + "".join(rows) + _CHECKS + "".join(checks)


def _load_rules() -> dict[str, Any]:
    """The checks read papers from the database, so Django comes first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    return {
        rule.id: rule for rule in importlib.import_module("minzheng.inspection.doubt_checks").RULES
    }


def _way(question: Question, rules: dict[str, Any]) -> str:
    if question.not_yet:
        return f"还不能：{question.not_yet}"
    if question.doubts:
        rule = rules[question.doubts]
        return f"疑点核对“{rule.title}”"
    if question.page:
        return "查人"
    law = f"registry/laws.toml 中的《{question.law}》；" if question.law else ""
    return f"{law}查档 `{' '.join(question.search)}`"


if __name__ == "__main__":
    FILE.write_text(as_text(), encoding="utf-8")
