"""What is asked of a document, in the words of OpenSearch."""

from collections.abc import Sequence
from typing import Any

from archive_indexer.documents import Visible
from archive_indexer.index.index_segment import FILTERS
from archive_indexer.index.matching import GAP
from archive_indexer.index.on_server.terms import as_term
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
from minzheng.county.town_names import EVERY_COUNTY, is_county

Json = dict[str, Any]
NOTHING: Json = {"match_none": {}}
EVERY: Json = {"match_all": {}}
_WILD = str.maketrans({sign: f"\\{sign}" for sign in "\\*?"})


def all_of(parts: Sequence[Json]) -> Json:
    """That all hold."""
    return {"bool": {"filter": list(parts)}} if parts else EVERY


def any_of(parts: Sequence[Json]) -> Json:
    """That at least one holds."""
    return {"bool": {"should": list(parts), "minimum_should_match": 1}} if parts else NOTHING


def none_of(parts: Sequence[Json]) -> Json:
    """That none holds."""
    return {"bool": {"must_not": list(parts)}} if parts else EVERY


def may_see(visible: Visible) -> list[Json]:
    """Documents that exist for a person at all."""
    if visible.is_nothing:
        return [NOTHING]
    asked = [
        is_value(name, value)
        for name, value in (("town", visible.town), ("village", visible.village))
        if value
    ]
    if visible.hidden_dossiers:
        asked.append(none_of([{"terms": {"dossier": sorted(visible.hidden_dossiers)}}]))
    return asked


def is_value(name: str, value: str) -> Json:
    """That a filter has a value; as a town, a county means all of its."""
    if name != "town" or not is_county(value):
        return {"term": {name: value}}
    return EVERY if value == EVERY_COUNTY else {"prefix": {name: value}}


def _has_value(name: str, values: Sequence[str]) -> Json:
    if name == "town" and any(map(is_county, values)):
        return any_of([is_value(name, value) for value in values])
    return {"terms": {name: list(values)}}


def asked_of(condition: Condition) -> Json:
    """A condition as it is asked."""
    match condition:
        case AllOf(parts):
            return all_of([asked_of(part) for part in parts])
        case AnyOf(parts):
            return any_of([asked_of(part) for part in parts])
        case Without(part):
            return none_of([asked_of(part)])
        case Between(name, low, high):
            return {"range": {name: {"gte": low, "lte": high}}}
        case _:
            return _text_or_value(condition)


def stands_in(field: str, word: str) -> Json:
    """That a folded word stands in a text; one character has no neighbour."""
    if not word:
        return EVERY
    if len(word) == 1:
        return {"term": {f"{field}.characters": word}}
    return {"match_phrase": {field: {"query": word, "slop": 0}}}


def _text_or_value(condition: HasValue | InPath | Word | Near) -> Json:
    match condition:
        case HasValue(name, values) if name in FILTERS:
            return _has_value(name, values)
        case HasValue(name, values):
            return {"terms": {"facts": [as_term(f"{name}:{value}") for value in values]}}
        case InPath(text):
            return {"wildcard": {"folded_path": {"value": f"*{text.translate(_WILD)}*"}}}
        case Word(text):
            return stands_in("text", text)
        case Near(parts):
            return _near(parts)


def _near(parts: Sequence[str]) -> Json:
    """Each after the one before with a gap between; two in either order."""
    orders = [parts, parts[::-1]] if len(parts) == 2 else [parts]
    return any_of([{"intervals": {"text.characters": _after_one_another(one)}} for one in orders])


def _after_one_another(parts: Sequence[str]) -> Json:
    found = _whole(parts[0])
    for part in parts[1:]:
        found = {"all_of": {
            "ordered": True, "max_gaps": GAP, "intervals": [found, _whole(part)],
        }}  # fmt: skip
    return found


def _whole(part: str) -> Json:
    return {"match": {"query": part, "ordered": True, "max_gaps": 0}}
