"""Rules over texts and choices that call for one another."""

import re
from collections.abc import Iterator

from filler.form.form_data import Value
from filler.rules.wording import Fault, label_of, quoted_label
from filler.values.language import Count, Rows, Slug, Text, field_rule, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem

_NO = "不"
_REFUSAL = re.compile(rf"{_NO}予?(?:同意|批准|确认|通过|上报|受理|救助|纳入)")
_REASON = 5  #: characters that a reason has at least


@form_check()
def rows_needed(scope: Scope, rows: Rows, slug: Slug, *words: Text) -> Iterator[Problem]:
    """A table is filled when an answer calls for it: supporters who cannot support."""
    chosen = scope.data.texts(slug) or (scope.text(slug),)
    if not scope.rows(rows) and any(word in chosen for word in words):
        what = f"“{label_of(scope, slug)}”为“{'、'.join(chosen)}”，本表没有填写"
        yield Problem(label_of(scope, rows), what, "至少填写一行", rows)


@form_check()
def answer_follows(
    scope: Scope, slug: Slug, word: Text, other: Slug, *wanted: Text
) -> Iterator[Problem]:
    """One answer calls for another: who has died gets nothing more."""
    given = scope.text(other)
    if scope.text(slug) == word and given and given not in wanted:
        what = f"“{label_of(scope, slug)}”为“{word}”，这里填写了“{given}”"
        yield Problem(label_of(scope, other), what, f"应为{'或'.join(wanted)}，核对两项", other)


@field_rule()
def length(scope: Scope, value: Value, least: Count, most: Count) -> Fault | None:
    """A text of so many characters; white space does not count."""
    count = len("".join(str(value).split()))
    if int(least) <= count <= int(most):
        return None
    return f"现有 {count} 字，应为 {least}–{most} 字", "补充或精简文字"


@field_rule()
def tells_why(scope: Scope, value: Value) -> Fault | None:
    """That one agrees needs no reason; a refusal is given in writing with one.

    Source: 社会救助法 (2026) article 45; 社会救助暂行办法 article 11 (3).
    """
    if _NO not in str(value):  # nearly always
        return None
    said = re.sub(r"[\s，。；、,.;]", "", str(value))
    refusal = _REFUSAL.search(said)
    if refusal is None or len(said) - len(refusal[0]) >= _REASON:
        return None
    return f"写了“{refusal[0]}”，没有写理由", "写明理由，如“不同意，家庭月人均收入高于标准”"


@field_rule()
def differs_from(scope: Scope, value: Value, slug: Slug) -> Fault | None:
    """Two people, two numbers."""
    if not scope.text(slug) or str(value) != scope.text(slug):
        return None
    return f"与{quoted_label(scope, slug)}相同", "应为另一个人，核对后改正"


@form_check()
def must_include(scope: Scope, slug: Slug, *choices: Text) -> Iterator[Problem]:
    """Choices that must be ticked: 户口簿 and 身份证."""
    missing = [choice for choice in choices if choice not in scope.data.texts(slug)]
    if missing:
        yield Problem(label_of(scope, slug), f"缺少{'、'.join(missing)}", "收齐后勾选", slug)
