"""What registers speak of and is not there: forms, fields, columns, terms; all at once."""

from collections.abc import Iterable, Iterator, Mapping

from filler.form.forms import Field, FormSpec
from filler.values.derive import DERIVATIONS
from filler.values.formula import find_condition_faults, find_formula_faults
from filler.values.language import Around
from minzheng.county.errors import Problem
from minzheng.county.registry.terms import Terms
from minzheng.registers.give import ALL, EACH, Give
from minzheng.registers.register import (
    FIXED,
    GIVEN,
    OWN,
    OWN_FACTS,
    STATE,
    TOWN,
    VILLAGE,
    Register,
    Registers,
    Source,
)
from minzheng.registers.register_shape import FILE

_LEVELS = ("full", "most", "half", "low", "none", "")
_WITHOUT_VALUE = ("rows", "sign", "seal", "print")


def find_faults(
    registers: Registers, forms: Mapping[str, FormSpec], terms: Terms
) -> Iterator[Problem]:
    """Everything that is wrong with any of them."""
    seen, before = set[str](), dict[str, Register]()
    for one in registers.all:
        if one.id in seen:
            yield Problem(FILE, f"有两个登记簿叫“{one.id}”", "改掉一个", one.id)
        seen.add(one.id)
        if not one.id.replace("-", "").isalnum() or not one.id.isascii():
            yield Problem(FILE, f"代号“{one.id}”不能作网址", "只用字母、数字和 -", one.id)
        yield from _Check(one, before, forms, terms).problems()
        before[one.id] = one
    for give in registers.gives:
        yield from _of_give(give, before, forms)
    yield from _of_shared_tables(registers.gives)


def _of_shared_tables(gives: Iterable[Give]) -> Iterator[Problem]:
    """Several registers may fill one table only by counting what they have in common."""
    first: dict[tuple[str, str], Give] = {}
    for give in gives:
        other = first.setdefault((give.form_id, give.rows), give)
        if other is give:
            continue
        if set(other.columns) != set(give.columns) or not (give.counts and other.counts):
            where = f"{FILE} [[give]]（{give.form_id}）"
            do = "都写 counts，columns 写一样的列"
            yield Problem(where, f"表格“{give.rows}”的两处来源对不上", do, give.rows)


def _of_give(
    give: Give, known: Mapping[str, Register], forms: Mapping[str, FormSpec]
) -> Iterator[Problem]:
    """What it takes must be in the register, what it fills in the form."""
    where, register = f"{FILE} [[give]]（{give.form_id}）", known.get(give.register)
    spec = forms.get(give.form_id)
    if register is None or spec is None:
        missing = f"登记簿“{give.register}”" if register is None else f"“{give.form_id}”这张表"
        yield Problem(where, f"没有{missing}", "改正名称", "register")
        return
    fields = {field.slug: field for field in spec.fields}
    table = fields.get(give.rows)
    columns = {one.slug for one in table.columns if one.is_typed} if table else set[str]()
    for slug in sorted({*give.columns, *give.counts} - columns):
        yield Problem(where, f"{give.form_id} 的表格里没有可填的“{slug}”", "改正列名", slug)
    ends = {slug for slugs in give.days.values() for slug in slugs}
    for slug in sorted({*give.match, *ends} - set(fields)):
        yield Problem(where, f"{give.form_id} 没有字段“{slug}”", "改正字段名", slug)
    counted = (
        one.removeprefix(EACH).partition("=")[0] for one in give.counts.values() if one != ALL
    )
    asked = {*give.columns.values(), *give.match.values(), *give.where, *give.days, *counted}
    for slug in asked - {*register.types, STATE}:
        yield Problem(where, f"登记簿 {register.id} 没有列“{slug}”", "改正列名", slug)


class _Check:
    """Looks at one register beside the forms it speaks of."""

    def __init__(
        self,
        register: Register,
        before: Mapping[str, Register],
        forms: Mapping[str, FormSpec],
        terms: Terms,
    ) -> None:
        self.register, self.before, self.forms, self.terms = register, before, forms, terms
        self.where = f"{FILE}（{register.id}）"
        self.known = {field.slug: field for field in register.spec.fields}

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong with it."""
        yield from self._of_sources()
        yield from self._of_named_columns()
        yield from self._of_named_forms()
        yield from self._of_columns()
        yield from self._of_states()

    def _of_sources(self) -> Iterator[Problem]:
        for source in self.register.sources:
            yield from self._of_source(source)
        for join in self.register.joins:
            for source in join.sources:
                yield from self._of_source(source)
                for slug in sorted(
                    {*join.on} - {*source.columns, *self._worked_out, TOWN, VILLAGE}
                ):
                    what = f"join 的 {source.form_id} 没有给出“{slug}”"
                    yield self._problem(what, "在它的 columns 里写上", slug)
            yield from self._unknown("join.on", join.on)
            yield from self._unknown("join", (join.newest, *join.worked_out))
            yield from self._unknown("join", (*join.sums.values(), *join.lists.values()))

    @property
    def _worked_out(self) -> frozenset[str]:
        return frozenset(one.slug for one in self.register.early)

    def _of_source(self, source: Source) -> Iterator[Problem]:
        yield from self._of_condition(source.where)
        if source.register:
            yield from self._of_register(source)
            return
        spec = self.forms.get(source.form_id)
        if spec is None:
            yield self._problem(f"没有“{source.form_id}”这张表", "改正 form", source.form_id)
            return
        fields = {field.slug: field for field in spec.fields}
        table = fields.get(source.rows)
        if source.rows and (table is None or table.type != "rows"):
            what = f"{spec.id} 没有表格“{source.rows}”"
            yield self._problem(what, "改正 rows", source.rows)
            return
        columns = {column.slug: column for column in table.columns} if table else {}
        yield from self._unknown(f"{spec.id} 的 columns", source.columns)
        for slug in source.columns.values():
            yield from self._of_slug(spec, {**fields, **columns}, slug)
        yield from self._unknown(f"{spec.id} 的 split", source.split)

    def _of_register(self, source: Source) -> Iterator[Problem]:
        """A source may be a register that stands before: so none rests on itself."""
        other = self.before.get(source.register)
        if other is None:
            what = f"前面没有登记簿“{source.register}”"
            yield self._problem(what, "改正 register，或把那一本写到前面", source.register)
            return
        yield from self._unknown(f"{other.id} 的 columns", source.columns)
        for slug in source.columns.values():
            known = slug.startswith(FIXED) or slug in other.types or slug == OWN + STATE
            if not known:
                yield self._problem(f"登记簿 {other.id} 没有列“{slug}”", "改正列名", slug)

    def _of_slug(self, spec: FormSpec, fields: Mapping[str, Field], slug: str) -> Iterator[Problem]:
        if slug.startswith(FIXED):
            return
        if slug.startswith(OWN):
            if slug.removeprefix(OWN) not in OWN_FACTS:
                known = "、".join(sorted(OWN + one for one in OWN_FACTS))
                yield self._problem(f"不认得“{slug}”", f"可以写的有 {known}", slug)
        elif slug not in fields:
            yield self._problem(f"{spec.id} 没有字段“{slug}”", "改正字段名", slug)
        elif fields[slug].type in _WITHOUT_VALUE:
            yield self._problem(f"{spec.id} 的“{slug}”没有可取的值", "换一个字段", slug)

    def _of_named_columns(self) -> Iterator[Problem]:
        """Columns that are named and are not there."""
        one = self.register
        for name in ("key", "by", "sums"):
            yield from self._unknown(name, getattr(one, name))
        for name in ("newest", "each", "people"):
            yield from self._unknown(name, (getattr(one, name),))
        if one.then:
            yield from self._unknown("then.lacks", (one.then.lacks or "lacks",))
        if one.proof:
            yield from self._unknown("proof.code", (one.proof.code or "code",))
        if bool(one.each) != bool(one.values):
            yield self._problem("each 和 values 要一起写", "写上是哪一列、有哪些值", "each")
        yield from self._of_condition(one.where)

    def _of_named_forms(self) -> Iterator[Problem]:
        one = self.register
        proving = one.proof.forms if one.proof else ()
        then = [one.then.form_id or "then"] if one.then else []
        for form_id in filter(None, (one.fill, *then, *proving)):
            if form_id not in self.forms:
                yield self._problem(f"没有“{form_id}”这张表", "改正表号", form_id)

    def _of_columns(self) -> Iterator[Problem]:
        given = {slug for source in self.register.all_sources for slug in source.columns}
        given |= {*GIVEN, *(one for join in self.register.joins for one in join.worked_out)}
        for one in self.register.columns:
            for fault in find_formula_faults(one.value, self._around) if one.value else ():
                yield self._problem(f"列“{one.slug}”：{fault}", "改正公式", one.slug)
            yield from self._unknown("week_of", (one.week_of,))
            if not (one.value or one.week_of or one.slug in given):
                yield self._problem(f"列“{one.slug}”没有来处", "在 from 或 join 里取", one.slug)

    def _of_states(self) -> Iterator[Problem]:
        for state in self.register.states:
            if state.level not in _LEVELS:
                what = f"状态“{state.name}”的 level 不认得"
                yield self._problem(what, "写 full、most、half、low、none", "level")
            yield from self._of_condition(state.when)
        last = self.register.states[-1]
        if last.when:
            what = f"最后的状态“{last.name}”还有条件"
            yield self._problem(what, "最后一个状态不写 when，其余的都归它", "states")

    def _of_condition(self, condition: str) -> Iterator[Problem]:
        for fault in find_condition_faults(condition, self._around) if condition else ():
            yield self._problem(f"条件“{condition}”：{fault}", "改正条件", "when")

    def _unknown(self, name: str, slugs: Iterable[str]) -> Iterator[Problem]:
        for slug in filter(None, slugs):
            if slug not in self.known:
                yield self._problem(f"{name} 的“{slug}”不在 columns 里", "补上这一列", slug)

    @property
    def _around(self) -> Around:
        return Around(self.known, self.terms, None, DERIVATIONS)

    def _problem(self, what: str, do: str, field: str) -> Problem:
        return Problem(self.where, what, do, field)
