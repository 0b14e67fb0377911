"""A whole question as one statement: what it sees is one moment of the index."""

from dataclasses import dataclass

from archive_indexer.index.index_segment import FILTERS, PAGE_BREAK
from archive_indexer.index.on_server.answering import COPIES, COUNT, SHOWN, filters_asked
from archive_indexer.index.on_server.conditions import (
    DOCUMENT,
    PROFILE,
    asked_of,
    found,
    has_fact,
    has_value,
    holds,
    may_see,
    with_profile,
)
from archive_indexer.index.on_server.held_words import NOTHING_KNOWN, HeldWords
from archive_indexer.index.on_server.sql import TRUE, Sql, all_of, any_of, in_turn
from archive_indexer.index.ranking import BARE, LONGEST_NAME, Groups
from archive_indexer.index.snippets import fold_words
from archive_indexer.queries import AllOf, Condition, Query, Word, word_groups

_MET = "d.number, d.profile, d.absent, d.signature, d.path, d.day, d.pages, d.folded"
_FILTERS = f"ARRAY[{', '.join(f'p.{name}' for name in FILTERS)}] AS filters"
_NO_HIT = "0::bigint, '', '', '', '', ''::bytea, 0"
_COUNTS = f"""
SELECT {COUNT}, {_FILTERS}, c.absent, c.files, {_NO_HIT}
FROM (SELECT profile, absent, count(*) AS files FROM met GROUP BY profile, absent) c
JOIN {PROFILE} p ON p.number = c.profile
"""
_COPIES = """
copies AS MATERIALIZED (
    SELECT signature, count(*) AS files FROM hits GROUP BY signature HAVING count(*) > 1
), heads AS (
    SELECT DISTINCT ON (h.signature) h.number FROM hits h JOIN copies USING (signature)
    ORDER BY h.signature, h.first, h.path
)
"""
_NO_COPIES = """
copies AS (SELECT 0::bigint AS signature, 0::bigint AS files WHERE FALSE),
heads AS (SELECT 0::bigint AS number WHERE FALSE)
"""
_PAGE_OF_HITS = """
shown AS MATERIALIZED (
    SELECT h.number, coalesce(c.files, 1) - 1 AS copies,
        row_number() OVER (ORDER BY h.first, h.path) AS place
    FROM hits h LEFT JOIN copies c USING (signature)
    WHERE c.files IS NULL OR h.number IN (SELECT number FROM heads)
    ORDER BY h.first, h.path LIMIT %s OFFSET %s
)
"""
_ANSWER = f"""
{_COUNTS}
UNION ALL
SELECT {COPIES}, ARRAY[]::text[], FALSE, coalesce(sum(files - 1), 0)::bigint, {_NO_HIT}
FROM copies
UNION ALL
SELECT {SHOWN}, {_FILTERS}, d.absent, s.copies, s.place,
    d.path, d.sha256, d.title, d.folded, d.packed, d.day
FROM shown s JOIN {DOCUMENT} d USING (number) JOIN {PROFILE} p ON p.number = d.profile
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
    also = [may_see(query.visible), _among(query)]
    parts = [found(asked_of(condition, held), _MET, also).within("met AS MATERIALIZED ({})")]
    if query.limit:
        parts += [
            _hits(query, condition),
            Sql(_COPIES if query.folds_copies else _NO_COPIES),
            Sql(_PAGE_OF_HITS, (query.limit, query.offset)),
        ]
    answer = _ANSWER if query.limit else _COUNTS
    return Statement(in_turn(parts, ", ").within(f"WITH {{}} {answer}"), condition)


def _hits(query: Query, condition: Condition) -> Sql:
    first = _first(query, word_groups(condition)).within("SELECT d.*, {} AS first FROM met d")
    asked = all_of([TRUE if query.shows_absent else Sql("NOT d.absent"), _wanted(query)])
    return in_turn([first, asked], " WHERE ").within("hits AS MATERIALIZED ({})")


def _among(query: Query) -> Sql:
    if query.among is None:
        return TRUE
    return Sql("d.path IN (SELECT unnest(%s::text[]))", (sorted(query.among),))


def _wanted(query: Query) -> Sql:
    """That the filters have the values asked for."""
    values = filters_asked(query).items()
    return with_profile([has_value(name, (value,)) for name, value in values])


def _first(query: Query, groups: Groups) -> Sql:
    """What counts before the path in the order of the hits, as in ranking.py."""
    if query.order == "date":
        return Sql("-d.day")
    if query.order == "path":
        return Sql("0")
    bare = with_profile([Sql("p.kind = ANY(%s::text[])", (list(BARE),))]).within("({})::int")
    named = [
        _of_person(word).within("({})::int")
        for words in groups
        for word in words
        if len(word) <= LONGEST_NAME
    ]
    score = in_turn([_page_score(groups), *named], " + ")
    return in_turn([bare, score.within("2 * ({})")], " - ")


def _of_person(word: str) -> Sql:
    named = has_fact([f"person:{word}"])
    return named.within(f"d.number IN (SELECT d.number FROM {DOCUMENT} d WHERE {{}})")


def _page_score(groups: Groups) -> Sql:
    if len(groups) < 2:
        return Sql("2")
    on_one = all_of(any_of(holds("page.text", word) for word in words) for words in groups)
    pages = Sql("unnest(string_to_array(d.folded, %s)) AS page(text)", (PAGE_BREAK,))
    whole = in_turn([pages, on_one], " WHERE ").within("EXISTS (SELECT FROM {})")
    return whole.within("CASE WHEN d.pages < 2 OR {} THEN 2 ELSE 0 END")
