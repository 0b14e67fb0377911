"""Rules over a person and the household."""

from collections.abc import Iterator
from decimal import Decimal

from filler.rules.wording import label_of
from filler.values.language import Column, Rows, Slug, Text, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.registry.eligibility import excluded_by, family_classes, is_severe
from minzheng.county.registry.terms import term_on
from minzheng.county.writing.id_card import age_on

_ADULT = 18
_CHILDREN = ("子", "女")
_CARE = "重度残疾人护理补贴"
_OLD_AGE, _ELDER, _CHILD = "赡养老人年龄", "特困老年人年龄", "特困未成年人年龄"


@form_check()
def supporters_if_old(
    scope: Scope,
    rows: Rows = "members",
    id_column: Column = "m_id",
    supporters: Rows = "supporters",
) -> Iterator[Problem]:
    """Supporters are named when a member is 60 or older, or a child alone."""
    if not {rows, supporters} <= scope.fields.keys() or scope.rows(supporters):
        return
    ages = [age_on(row.text(id_column), scope.day) for row in scope.rows(rows)]
    known = [age for age in ages if age is not None]
    old = term_on(_OLD_AGE, scope.day)
    if any(old is not None and age >= old for age in known) or _has_child_alone(
        scope, rows, id_column
    ):
        what = f"有 {old} 周岁以上成员或父母不在一起生活的未成年成员，没有填写赡（抚、扶）养义务人"
        yield Problem(label_of(scope, supporters), what, "至少填写一行", supporters)


def _has_child_alone(scope: Scope, rows: str, id_column: str) -> bool:
    """A child whose parents are not of the household, as far as relations tell."""
    adults, children = set(), []
    for row in scope.rows(rows):
        age = age_on(row.text(id_column), scope.day)
        if age is not None and age < _ADULT:
            children.append(row.text("m_rel"))
        elif age is not None:
            adults.add(row.text("m_rel"))
    parents = {
        "子": {"户主", "配偶"},
        "女": {"户主", "配偶"},
        "孙子女": {*_CHILDREN, "儿媳", "女婿"},
        "户主": {"父母"},
        "兄弟姐妹": {"父母"},
    }
    return any(adults.isdisjoint(parents.get(child, adults)) for child in children)


@form_check()
def single_apply_allowed(scope: Scope, slug: Slug = "single_apply") -> Iterator[Problem]:
    """Applying alone needs a severe disability or a serious illness."""
    if scope.text(slug) != "是" or scope.text("health") == "患重病":
        return
    if is_severe("低保单人户", scope.text("dis_type"), scope.text("dis_level"), scope.day):
        return
    what = "单人户申请须为一、二级残疾，三级智力或精神残疾，或患重病"
    yield Problem(label_of(scope, slug), what, "改为“否”，或补上残疾人证号、健康状况", slug)


@form_check(warning=True)
def relative_needs_filing(scope: Scope, slug: Slug = "relative_decl") -> Iterator[Problem]:
    """A relative among the staff is filed on COM-08."""
    if scope.text(slug) == "是":
        what = "申报了近亲属关系"
        yield Problem(label_of(scope, slug), what, "另填《近亲属备案登记表》（COM-08）", slug)


@form_check(warning=True)
def agent_needs_letter(scope: Scope, slug: Slug = "apply_mode") -> Iterator[Problem]:
    """Who applies for somebody else brings a letter (COM-10)."""
    if scope.text(slug) in ("委托村委会代办", "委托他人"):
        yield Problem(label_of(scope, slug), "由他人代办", "附《委托书》（COM-10）", slug)


@form_check()
def rows_needed(scope: Scope, rows: Rows, slug: Slug, *words: Text) -> Iterator[Problem]:
    """A table is filled when an answer calls for it: supporters who cannot support."""
    chosen = scope.data.texts(slug) or (scope.text(slug),)
    if not scope.rows(rows) and any(word in chosen for word in words):
        what = f"“{label_of(scope, slug)}”为“{'、'.join(chosen)}”，本表没有填写"
        yield Problem(label_of(scope, rows), what, "至少填写一行", rows)


@form_check()
def ground_fits(scope: Scope, slug: Slug) -> Iterator[Problem]:
    """特困: the ground given is what ID and certificate say."""
    ground, age = scope.text(slug), scope.number("age")
    if age is None or _ground_holds(scope, ground, age):
        return
    what = f"“{ground}”与年龄（{age} 周岁）、残疾证不符"
    yield Problem(label_of(scope, slug), what, "改正情形；其他情形选“其他”并写明理由", slug)


def _ground_holds(scope: Scope, ground: str, age: Decimal) -> bool:
    if ground == "重度残疾":
        return is_severe("特困", scope.text("dis_type"), scope.text("dis_level"), scope.day)
    if ground.endswith("以上"):
        return age >= (term_on(_ELDER, scope.day) or 0)
    if ground.startswith("未满"):
        return age < (term_on(_CHILD, scope.day) or 0)
    return True


@form_check()
def publicity_by_age(scope: Scope, *slugs: Slug) -> Iterator[Problem]:
    """Minors are never published, adults always."""
    age = scope.number("age")
    if age is None:
        return
    for slug in slugs:
        is_filled = scope.value(slug) is not None
        if age < _ADULT and is_filled:
            yield Problem(label_of(scope, slug), "未成年人不公示", "删去这一项", slug)
        elif age >= _ADULT and not is_filled:
            yield Problem(label_of(scope, slug), "没有填写", "成年人须公示，请填写", slug)


@form_check()
def reason_fits_age(scope: Scope, slug: Slug, word: Text, day: Slug) -> Iterator[Problem]:
    """年满18周岁 is written of who is so old on the day."""
    age, when = age_on(scope.text("id_no"), scope.date(day) or scope.day), scope.text(slug)
    if when == word and age is not None and age < _ADULT:
        what = f"“{word}”与年龄（{age} 周岁）不符"
        yield Problem(label_of(scope, slug), what, "核对身份证号、日期或原因", slug)


@form_check()
def guardian_if_minor(scope: Scope, *slugs: Slug) -> Iterator[Problem]:
    """A guardian acts for a minor."""
    age = scope.number("age")
    for slug in slugs if age is not None and age < _ADULT else ():
        if scope.value(slug) is None:
            yield Problem(label_of(scope, slug), "没有填写", "未成年人须填写监护人", slug)


@form_check(warning=True)
def direct_aid(scope: Scope, slug: Slug) -> Iterator[Problem]:
    """低保 and 特困 get medical aid without applying (649号 art. 30)."""
    if scope.text(slug) in ("低保", "特困"):
        what = f"{scope.text(slug)}对象的医疗救助直接办理，不须申请"
        yield Problem(label_of(scope, slug), what, "确属补办的继续；否则走一站式结算", slug)


@form_check()
def allowance_allowed(scope: Scope, kinds: Slug, others: Slug) -> Iterator[Problem]:
    """Who may get the two disability allowances (国发〔2015〕52号)."""
    held, family = scope.data.texts(others), scope.text("family_class")
    for benefit in scope.data.texts(kinds):
        for other in excluded_by(benefit, held, scope.day):
            what = f"已享受{other}，不得再领{benefit}"
            yield Problem(label_of(scope, kinds), what, f"去掉{benefit}，不予受理的退回说明", kinds)
        classes = family_classes(benefit, scope.day)
        if classes and family and family not in classes:
            what = f"{benefit}只发给{'、'.join(classes)}家庭"
            yield Problem(label_of(scope, kinds), what, f"去掉{benefit}", kinds)
    kind, level = scope.text("dis_type"), scope.text("dis_level")
    is_heavy = is_severe(_CARE, kind, level, scope.day)
    if _CARE in scope.data.texts(kinds) and level and not is_heavy:
        yield Problem(label_of(scope, kinds), f"{kind}{level}不属于重度残疾", f"去掉{_CARE}", kinds)
