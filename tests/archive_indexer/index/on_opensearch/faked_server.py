"""A server that answers what we ask of OpenSearch, as its documentation (2.x) says it would.

It knows the requests the product makes and refuses all others, keeps documents in memory, and
judges the queries by the definitions of the documentation: phrases and intervals by positions of
tokens, filters of aggregations before the post filter, collapsing after both.
"""

import copy
import fnmatch
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from minzheng.external.search.search_server import SearchServerRefusedError

Json = dict[str, Any]
_GAP = 1000


class FakedServer:
    """In place of a `SearchServer`; `asked` holds every request."""

    def __init__(self) -> None:
        self.indices: dict[str, Json] = {}
        self.asked: list[tuple[str, str, Any]] = []

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """One request."""
        self.asked.append((method, path, copy.deepcopy(body)))
        name, _, rest = path.lstrip("/").partition("?")[0].partition("/")
        if name == "_cat":
            family = rest.partition("/")[2]
            return [{"index": one} for one in self.indices if fnmatch.fnmatch(one, family)]
        if method == "PUT":
            self.indices[name] = {"body": body, "documents": {}}
            return {"acknowledged": True}
        if method == "DELETE":
            assert "ignore_unavailable=true" in path or name in self.indices
            return {"acknowledged": self.indices.pop(name, None) is not None}
        if name not in self.indices:
            raise SearchServerRefusedError(404, "index_not_found_exception")
        return self._of_index(name, rest, body)

    def tell_lines(self, path: str, lines: Iterable[Mapping[str, Any]]) -> Any:
        """A bulk request."""
        name = path.lstrip("/").partition("/")[0]
        if name not in self.indices:
            raise SearchServerRefusedError(404, "index_not_found_exception")
        documents, items, given = self.indices[name]["documents"], [], iter(lines)
        for line in given:
            ((deed, about),) = line.items()
            if deed == "index":
                documents[about["_id"]] = copy.deepcopy(next(given))
                items.append({deed: {"status": 201}})
            else:
                found = documents.pop(about["_id"], None)
                items.append({deed: {"status": 200 if found else 404}})
        self.asked.append(("POST", path, items))
        return {"items": items}

    def _of_index(self, name: str, rest: str, body: Any) -> Any:
        if rest == "_mapping":
            return {name: {"mappings": self.indices[name]["body"]["mappings"]}}
        if rest == "_search":
            return _search(list(self.indices[name]["documents"].values()), body)
        assert rest in ("_refresh", "_forcemerge"), rest
        return {"_shards": {"failed": 0}}


def _search(documents: list[Json], body: Json) -> Json:
    assert body.get("from", 0) + body["size"] <= 100_000
    query = body.get("query", {"match_all": {}})
    met = [one for one in documents if _meets(one, query)]
    hits = [one for one in met if _meets(one, body.get("post_filter", {"match_all": {}}))]
    hits.sort(key=_key_of(body.get("sort", []), query))
    if "search_after" in body:
        hits = [one for one in hits if one["path"] > body["search_after"][0]]
    groups = Counter(one["signature"] for one in hits) if "collapse" in body else Counter()
    if "collapse" in body:
        hits = list({one["signature"]: one for one in reversed(hits)}.values())
        hits.sort(key=_key_of(body["sort"], query))
    page = hits[body.get("from", 0) :][: body["size"]]
    told = [
        {"_source": {name: one[name] for name in body["_source"]}}
        | (_inner(groups[one["signature"]]) if groups else {})
        for one in page
    ]
    counts = {name: _count(met, asked) for name, asked in body.get("aggs", {}).items()}
    return {"hits": {"hits": told}, "aggregations": counts}


def _inner(count: int) -> Json:
    return {"inner_hits": {"copies": {"hits": {"total": {"value": count, "relation": "eq"}}}}}


def _key_of(sort: list[Any], query: Json) -> Callable[[Json], tuple[Any, ...]]:
    def key(one: Json) -> tuple[Any, ...]:
        values: list[Any] = []
        for by in sort:
            ((name, order),) = by.items()
            value = _score(one, query) if name == "_score" else one[name]
            values.append(-value if order == "desc" else value)
        return tuple(values)

    return key


def _score(one: Json, query: Json) -> float:
    """Only constant scores are asked for."""
    return sum(
        part["constant_score"]["boost"]
        for part in query["bool"]["should"]
        if _meets(one, part["constant_score"]["filter"])
    )


def _count(documents: list[Json], asked: Json) -> Json:
    if "filter" in asked:
        kept = [one for one in documents if _meets(one, asked["filter"])]
        inside = {name: _count(kept, one) for name, one in asked.get("aggs", {}).items()}
        return {"doc_count": len(kept), **inside}
    terms = asked["terms"]
    counts = Counter(value for one in documents for value in set(_values(one, terms["field"])))
    found = [
        {"key": key, "doc_count": count}
        for key, count in sorted(counts.items())
        if count >= terms.get("min_doc_count", 1)
        and re.fullmatch(terms.get("include", ".*"), str(key))
    ]
    return {"buckets": found[: terms["size"]]}


def _values(one: Json, field: str) -> list[Any]:
    value = one[field]
    return value if isinstance(value, list) else [value]


def _meets(one: Json, query: Json) -> bool:
    ((kind, asked),) = query.items()
    return _KINDS[kind](one, asked)


def _bool(one: Json, asked: Json) -> bool:
    should = asked.get("should", [])
    least = asked.get("minimum_should_match", 0 if asked.get("filter") else bool(should))
    return (
        all(_meets(one, part) for part in asked.get("filter", []))
        and not any(_meets(one, part) for part in asked.get("must_not", []))
        and sum(_meets(one, part) for part in should) >= least
    )


def _term(one: Json, asked: Json) -> bool:
    ((field, value),) = asked.items()
    if field.endswith(".characters"):
        return any(token == value for _, token in _tokens(one, field))
    return value in _values(one, field)


def _terms(one: Json, asked: Json) -> bool:
    return any(_term(one, {field: value}) for field, values in asked.items() for value in values)


def _range(one: Json, asked: Json) -> bool:
    ((field, bounds),) = asked.items()
    return any(bounds["gte"] <= value <= bounds["lte"] for value in one[field])


def _prefix(one: Json, asked: Json) -> bool:
    ((field, begin),) = asked.items()
    return any(value.startswith(begin) for value in _values(one, field))


def _wildcard(one: Json, asked: Json) -> bool:
    ((field, given),) = asked.items()
    pieces = re.findall(r"\\.|.", given["value"], re.DOTALL)
    pattern = "".join(
        {"*": ".*", "?": "."}.get(one, re.escape(one.removeprefix("\\") or "\\")) for one in pieces
    )
    return bool(re.fullmatch(pattern, one[field], re.DOTALL))


def _phrase(one: Json, asked: Json) -> bool:
    ((field, given),) = asked.items()
    tokens = set(_tokens(one, field))
    wanted = _cut(given["query"], 2)
    return any(
        all((place + after, token) in tokens for after, token in enumerate(wanted))
        for place, _ in tokens
    ) and bool(wanted)


def _nested(one: Json, asked: Json) -> bool:
    return any(
        _meets({f"{asked['path']}.{name}": value for name, value in page.items()}, asked["query"])
        for page in one[asked["path"]]
    )


def _intervals(one: Json, asked: Json) -> bool:
    ((field, rule),) = asked.items()
    return bool(_found(_tokens(one, field), rule))


def _found(tokens: list[tuple[int, str]], rule: Json) -> set[tuple[int, int]]:
    """First and last positions, as the rules of `intervals` are told."""
    ((kind, asked),) = rule.items()
    if kind == "match":
        assert asked["ordered"] and asked["max_gaps"] == 0
        known, wanted = set(tokens), _cut(asked["query"], 1)
        return {
            (place, place + len(wanted) - 1)
            for place, _ in tokens
            if all((place + after, token) in known for after, token in enumerate(wanted))
        }
    assert kind == "all_of" and asked["ordered"]
    first, second = (_found(tokens, one) for one in asked["intervals"])
    return {
        (begin, end)
        for begin, before in first
        for after, end in second
        if 0 < after - before <= asked["max_gaps"] + 1
    }


def _tokens(one: Json, field: str) -> list[tuple[int, str]]:
    name = field.removesuffix(".characters")
    length = 1 if name != field else 2
    place, found = 0, []
    for text in _values(one, name):
        tokens = _cut(text, length)
        found += [(place + after, token) for after, token in enumerate(tokens)]
        place += len(tokens) + _GAP
    return found


def _cut(text: str, length: int) -> list[str]:
    return [text[at : at + length] for at in range(len(text) - length + 1)]


_KINDS: dict[str, Callable[[Json, Any], bool]] = {
    "match_all": lambda one, asked: True, "match_none": lambda one, asked: False,
    "bool": _bool, "term": _term, "terms": _terms, "range": _range,
    "prefix": _prefix, "wildcard": _wildcard,
    "constant_score": lambda one, asked: _meets(one, asked["filter"]),
    "match_phrase": _phrase, "nested": _nested, "intervals": _intervals,
}  # fmt: skip
