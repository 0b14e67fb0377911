"""Rules over a household: who supports it, who acts for it, what it may get."""

from collections.abc import Iterator

from filler.rules.wording import label_of
from filler.values.language import Column, Rows, Slug, Text, form_check
from filler.values.person_values import is_minor
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.registry.eligibility import excluded_by, family_classes
from minzheng.county.registry.terms import term_on
from minzheng.county.writing.id_card import age_on

_OLD_AGE = "赡养老人年龄"
#: Whose adults in the household are a child's parents.
_PARENTS = {
    "子": {"户主", "配偶"},
    "女": {"户主", "配偶"},
    "孙子女": {"子", "女", "儿媳", "女婿"},
    "户主": {"父母"},
    "兄弟姐妹": {"父母"},
}


@form_check()
def supporters_if_old(
    scope: Scope, rows: Rows, id_column: Column, relation: Column, supporters: Rows
) -> Iterator[Problem]:
    """Supporters are named when a member is old, or a child without parents there."""
    if scope.rows(supporters):
        return
    ages = [age_on(row.text(id_column), scope.day) for row in scope.rows(rows)]
    old = term_on(_OLD_AGE, scope.day)
    has_old = old is not None and any(age is not None and age >= old for age in ages)
    if has_old or _has_child_alone(scope, rows, id_column, relation):
        what = f"有 {old} 周岁以上成员或父母不在一起生活的未成年成员，没有填写赡（抚、扶）养义务人"
        yield Problem(label_of(scope, supporters), what, "至少填写一行", supporters)


def _has_child_alone(scope: Scope, rows: str, id_column: str, relation: str) -> bool:
    """A child whose parents are not of the household, as far as relations tell."""
    adults, children = set(), []
    for row in scope.rows(rows):
        is_child = is_minor(row.text(id_column), scope.day)
        if is_child:
            children.append(row.text(relation))
        elif is_child is False:
            adults.add(row.text(relation))
    return any(adults.isdisjoint(_PARENTS.get(child, adults)) for child in children)


@form_check(warning=True)
def agent_needs_letter(scope: Scope, slug: Slug, *by_others: Text) -> Iterator[Problem]:
    """Who applies for somebody else brings a letter (COM-10)."""
    if scope.text(slug) in by_others:
        yield Problem(label_of(scope, slug), "由他人代办", "附《委托书》（COM-10）", slug)


@form_check()
def allowance_allowed(scope: Scope, kinds: Slug, others: Slug, family: Slug) -> Iterator[Problem]:
    """Who may get the two disability allowances (国发〔2015〕52号)."""
    held, family_class = scope.data.texts(others), scope.text(family)
    for benefit in scope.data.texts(kinds):
        for other in excluded_by(benefit, held, scope.day):
            what = f"已享受{other}，不得再领{benefit}"
            yield Problem(label_of(scope, kinds), what, f"去掉{benefit}，不予受理的退回说明", kinds)
        classes = family_classes(benefit, scope.day)
        if classes and family_class and family_class not in classes:
            what = f"{benefit}只发给{'、'.join(classes)}家庭"
            yield Problem(label_of(scope, kinds), what, f"去掉{benefit}", kinds)
