"""Whether an index finds exactly what a substring search over all texts finds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_segment import FILTERS
from archive_indexer.index.matching import may_see, meet
from archive_indexer.queries import Query
from archive_indexer.search import search_archive
from minzheng.county.county import read_county
from minzheng.county.writing.chinese_text import fold_for_search

_CHECKED = 10  #: questions of a class whose every hit is compared with brute force
_IN_NAMES = "文件名:"
_COUNTY = read_county()

Found = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Question:
    """Words with filters, and what a brute-force search says."""

    text: str
    filters: Query


def compare(
    index: FullTextIndex,
    documents: Sequence[IndexedDocument],
    questions: dict[str, list[Question]],
) -> dict[str, float]:
    """Recall and precision over the first questions of every class; a document is its number.

    Raises:
        RuntimeError: the total of an answer is not the number of hits.
    """
    asked = [one for several in questions.values() for one in several[:_CHECKED]]
    wanted = found = common = 0
    for question, truth in zip(asked, _by_brute_force(asked, documents), strict=True):
        hits = _hits(index, question, len(documents))
        wanted, found = wanted + int(truth.sum()), found + int(hits.sum())
        common += int((truth & hits).sum())
        told = search_archive(index, question.text, question.filters, _COUNTY).result
        if told.total != hits.sum():
            raise RuntimeError(f"{question.text}: the total is not the number of hits")
    return {"recall": round(common / wanted, 6), "precision": round(common / found, 6)}


def _by_brute_force(asked: Sequence[Question], documents: Sequence[IndexedDocument]) -> list[Found]:
    """Of each question the documents that a look at every text finds; each text is folded once."""
    truth = [np.zeros(len(documents), dtype=bool) for _ in asked]
    words = [[fold_for_search(word) for word in one.text.split()] for one in asked]
    for number, document in enumerate(documents):
        text = fold_for_search(document.pages[0])
        for question, several, found in zip(asked, words, truth, strict=True):
            if _holds(several, text, document) and _passes(question.filters, document):
                found[number] = True
    return truth


def _holds(words: Sequence[str], text: str, document: IndexedDocument) -> bool:
    return all(
        word.removeprefix(_IN_NAMES) in document.path
        if word.startswith(_IN_NAMES)
        else word in text
        for word in words
    )


def _passes(filters: Query, document: IndexedDocument) -> bool:
    seen = filters.visible.covers(document.town, document.village, document.dossier)
    return seen and all(
        getattr(filters, name) in ("", getattr(document, name))
        for name in ("town", "village", "year")
    )


def _hits(index: FullTextIndex, question: Question, count: int) -> Found:
    """The documents of an answer; a hundred thousand are not made to be shown for it."""
    found = np.zeros(count, dtype=bool)
    condition = search_archive(
        index, question.text, replace(question.filters, limit=0), _COUNTY
    ).understood.condition
    for segment in index._fresh_segments():
        mask = meet(segment, condition, may_see(segment, question.filters.visible))
        for name in FILTERS:
            value = getattr(question.filters, name)
            if value:
                mask &= segment.has_value(name, (value,))
        for number in np.flatnonzero(mask).tolist():
            found[int(segment.source.path(number)[-10:-4])] = True
    return found
