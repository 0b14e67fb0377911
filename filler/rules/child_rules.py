"""Rules over children: their names stay out of lists, their parents' states decide."""

import re
from collections.abc import Iterator

from filler.form.form_data import Value
from filler.rules.wording import Fault, label_of
from filler.values.language import Slug, field_rule, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem

_CODE = re.compile(r"^[A-Z]{2,5}-?\d{4}$")
_GONE = ("死亡", "失踪")


@field_rule()
def child_code(scope: Scope, value: Value) -> Fault | None:
    """Initials and the last four digits of the case number: ZXM-0012."""
    if _CODE.match(str(value)):
        return None
    return f"“{value}”不是儿童代号", "名册不写姓名：填拼音首字母加案件编号后四位，如 ZXM-0012"


@form_check()
def parents_cannot_care(scope: Scope, father: Slug, mother: Slug) -> Iterator[Problem]:
    """民发〔2019〕62号: both unable; both dead or missing is an orphan."""
    if scope.text(father) in _GONE and scope.text(mother) in _GONE:
        what = f"父亲{scope.text(father)}、母亲{scope.text(mother)}，应按孤儿认定"
        yield Problem(
            label_of(scope, mother), what, "改填《孤儿基本生活费申请审批表》（ET-01）", mother
        )
