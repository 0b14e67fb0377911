"""A question as one request to OpenSearch, and the answer made of what it gives."""

import base64
from collections.abc import Iterator, Sequence
from typing import Any

from archive_indexer.index.index_segment import FILTERS, PAGE_BREAK
from archive_indexer.index.on_opensearch.conditions import (
    Json,
    all_of,
    any_of,
    asked_of,
    is_value,
    may_see,
    none_of,
    stands_in,
)
from archive_indexer.index.on_server.answering import filters_asked
from archive_indexer.index.on_server.terms import as_term
from archive_indexer.index.ranking import BARE, LONGEST_NAME, Groups
from archive_indexer.index.shown_hit import SHOWN_FILTERS, KeptDocument, hit_of
from archive_indexer.index.snippets import fold_words
from archive_indexer.queries import (
    AllOf,
    Condition,
    Hit,
    Query,
    SearchResult,
    Word,
    wanted_numbers,
    wanted_words,
    word_groups,
)

_MOST_VALUES = 10_000  #: of a filter, and of papers that have copies
_SHOWN = ["path", "sha256", "title", "text", "packed", "absent", "day", *SHOWN_FILTERS]


def condition_of(query: Query) -> Condition:
    """What is asked, where words were given their condition."""
    return query.condition or AllOf(tuple(Word(word) for word in fold_words(query.words)))


def body_of(query: Query) -> Json:
    """The body of the request."""
    condition = condition_of(query)
    met = [*may_see(query.visible), asked_of(condition)]
    if query.among is not None:
        met.append({"terms": {"path": sorted(query.among)}})
    wanted = _wanted(query)
    shown = [] if query.shows_absent else [{"term": {"absent": False}}]
    body: Json = {
        "track_total_hits": True,
        "from": query.offset if query.limit else 0,
        "size": query.limit,
        "query": _ranked(query, met, word_groups(condition)),
        "post_filter": all_of([*shown, *wanted.values()]),
        "sort": _order(query),
        "_source": _SHOWN,
        "aggs": _counts(query, shown, wanted),
    }
    if query.folds_copies and query.limit:
        body["collapse"] = {
            "field": "signature", "inner_hits": {"name": "copies", "size": 0},
        }  # fmt: skip
    return body


def answer_of(told: Json, query: Query) -> SearchResult:
    """The answer: counts by filters, copies folded, hits in order."""
    counts = told["aggregations"]
    total, absent = counts["hits"]["doc_count"], counts["absent"]["doc_count"]
    if not query.limit:
        return SearchResult(total, (), absent=absent)
    facets = {
        name: {
            one["key"]: one["doc_count"]
            for one in counts[f"of_{name}"]["values"]["buckets"]
            if one["key"]
        }
        for name in FILTERS
    }
    again = counts["hits"]["copies"]["buckets"] if query.folds_copies else []
    copies = sum(one["doc_count"] - 1 for one in again)
    return SearchResult(total, tuple(_hits(told["hits"]["hits"], query)), facets, copies, absent)


def _wanted(query: Query) -> dict[str, Json]:
    return {name: is_value(name, value) for name, value in filters_asked(query).items()}


def _ranked(query: Query, met: Sequence[Json], groups: Groups) -> Json:
    """Twice the score of ranking.py, and one more for what is no bare text."""
    if query.order != "best":
        return all_of(met)
    on_one = {"nested": {"path": "pages", "query": all_of([
        any_of([stands_in("pages.text", word) for word in words]) for words in groups
    ])}}  # fmt: skip
    is_on_one = (
        any_of([{"terms": {"page_count": [0, 1]}}, on_one]) if len(groups) > 1 else all_of([])
    )
    worth = [(is_on_one, 4), (none_of([{"terms": {"kind": list(BARE)}}]), 1)]
    worth += [
        ({"term": {"facts": as_term(f"person:{word}")}}, 2)
        for words in groups
        for word in words
        if len(word) <= LONGEST_NAME
    ]
    should = [{"constant_score": {"filter": one, "boost": boost}} for one, boost in worth]
    return {"bool": {"filter": list(met), "should": should, "minimum_should_match": 0}}


def _order(query: Query) -> list[Any]:
    by_path = {"path": "asc"}
    if query.order == "best":
        return [{"_score": "desc"}, by_path]
    return [{"day": "desc"}, by_path] if query.order == "date" else [by_path]


def _counts(query: Query, shown: Sequence[Json], wanted: dict[str, Json]) -> Json:
    """Of each filter its values over the hits that pass the others."""
    counts: Json = {
        "absent": {"filter": all_of([{"term": {"absent": True}}, *wanted.values()])},
        "hits": {"filter": all_of([*shown, *wanted.values()])},
    }
    if not query.limit:
        return counts
    if query.folds_copies:
        again = {"field": "signature", "min_doc_count": 2, "size": _MOST_VALUES}
        counts["hits"]["aggs"] = {"copies": {"terms": again}}
    for name in FILTERS:
        others = [one for other, one in wanted.items() if other != name]
        counts[f"of_{name}"] = {
            "filter": all_of([*shown, *others]),
            "aggs": {"values": {"terms": {"field": name, "size": _MOST_VALUES}}},
        }
    return counts


def _hits(told: Sequence[Json], query: Query) -> Iterator[Hit]:
    condition = condition_of(query)
    words, numbers = wanted_words(condition), wanted_numbers(condition)
    for one in told:
        source = one["_source"]
        kept = KeptDocument(
            path=source["path"],
            sha256=source["sha256"],
            title=source["title"],
            packed_pages=base64.b64decode(source["packed"]),
            folded=PAGE_BREAK.join(source["text"]),
            filters={name: source[name] for name in SHOWN_FILTERS},
            present=not source["absent"],
            day=source["day"],
        )
        copies = one["inner_hits"]["copies"]["hits"]["total"]["value"] if "inner_hits" in one else 1
        yield hit_of(kept, words, numbers, copies - 1)
