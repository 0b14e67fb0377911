"""Whether each value a form may give is one that its taker takes: kinds, choices, bounds."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from filler.form.forms import Field, FormSpec
from filler.records.case_number import EXAMPLE
from filler.spec.offered import Offer, Offers, rows_of
from filler.spec.taken_from import FILE, Gather, Take, fixed_text
from filler.values.print_value import placeholders
from minzheng.county.errors import Problem
from minzheng.county.registry.eligibility import Eligibility

#: Kinds that may stand in another kind's place: what they print it reads.
_ALSO = {
    "text": {"choice", "int", "money", "date", "month", "idcard", "phone", "bank", "longtext"},
    "longtext": {"text", "choice", "int", "money", "date", "month"},
    "money": {"int"},
}
_BAND = re.compile(r"\d+-\d+=(.+)")
_WORD = re.compile("[\u3400-\u9fff（）]+")
_ANY = "*"


class Bounds(NamedTuple):
    """The least and the most a number or the length of a text may be."""

    least: float
    most: float


_FREE = Bounds(float("-inf"), float("inf"))


class Giving(NamedTuple):
    """A field that gives: where it stands, and what it may hold."""

    form_id: str
    spec: FormSpec
    field: Field
    words: Mapping[str, str] = {}
    law: Eligibility | None = None  #: the registry's bands, when what is asked of it counts


def find_misfits(
    forms: Mapping[str, FormSpec], takes: tuple[Take, ...], gathers: tuple[Gather, ...]
) -> Iterator[Problem]:
    """Every value that would be taken over and then refused."""
    for take in takes:
        own = {field.slug: field for field in forms[take.to].fields}
        for slug, theirs in take.fields.items():
            yield from _misfits(take.to, own[slug], _giving(forms, take.source, theirs))
    yield from _gather_misfits(forms, gathers)


def find_offer_misfits(
    forms: Mapping[str, FormSpec], offers: Offers, law: Eligibility
) -> Iterator[Problem]:
    """Every value that a fresh page would offer and its form then refuse, or never be offered.

    Such a value does no harm (it may be changed, or the field stays empty), but it is typed
    again; so a county's own table that has one is told of it and not refused.
    """
    for offer in offers.papers:
        yield from _offer_misfits(forms, offer, law)
    yield from _gather_misfits(forms, tuple(one.gather for one in offers.lists), law)


def tell_unfit_offers(forms: Mapping[str, FormSpec], offers: Offers, law: Eligibility) -> list[str]:
    """The same in a line, for who looks after the county's tables."""
    found = list(find_offer_misfits(forms, offers, law))
    if not found:
        return []
    return [f"{FILE} 有 {len(found)} 处给出的内容可能填不进去（照样可以手填）：{found[0].what}"]


def _gather_misfits(
    forms: Mapping[str, FormSpec], gathers: tuple[Gather, ...], law: Eligibility | None = None
) -> Iterator[Problem]:
    for gather in gathers:
        table = next(one for one in forms[gather.to].fields if one.slug == gather.rows)
        own = {column.slug: column for column in table.columns}
        for slug, cell in gather.columns.items():
            words = gather.words.get(slug, {})
            if cell.fixed:
                given = Giving("", forms[gather.to], _fixed(cell.fixed))
                yield from _misfits(gather.to, own[slug], given)
            for theirs in cell.slugs:
                given = _giving(forms, cell.form_id or gather.source, theirs, words)
                yield from _misfits(gather.to, own[slug], given._replace(law=law))


def _offer_misfits(
    forms: Mapping[str, FormSpec], offer: Offer, law: Eligibility
) -> Iterator[Problem]:
    spec = forms[offer.source]
    theirs = {field.slug: field for field in spec.fields}
    for own, source in _offered_fields(forms[offer.to], offer, theirs):
        said = offer.of.get(source.slug)
        given = Field("", "", "choice", choices=tuple(said)) if said else source
        yield from _misfits(offer.to, own, Giving(offer.source, spec, given, law=law))
    own_tables = {field.slug: field for field in forms[offer.to].fields}
    for table in offer.tables:
        columns = {column.slug: column for column in own_tables[table.own].columns}
        for name, pairs in table.sources:
            cells = rows_of(spec, name)
            for slug, cell in pairs.items():
                told = _fixed(text) if (text := fixed_text(cell)) else cells[cell]
                cell_given = Giving(offer.source, spec, told, law=law)
                yield from _misfits(f"{offer.to}.{table.own}", columns[slug], cell_given)


def _offered_fields(
    spec: FormSpec, offer: Offer, theirs: Mapping[str, Field]
) -> list[tuple[Field, Field]]:
    """Own fields and the ones that fill them; a sentence made of several is no value."""
    table, _ = offer.named
    row = {column.slug: column for column in theirs[table].columns} if table else {}
    own = {field.slug: field for field in spec.fields if field.is_typed}
    same = {slug: slug for slug in own if slug in theirs and slug not in offer.but}
    wanted = {**(same if offer.same else {}), **offer.fields}
    return [
        (own[slug], _fixed(fixed) if fixed else row.get(source) or theirs[source])
        for slug, source in wanted.items()
        for fixed in (fixed_text(source),)
        if not placeholders(source)
    ]


def _fixed(text: str) -> Field:
    """A field that gives one text, whatever the paper says."""
    return Field("", "", "choice", choices=(text,))


def _giving(
    forms: Mapping[str, FormSpec], form_id: str, slug: str, words: Mapping[str, str] = {}
) -> Giving:
    spec = forms[form_id]
    return Giving(form_id, spec, next(one for one in spec.fields if one.slug == slug), words)


def _misfits(to: str, own: Field, given: Giving) -> Iterator[Problem]:
    where = f"{to}.{own.slug} ← {given.form_id}.{given.field.slug}"
    if own.type == "rows":
        yield from _table_misfits(to, own, given)
        return
    texts = possible_texts(given)
    if own.type in ("choice", "multi"):
        strange = None if texts is None else [one for one in texts if one not in own.choices]
        if strange is None and not own.rules:
            yield _misfit(where, "取来的不是固定的几项，这里只认固定的几项")
        elif strange:
            yield _misfit(where, f"取来的“{'、'.join(strange)}”不在可选项中")
        return
    if texts is None and not _fits_kind(own.type, given.field.type):
        yield _misfit(where, f"{given.field.type} 取来填 {own.type}")
    yield from _bound_misfits(where, own, given, texts)


def _table_misfits(to: str, own: Field, given: Giving) -> Iterator[Problem]:
    """Columns of one name, and as many rows."""
    theirs = {column.slug: column for column in given.field.columns}
    for column in own.columns:
        if column.is_typed and column.slug in theirs:
            yield from _misfits(
                f"{to}.{own.slug}", column, given._replace(field=theirs[column.slug])
            )
    if given.field.most > own.most or max(own.least, 0) > max(given.field.least, 1):
        where = f"{to}.{own.slug} ← {given.form_id}.{given.field.slug}"
        yield _misfit(where, f"取来最多 {given.field.most} 行，这里最多 {own.most} 行")


def _fits_kind(own: str, theirs: str) -> bool:
    return own == theirs or theirs in _ALSO.get(own, set())


def _bound_misfits(
    where: str, own: Field, given: Giving, texts: list[str] | None
) -> Iterator[Problem]:
    length, allowed = bounds_of(own, "length"), bounds_of(own, "between")
    if own.type in ("text", "longtext") and length != _FREE:
        lengths = [len(one) for one in texts] if texts else None
        theirs = Bounds(min(lengths), max(lengths)) if lengths else lengths_of(given.field)
        if theirs.least < length.least or theirs.most > length.most:
            yield _misfit(where, f"取来 {_told(theirs)} 字，这里 {_told(length)} 字")
    if own.type in ("int", "money") and allowed != _FREE:
        theirs = Bounds(*map(float, (texts[0], texts[0]))) if texts else numbers_of(given)
        if theirs.least < allowed.least or theirs.most > allowed.most:
            yield _misfit(where, f"取来 {_told(theirs)}，这里 {_told(allowed)}")


def _told(bounds: Bounds) -> str:
    return "–".join("不限" if abs(one) == float("inf") else f"{one:g}" for one in bounds)


def _misfit(where: str, what: str) -> Problem:
    return Problem(
        FILE, f"{where}：{what}", "改正一方的可选项、范围，或在 words 里写明怎样换算", where
    )


def possible_texts(given: Giving) -> list[str] | None:
    """All texts a field may give, when they can be counted; None when they cannot."""
    found = _own_texts(given)
    if found is None or not given.words:
        return found
    words = given.words
    return list(dict.fromkeys(words.get(one, words.get(_ANY, one)) for one in found))


def _own_texts(given: Giving) -> list[str] | None:
    field = given.field
    if field.choices and not any(rule.name == "length" for rule in field.rules):
        return list(field.choices)
    if field.derived is None:
        return None
    if field.derived.name == "band":
        return [match[1] for one in field.derived.args if (match := _BAND.fullmatch(one))]
    if field.derived.name == "band_by_age" and given.law:
        return list(given.law.bands_of(field.derived.args[0]))
    if field.derived.name == "formula":
        return _branches(field.derived.args[0])
    return ["是"] if field.derived.name == "named_in" else None


def _branches(formula: str) -> list[str] | None:
    """The words that `if(…, 甲, if(…, 乙, 丙))` comes to; None when it computes."""
    text = formula.strip()
    if not text.startswith("if("):
        return [text] if _WORD.fullmatch(text) else None
    parts = _split(text.removeprefix("if(").removesuffix(")"))
    found = [_branches(one) for one in parts[1:]]
    return [word for one in found if one for word in one] if all(found) else None


def _split(text: str) -> list[str]:
    """What stands between commas outside of brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def bounds_of(field: Field, name: str) -> Bounds:
    """What a rule with two numbers allows."""
    for rule in field.rules:
        if rule.name == name:
            return Bounds(float(rule.args[0]), float(rule.args[1]))
    return _FREE


def lengths_of(field: Field) -> Bounds:
    """How long the text of a field may be."""
    if any(rule.name == "person_name" for rule in field.rules):
        return Bounds(1, 50)
    if field.derived and field.derived.name == "case_no":
        return Bounds(len(EXAMPLE), len(EXAMPLE))
    own = bounds_of(field, "length")
    fixed = {"idcard": 18, "date": 11, "month": 8, "phone": 13, "bank": 19}
    return own if own != _FREE or field.type not in fixed else Bounds(1, fixed[field.type])


def numbers_of(given: Giving) -> Bounds:
    """How large the number of a field may be."""
    own = bounds_of(given.field, "between")
    derived = given.field.derived
    if own != _FREE or derived is None or derived.name not in ("row_count", "count_where"):
        return own
    table = next(one for one in given.spec.fields if one.slug == derived.args[0])
    counted = derived.name == "row_count" or _refuses_none(given)
    return Bounds(max(1, table.least) if counted else 0, table.most)


def _refuses_none(given: Giving) -> bool:
    """Whether the form itself refuses a count of nought."""
    slug = given.field.slug
    return any(f"{slug} = 0" in one.when for one in given.spec.stated)
