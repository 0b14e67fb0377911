"""A whole question as one statement: what it sees is one moment of the index."""

from dataclasses import dataclass

from archive_indexer.index.index_segment import FILTERS, PAGE_BREAK
from archive_indexer.index.on_server import counties
from archive_indexer.index.on_server.answering import ALIKE, COPIES, COUNT, SHOWN, filters_asked
from archive_indexer.index.on_server.conditions import (
    PROFILE,
    Known,
    asked_of,
    found,
    has_fact,
    has_value,
    holds,
    may_see,
)
from archive_indexer.index.on_server.held_words import NOTHING_KNOWN, HeldWords
from archive_indexer.index.on_server.schema import DOCUMENT
from archive_indexer.index.on_server.sql import TRUE, Sql, all_of, any_of, in_turn
from archive_indexer.index.ranking import BARE, LONGEST_NAME, Groups
from archive_indexer.index.snippets import fold_words
from archive_indexer.queries import AllOf, Condition, Query, Word, word_groups

_VALUES = f"ARRAY[{', '.join(f'p.{name}' for name in FILTERS)}]"
_NO_HIT = "0::bigint, '', '', '', '', ''::bytea, 0"
_COUNTED = f"""
counted AS MATERIALIZED (
    SELECT c.profile, {", ".join(f"p.{name}" for name in FILTERS)}, c.absent, c.files
    FROM (SELECT profile, absent, count(*) AS files FROM met GROUP BY profile, absent) c
    CROSS JOIN LATERAL (SELECT * FROM {PROFILE} p WHERE p.number = c.profile OFFSET 0) p
)
"""
_COUNT = f"""
SELECT {COUNT}, ARRAY[]::text[], p.absent, sum(p.files)::bigint, {_NO_HIT}
FROM counted p WHERE {{}} GROUP BY p.absent
"""
_OF_FILTER = f"""
SELECT {ALIKE}, ARRAY['{{name}}', p.{{name}}], FALSE, sum(p.files)::bigint, {_NO_HIT}
FROM counted p WHERE p.{{name}} <> '' AND {{{{}}}} GROUP BY p.{{name}}
"""
_COPIES = """
copies AS MATERIALIZED (
    SELECT signature, count(*) AS files FROM hits GROUP BY signature HAVING count(*) > 1
), heads AS (
    SELECT DISTINCT ON (h.signature) h.number FROM hits h JOIN copies USING (signature)
    ORDER BY h.signature, h.first, h.path
)
"""
_EACH = "SELECT number, first, path, 0::bigint AS copies FROM hits"
_FIRST_OF_COPIES = """
    SELECT h.number, h.first, h.path, coalesce(c.files, 1) - 1 AS copies
    FROM hits h LEFT JOIN copies c USING (signature)
    WHERE c.files IS NULL OR h.number IN (SELECT number FROM heads)
"""
#: Numbered when they are few: before, all would have to be put in order.
_PAGE_OF_HITS = """
shown AS MATERIALIZED (
    SELECT s.number, s.copies, row_number() OVER (ORDER BY s.first, s.path) AS place
    FROM ({} ORDER BY first, path LIMIT %s OFFSET %s) s
)
"""
_FOLDED = f"""
SELECT {COPIES}, ARRAY[]::text[], FALSE, coalesce(sum(files - 1), 0)::bigint, {_NO_HIT}
FROM copies
"""
_HITS = f"""
SELECT {SHOWN}, {_VALUES}, d.absent, s.copies, s.place,
    d.path, d.sha256, d.title, d.folded, d.packed, d.day
FROM shown s
CROSS JOIN LATERAL (
    SELECT * FROM {DOCUMENT} d WHERE d.number = s.number AND {{}} OFFSET 0
) d
CROSS JOIN LATERAL (SELECT * FROM {PROFILE} p WHERE p.number = d.profile OFFSET 0) p
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """A question as it is put to the server."""

    sql: Sql
    condition: Condition


def condition_of(query: Query) -> Condition:
    """What is asked for: a condition, or plain words that all stand there."""
    return query.condition or AllOf(tuple(Word(word) for word in fold_words(query.words)))


def statement_of(query: Query, held: HeldWords = NOTHING_KNOWN) -> Statement:
    """The statement whose rows are `AnswerRow`s; of words that are `held` few texts are read."""
    condition = condition_of(query)
    groups = word_groups(condition)
    known = Known(counties.seen(query.visible.town), held)
    also = [known.within, may_see(query.visible), _among(query)]
    met = found(asked_of(condition, known), _met(query, groups), also)
    parts = [met.within("met AS MATERIALIZED ({})"), Sql(_COUNTED)]
    answers = [_passing(query).within(_COUNT)]
    if query.limit:
        parts += [_hits(query, groups, known), *_page_of_hits(query)]
        answers += [_of_filter(name, query) for name in FILTERS]
        answers += [Sql(_FOLDED)] if query.folds_copies else []
        answers.append(known.within.within(_HITS))
    whole = in_turn([in_turn(parts, ", "), in_turn(answers, " UNION ALL ")], " ")
    return Statement(whole.within("WITH {}"), condition)


def _met(query: Query, groups: Groups) -> str:
    """What of every document that meets the condition is asked further."""
    columns = ["profile", "absent"]
    if query.limit:
        columns += ["number", "path"]
        columns += ["signature"] if query.folds_copies else []
        columns += ["day"] if query.order == "date" else []
        columns += ["pages", "folded"] if _scores_pages(query, groups) else []
    return ", ".join(f"d.{name}" for name in columns)


def _scores_pages(query: Query, groups: Groups) -> bool:
    """Whether the order of the hits asks what stands on one page with what."""
    return query.order == "best" and len(groups) > 1


def _passing(query: Query, but: str = "") -> Sql:
    """That the filters of a row `p` have the values asked for; one may be left out."""
    values = filters_asked(query).items()
    return all_of(has_value(name, (value,)) for name, value in values if name != but)


def _counted(asked: Sql) -> Sql:
    """That what was counted with a hit meets a condition."""
    return asked.within("(d.profile IN (SELECT p.profile FROM counted p WHERE {})) IS TRUE")


def _of_filter(name: str, query: Query) -> Sql:
    """How many files have each value of a filter, of those that pass the others."""
    shown = TRUE if query.shows_absent else Sql("NOT p.absent")
    return all_of([shown, _passing(query, but=name)]).within(_OF_FILTER.format(name=name))


def _hits(query: Query, groups: Groups, known: Known) -> Sql:
    first = _first(query, groups, known)
    every = first.within("SELECT d.*, {} AS first FROM met d")
    passing = _counted(_passing(query)) if filters_asked(query) else TRUE
    asked = all_of([TRUE if query.shows_absent else Sql("NOT d.absent"), passing])
    # without copies they are gone through once, and need not be put down first
    kept = "hits AS MATERIALIZED ({})" if query.folds_copies else "hits AS ({})"
    return in_turn([every, asked], " WHERE ").within(kept)


def _page_of_hits(query: Query) -> list[Sql]:
    copies = [Sql(_COPIES)] if query.folds_copies else []
    each = Sql(_FIRST_OF_COPIES if query.folds_copies else _EACH).within(_PAGE_OF_HITS)
    return [*copies, Sql(each.text, (query.limit, query.offset))]


def _among(query: Query) -> Sql:
    if query.among is None:
        return TRUE
    return Sql("d.path IN (SELECT unnest(%s::text[]))", (sorted(query.among),))


def _first(query: Query, groups: Groups, known: Known) -> Sql:
    """What counts before the path in the order of the hits, as in ranking.py."""
    if query.order == "date":
        return Sql("-d.day")
    if query.order == "path":
        return Sql("0")
    bare = _counted(Sql("p.kind = ANY(%s::text[])", (list(BARE),))).within("({})::int")
    named = [
        _of_person(word, known).within("({})::int")
        for words in groups
        for word in words
        if len(word) <= LONGEST_NAME
    ]
    on_one_page = _page_score(groups) if _scores_pages(query, groups) else Sql("2")
    score = in_turn([on_one_page, *named], " + ")
    return in_turn([bare, score.within("2 * ({})")], " - ")


def _of_person(word: str, known: Known) -> Sql:
    named = all_of([known.within, has_fact([f"person:{word}"])])
    return named.within(f"d.number IN (SELECT d.number FROM {DOCUMENT} d WHERE {{}})")


def _page_score(groups: Groups) -> Sql:
    on_one = all_of(any_of(holds("page.text", word) for word in words) for words in groups)
    pages = Sql("unnest(string_to_array(d.folded, %s)) AS page(text)", (PAGE_BREAK,))
    whole = in_turn([pages, on_one], " WHERE ").within("EXISTS (SELECT FROM {})")
    return whole.within("CASE WHEN d.pages < 2 OR {} THEN 2 ELSE 0 END")
