"""What OpenSearch is told of the fields of a document.

A folded page is cut into pairs of neighbouring characters, each at its place: a word stands on
a page where its pairs follow one another. Cut into single characters, the same text says how far
apart two words stand. No word goes from one page to the next: their places are far apart.
"""

from typing import Any

from archive_indexer.index.index_segment import FILTERS

VERSION = 1
NAME = f"minzheng-index-{VERSION}"
_GAP_OF_PAGES = 1000
_MOST_HITS = 100_000

Json = dict[str, Any]


def _text(analyzer: str) -> Json:
    return {"type": "text", "analyzer": analyzer, "norms": False,
            "position_increment_gap": _GAP_OF_PAGES}  # fmt: skip


def _cut(length: int) -> Json:
    return {"type": "ngram", "min_gram": length, "max_gram": length, "token_chars": []}


def index_body() -> Json:
    """The body of the request that makes the index."""
    analyzers = {name: {"type": "custom", "tokenizer": name} for name in ("pairs", "characters")}
    settings = {
        "number_of_replicas": 0,
        "max_result_window": _MOST_HITS,
        "analysis": {
            "tokenizer": {"pairs": _cut(2), "characters": _cut(1)}, "analyzer": analyzers,
        },
    }  # fmt: skip
    keyword, shown = {"type": "keyword"}, {"type": "keyword", "index": False, "doc_values": False}
    page = {**_text("pairs"), "fields": {"characters": _text("characters")}}
    properties = {
        "path": keyword, "folded_path": {"type": "wildcard"},
        "text": page,
        "pages": {"type": "nested", "properties": {"text": page}},
        "page_count": {"type": "integer"}, "day": {"type": "integer"},
        "signature": keyword, "absent": {"type": "boolean"},
        "facts": keyword, "spellings": keyword,
        "amounts": {"type": "long"}, "dates": {"type": "long"},
        "sha256": shown, "title": shown, "packed": {"type": "binary"},
        **dict.fromkeys(FILTERS, keyword),
    }  # fmt: skip
    return {
        "settings": settings,
        "mappings": {"dynamic": "strict", "_meta": {"version": VERSION}, "properties": properties},
    }
