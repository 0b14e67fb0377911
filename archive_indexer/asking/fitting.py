"""Which form or which of the inspectors' questions is meant by a few words."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from minzheng.county.registry.questions import Question
from minzheng.county.registry.synonyms import Groups
from minzheng.county.writing.chinese_text import fold_for_search

_LEAST_OF_TITLE = 0.6
_LEAST_OF_QUESTION = 0.5
_FULL = 1.0
_MOST_FORMS = 3


@dataclass(frozen=True, slots=True)
class NamedForm:
    """A form by its names: its title, and the titles of its parts."""

    form_id: str
    title: str
    parts: tuple[str, ...] = ()


def fitting_forms(
    terms: Sequence[str], forms: Iterable[NamedForm], synonyms: Groups
) -> tuple[NamedForm, ...]:
    """Forms whose title or part is named by the terms, the best first."""
    said = _one_word_each("".join(terms), synonyms)
    scored = [(_score(said, form, synonyms), form) for form in forms]
    best = sorted(
        ((score, form) for score, form in scored if score >= _LEAST_OF_TITLE),
        key=lambda one: (-one[0], len(one[1].title)),
    )
    return tuple(form for score, form in best if score == best[0][0])[:_MOST_FORMS]


def fitting_question(
    terms: Sequence[str], questions: Sequence[Question], synonyms: Groups
) -> Question | None:
    """The question that holds most of what was typed, rare pairs of characters first."""
    said = _one_word_each("".join(terms), synonyms)
    texts = [
        _one_word_each(fold_for_search("，".join((one.text, *one.words))), synonyms)
        for one in questions
    ]
    rarity = _rarity(texts)
    scores = [_part_in(text, said, rarity) for text in texts]
    score = max(scores, default=0.0)
    question = questions[scores.index(score)] if scores else None
    return question if score >= _LEAST_OF_QUESTION else None


def _one_word_each(text: str, synonyms: Groups) -> str:
    """A text with one word in place of all that mean the same: 最低生活保障 is 低保."""
    for word, shortest in synonyms.shortest_for:
        if word in text:
            text = text.replace(word, shortest)
    return text


def _score(said: str, form: NamedForm, synonyms: Groups) -> float:
    names = [_one_word_each(fold_for_search(one), synonyms) for one in (form.title, *form.parts)]
    if said in names[1:] or (len(names[0]) > 2 and names[0] in said):
        return _FULL
    asked = _pairs(said)
    return len(asked & _pairs(names[0])) / len(asked) if asked else 0.0


def _rarity(texts: Iterable[str]) -> Mapping[str, float]:
    pairs = [_pairs(text) for text in texts]
    counts = Counter(pair for one in pairs for pair in one)
    return {pair: math.log((1 + len(pairs)) / count) for pair, count in counts.items()}


def _part_in(text: str, said: str, rarity: Mapping[str, float]) -> float:
    """How much of what was said a text holds; a pair that no text holds weighs most."""
    asked, unseen = _pairs(said), max(rarity.values(), default=1.0)
    whole = sum(rarity.get(pair, unseen) for pair in asked)
    return sum(rarity[pair] for pair in asked & _pairs(text)) / whole if whole else 0.0


def _pairs(text: str) -> set[str]:
    return {first + second for first, second in pairwise(text) if "，" not in (first, second)}
