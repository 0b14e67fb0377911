"""`python -m script.questions`: docs/questions.md, made from registry/questions.toml."""

from minzheng.county.config import PROJECT_FOLDER
from minzheng.county.registry.checks import Check, load_checks
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

由 registry/checks.toml 定；红 涉及资金、黄 程序、蓝 资料质量。先看出具的文书，再看扫描件。

| 编号 | 核对 | 轻重 | 对照什么 | 怎么办 |
|---|---|---|---|---|
"""


def as_text() -> str:
    """The whole file."""
    rules = {one.id: one for one in load_checks().all}
    rows = (
        f"| {one.no} | {one.text} | {_way(one, rules)} | {one.note} |\n" for one in load_questions()
    )
    checks = (
        f"| {one.no} | {one.name} | {one.severity} | {one.how} | {one.do} |\n"
        for one in rules.values()
    )
    return _HEAD + "".join(rows) + _CHECKS + "".join(checks)


def _way(question: Question, rules: dict[str, Check]) -> str:
    if question.not_yet:
        return f"还不能：{question.not_yet}"
    if question.doubts:
        rule = rules[question.doubts]
        return f"疑点核对“{rule.name}”"
    if question.page:
        return "查人"
    law = f"registry/laws.toml 中的《{question.law}》；" if question.law else ""
    return f"{law}查档 `{' '.join(question.search)}`"


if __name__ == "__main__":
    FILE.write_text(as_text(), encoding="utf-8")
