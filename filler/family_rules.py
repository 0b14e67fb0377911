"""Rules over a person and the household."""

from collections.abc import Iterator

from county.errors import Problem
from county.id_card import age_on
from filler.derive import Scope
from filler.rule_kinds import label_of

_OLD, _ADULT = 60, 18
_SERIOUS_TYPES = ("智力", "精神")


def supporters_if_old(
    scope: Scope, rows: str = "members", id_column: str = "m_id", supporters: str = "supporters"
) -> Iterator[Problem]:
    """Supporters are named when a member is 60 or older, or a child alone."""
    if not {rows, supporters} <= scope.fields.keys() or scope.rows(supporters):
        return
    ages = [age_on(row.text(id_column), scope.day) for row in scope.rows(rows)]
    known = [age for age in ages if age is not None]
    if any(age >= _OLD for age in known) or (known and max(known) < _ADULT):
        what = "有 60 周岁以上成员或无成年人的未成年成员，没有填写赡（抚、扶）养义务人"
        yield Problem(label_of(scope, supporters), what, "至少填写一行", supporters)


def single_apply_allowed(scope: Scope, slug: str = "single_apply") -> Iterator[Problem]:
    """Applying alone needs a severe disability or a serious illness."""
    if scope.text(slug) != "是" or scope.text("health") == "患重病":
        return
    kind, level = scope.text("dis_type"), scope.text("dis_level")
    if level in ("一级", "二级") or (level == "三级" and kind in _SERIOUS_TYPES):
        return
    what = "单人户申请须为一、二级残疾，三级智力或精神残疾，或患重病"
    yield Problem(label_of(scope, slug), what, "改为“否”，或补上残疾人证号、健康状况", slug)


def relative_needs_filing(scope: Scope, slug: str = "relative_decl") -> Iterator[Problem]:
    """A relative among the staff is filed on COM-08."""
    if scope.text(slug) == "是":
        what = "申报了近亲属关系"
        yield Problem(label_of(scope, slug), what, "另填《近亲属备案登记表》（COM-08）", slug)


def known_region(scope: Scope, slug: str = "id_no") -> Iterator[Problem]:
    """An ID from another county is possible, but worth a look."""
    number = scope.text(slug)
    if number and not number.startswith("61"):
        yield Problem(
            label_of(scope, slug), f"身份证号地区码 {number[:6]} 不在陕西省", "再核对一遍", slug
        )
