"""Codes in place of children's names, beside the children's own papers: `[[coded]]`.

ZXM-0012 is the initials of a name and the last figures of a case number. A code that fits no
child of the village is pointed out; no name is told, a list of codes is read by more people.
"""

import re
from collections.abc import Iterator

from filler.carry_over.earlier import Earlier
from filler.carry_over.two_places import Disagreements, place
from filler.form.case_history import PastForm
from filler.spec.taken_from import Coded
from filler.values.scope import RowScope, Scope
from minzheng.county.errors import Problem
from minzheng.county.writing.pinyin import initials

_CODE = re.compile(r"([A-Z]{2,5})-?(\d{4})")
_PLACE = ("town", "village")


def find_unfitting_codes(scope: Scope, earlier: Earlier) -> Disagreements:
    """Rows whose code or kind no paper of a child of the place bears out."""
    rules = [one for one in earlier.taking_over.coded if one.to == scope.spec.id]
    where = {slug: scope.text(slug) for slug in _PLACE}
    if not rules or not all(where.values()):
        return Disagreements()
    return Disagreements(
        (),
        tuple(
            problem
            for rule in rules
            for papers in ([one for form_id in rule.sources
                            for one in earlier.history.issued_for(form_id, where=where)],)
            for row in scope.rows(rule.rows)
            for problem in _told_of(row, rule, papers)
        ),
    )  # fmt: skip


def _told_of(row: RowScope, rule: Coded, papers: list[PastForm]) -> Iterator[Problem]:
    match = _CODE.fullmatch(row.text(rule.code).strip().upper())
    if match is None:
        return
    own = place(row, rule.code)
    numbered = [one for one in papers if one.case_no.endswith(match[2])]
    if not numbered:
        what = f"“{own.text}”：本村没有编号尾号是 {match[2]} 的儿童（{'、'.join(rule.sources)}）"
        yield Problem(own.label, what, "核对代号；以前登记的核对原件", own.address)
        return
    fitting = [one for one in numbered if _initials(one).endswith(match[1])]
    if not fitting:
        paper = numbered[-1]
        named_so = f"{paper.form_id}（文书号 {paper.number}）儿童姓名的拼音首字母"
        what = f"“{own.text}”：{named_so}不是 {match[1]}"
        yield Problem(own.label, what, "核对代号；多音字照实填写", own.address)
        return
    yield from _of_kind(row, rule, fitting[-1])


def _of_kind(row: RowScope, rule: Coded, paper: PastForm) -> Iterator[Problem]:
    wanted = rule.kinds.get(paper.form_id, "")
    if rule.kind and wanted and row.text(rule.kind) not in ("", wanted):
        own = place(row, rule.kind)
        what = f"填的是“{own.shown}”，{paper.form_id}（文书号 {paper.number}）是“{wanted}”"
        yield Problem(own.label, what, "核对类别", own.address)


def _initials(paper: PastForm) -> str:
    return "".join(initials(paper.text("name"))).upper()
