"""What is asked of a document, as PostgreSQL asks it: exactly what a substring search finds.

Every condition is told in three ways. The index tells which documents may meet it: their grams
and facts are looked up. Where that is not enough, what the row and its text tell is asked of
those alone. And the row alone can be asked the whole: inside an «or» or a «not».
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive_indexer.documents import Visible
from archive_indexer.index.index_segment import FILTERS, PAGE_BREAK
from archive_indexer.index.matching import GAP
from archive_indexer.index.on_server import counties
from archive_indexer.index.on_server.gram_codes import codes_of, is_told_by_codes
from archive_indexer.index.on_server.held_words import (
    NOTHING,
    Held,
    HeldWords,
    Where,
)
from archive_indexer.index.on_server.schema import DOCUMENT, SCHEMA
from archive_indexer.index.on_server.sql import FALSE, TRUE, Sql, all_of, any_of
from archive_indexer.index.on_server.terms import as_term, terms_between
from archive_indexer.queries import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    HasValue,
    InPath,
    Near,
    Without,
    Word,
)
from minzheng.county.town_names import EVERY_COUNTY, bounds, is_county

PROFILE = f"{SCHEMA}.profile"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a condition is asked."""

    within: Sql = TRUE  #: in which counties documents are looked for
    held: HeldWords = field(default_factory=dict)  #: words of which few texts are read

    @property
    def alone(self) -> "Known":
        """The same for what must not, or need not, be met: texts tell of its words."""
        return Known(self.within)


_NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition: `codes` and `by_index` let through what `by_text` still has to look at."""

    whole: Sql  #: all of it, asked of a row
    codes: frozenset[int] = frozenset()  #: grams that a hit has
    by_index: Sql = TRUE  #: what else the index tells
    by_text: Sql = TRUE  #: what only the row tells

    @property
    def is_narrow(self) -> bool:
        """Whether the index leaves few documents."""
        return bool(self.codes) or self.by_index != TRUE

    @property
    def looked_up(self) -> Sql:
        """All that the index tells."""
        return all_of([_has("grams", self.codes), self.by_index])


def found(asked: Asked, columns: str, also: Iterable[Sql] = ()) -> Sql:
    """The statement that gives columns of every document `d` that meets a condition.

    Args:
        asked: the condition.
        columns: what of a document is asked for.
        also: other conditions, which need no text.
    """
    looked_up = all_of([*also, asked.looked_up])
    if asked.by_text == TRUE:
        return looked_up.within(f"SELECT {columns} FROM {DOCUMENT} d WHERE {{}}")
    # OFFSET keeps the planner from looking at texts first: it takes that for cheap
    inner = looked_up.within(f"SELECT d.* FROM {DOCUMENT} d WHERE {{}} OFFSET 0")
    outer = inner.within(f"SELECT {columns} FROM ({{}}) d WHERE ")
    return Sql(outer.text + asked.by_text.text, outer.values + asked.by_text.values)


def may_see(visible: Visible) -> Sql:
    """Documents that exist for a person at all, of those that lie in what counties he sees."""
    if visible.is_nothing:
        return FALSE
    if is_county(visible.town) and not (visible.village or visible.hidden_dossiers):
        return TRUE
    asked = [
        has_value(name, (value,))
        for name, value in (("town", visible.town), ("village", visible.village))
        if value
    ]
    if visible.hidden_dossiers:
        asked.append(Sql("NOT p.dossier = ANY(%s::text[])", (sorted(visible.hidden_dossiers),)))
    return with_profile(asked)


def where_seen(visible: Visible) -> Where:
    """Whose documents a person sees."""
    town = visible.town
    return Where(counties.seen(town, "c.name"), counties.seen(town), may_see(visible))


def has_value(name: str, values: Sequence[str]) -> Sql:
    """That a filter of a profile `p` has one of these values; a county means all of its towns."""
    one_of = Sql(f"p.{name} = ANY(%s::text[])", (list(values),))
    meant = [one for one in values if is_county(one)] if name == "town" else []
    if EVERY_COUNTY in meant:
        return TRUE
    lies = "(p.town >= %s AND p.town < %s)"
    return any_of([one_of, *(Sql(lies, bounds(one)) for one in meant)])


def with_profile(filters: Sequence[Sql]) -> Sql:
    """Documents whose filters `p` meet some conditions."""
    if not filters:
        return TRUE
    return all_of(filters).within(
        # IS TRUE: the planner would look up the profile of each hit instead of keeping these
        f"(d.profile IN (SELECT p.number FROM {PROFILE} p WHERE {{}})) IS TRUE"
    )


def asked_of(condition: Condition, known: Known = _NOTHING_KNOWN) -> Asked:
    """A condition as it is asked."""
    match condition:
        case AllOf(parts):
            return _all(parts, known)
        case Word(text) if text in known.held:
            return _word(text, known.held[text])
        case AnyOf(parts):
            return _any([asked_of(part, known.alone) for part in parts])
        case Without(part):
            return _without(asked_of(part, known.alone), known)
        case Between() | HasValue():
            fact = _fact(condition)
            return Asked(fact, by_index=fact)
        case _:
            return _text(condition)


def holds(column: str, text: str) -> Sql:
    """That a folded text stands in a column."""
    return Sql(f"strpos({column}, %s) > 0", (text,))


def has_fact(terms: Sequence[str]) -> Sql:
    """That a document has one of some facts."""
    return Sql("d.facts && %s::text[]", ([as_term(term) for term in terms],))


def _all(parts: Sequence[Condition], known: Known) -> Asked:
    several = [asked_of(part, known) for part in parts if not isinstance(part, Without)]
    is_narrow = any(one.is_narrow for one in several)
    for part in parts:
        if isinstance(part, Without):
            one = _without(asked_of(part.part, known.alone), known)
            # of few documents their texts are asked sooner than all are found that hold it
            several.append(Asked(one.whole, by_text=one.whole) if is_narrow else one)
    return Asked(
        all_of(one.whole for one in several),
        frozenset().union(*(one.codes for one in several)),
        all_of(one.by_index for one in several),
        all_of(one.by_text for one in several),
    )


def _any(several: Sequence[Asked]) -> Asked:
    whole = any_of(one.whole for one in several)
    needs_text = any(one.by_text != TRUE for one in several)
    return Asked(
        whole,
        by_index=any_of(one.looked_up for one in several),
        by_text=whole if needs_text else TRUE,
    )


def _without(asked: Asked, known: Known) -> Asked:
    those = found(asked, "d.number", [known.within])
    return Asked(asked.whole.within("NOT ({})"), by_index=those.within("d.number NOT IN ({})"))


def _fact(condition: Between | HasValue) -> Sql:
    if isinstance(condition, Between):
        return has_fact(terms_between(condition.name, condition.low, condition.high))
    if condition.name in FILTERS:
        lies = counties.within(condition.values) if condition.name == "town" else TRUE
        return all_of([lies, with_profile([has_value(condition.name, condition.values)])])
    return has_fact([f"{condition.name}:{value}" for value in condition.values])


def _text(condition: InPath | Word | Near) -> Asked:
    match condition:
        case InPath(text):
            return _in_path(text)
        case Word(text):
            return _word(text)
        case Near(parts):
            return _near(parts)


def _in_path(text: str) -> Asked:
    whole = holds("d.folded_path", text)
    by_index = _has("path_grams", codes_of(text))
    return Asked(whole, by_index=by_index, by_text=TRUE if is_told_by_codes(text) else whole)


def _word(word: str, held: Held = NOTHING) -> Asked:
    whole = holds("d.folded", word)
    codes = frozenset(codes_of(word))
    return Asked(whole, codes, by_text=TRUE if is_told_by_codes(word) else held.told(whole))


def _near(parts: Sequence[str]) -> Asked:
    between = f"[^{PAGE_BREAK}]{{0,{GAP}}}"
    orders = [parts, parts[::-1]] if len(parts) == 2 else [parts]
    pattern = "|".join(between.join(map(_escaped, one)) for one in orders)
    whole = Sql("d.folded ~ %s", (pattern,))
    return Asked(whole, frozenset().union(*map(codes_of, parts)), by_text=whole)


def _escaped(text: str) -> str:
    """A text as a pattern of PostgreSQL that nothing but it meets."""
    return re.sub(r"[^\w]", lambda sign: f"\\{sign[0]}", text)


def _has(column: str, codes: Iterable[int]) -> Sql:
    """That a document has all of some grams."""
    numbers = sorted(codes)
    return Sql(f"d.{column} @> %s::int4[]", (numbers,)) if numbers else TRUE
