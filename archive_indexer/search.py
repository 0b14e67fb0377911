"""A question in a clerk's words, answered from the index."""

import re
from dataclasses import dataclass, replace
from typing import Any

from archive_indexer.documents import Query, SearchResult
from archive_indexer.full_text_index import FullTextIndex
from archive_indexer.grams import find_problem
from county.chinese_text import fold_for_search
from county.errors import Problem

_PIECES = re.compile(r'["“”]([^"“”]+)["“”]|(\S+)')
_SHOWN = ("path", "page", "town", "village", "dossier", "year", "form_id", "title", "snippet")


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits, or what is wrong with the question."""

    words: tuple[str, ...]
    result: SearchResult
    problems: tuple[Problem, ...] = ()


def parse_words(text: str) -> tuple[str, ...]:
    """Words apart by spaces; what stands in quotation marks stays together."""
    return tuple(quoted or word for quoted, word in _PIECES.findall(text.replace("\u3000", " ")))


def search_archive(index: FullTextIndex, text: str, filters: Query) -> Answer:
    """Find files in which every word stands; `filters` gives filters, limit and offset."""
    words = parse_words(text)
    problems = [find_problem(word, fold_for_search(word)) for word in words] or [
        Problem("查询词", "没有输入要查的内容", "输入姓名、身份证号、村名或文件中的任何文字")
    ]
    found = tuple(problem for problem in problems if problem is not None)
    if found:
        return Answer(words, SearchResult(0, ()), found)
    return Answer(words, index.search(replace(filters, words=words)))


def as_json(result: SearchResult) -> dict[str, Any]:
    """The answer as other programs read it."""
    return {
        "total": result.total,
        "hits": [{name: getattr(hit, name) for name in _SHOWN} for hit in result.hits],
    }
