"""`python -m script.questions`: docs/questions.md, made from the registry and what was typed."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from minzheng.county.config import PROJECT_FOLDER
from minzheng.county.registry.checks import Check, load_checks
from minzheng.county.registry.questions import Question, load_questions

FILE = PROJECT_FOLDER / "docs" / "questions.md"
_ASKED = PROJECT_FOLDER / "tests" / "samples" / "asked.toml"
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
_TYPED = """
## 照平常打字的样子问

在“查档”里这样打，示范村至少这样答。问法在 tests/samples/asked.toml，
逐问由 tests/journeys/test_asked_as_people_type.py 试过。
没有直接查到的，给出的是换一种问法、表、第几问、核对、页面，各写明是什么，不混在查到的里面。
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as somebody typed it, and what answers it at least."""

    of: str  #: who wrote it, when
    typed: str
    answers: tuple[str, ...]


def read_asked() -> tuple[Asked, ...]:
    """All that was typed, in order."""
    entries = tomllib.loads(_ASKED.read_text(encoding="utf-8"))["asked"]
    return tuple(Asked(one["of"], one["typed"], tuple(one["answers"])) for one in entries)


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
    return _HEAD + "".join(rows) + _CHECKS + "".join(checks) + _TYPED + "".join(_typed())


def _typed() -> Iterator[str]:
    for of, some in groupby(read_asked(), key=lambda one: one.of):
        yield f"\n### {of}\n\n| 打的字 | 答 |\n|---|---|\n"
        for one in some:
            answers = "；".join(f"`{said}`" if ":" in said else said for said in one.answers)
            yield f"| {one.typed} | {answers or '没有这样的材料，照实说没有'} |\n"


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
