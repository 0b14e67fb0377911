"""Which form, question of the inspectors, check or page is meant by a few words."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from minzheng.county.county import County
from minzheng.county.registry.checks import Check
from minzheng.county.registry.questions import AskedPage, Question
from minzheng.county.registry.synonyms import Groups
from minzheng.county.writing.chinese_text import fold_for_search

_Sign = TypeVar("_Sign")

_LEAST_OF_TITLE = 0.6
_LEAST_OF_SIGN = 0.5
#: Of the weight of the rarest pair of characters: 低保 alone, that many texts have, tells nothing.
_LEAST_SAID = 0.9
#: Pairs that a title must share with a question of which it says only a part.
_FEWEST_SHARED = 2
#: What no text holds tells less than the rarest that one holds: names, words of asking.
_UNSEEN = 0.5
_FULL = 1.0
_MOST_FORMS = 3
#: A title that says so much less than the best one is offered, too.
_NEARLY = 0.2
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
#: Little words inside a saying: 死了还在领 and 死了还领 ask the same.
_LITTLE = re.compile("[的了着过还在又被把给]")


@dataclass(frozen=True, slots=True)
class NamedForm:
    """A form by its names: its title, and the titles of its parts."""

    form_id: str
    title: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signs:
    """What in the system answers a question that no file does, one of each kind at most."""

    question: Question | None = None
    check: Check | None = None
    page: AskedPage | None = None


def forms_named(
    terms: Sequence[str],
    forms: Iterable[NamedForm],
    synonyms: Groups,
    *,
    least: float = _LEAST_OF_TITLE,
) -> tuple[NamedForm, ...]:
    """Forms whose title or part says most of the terms, `least` at least, the best first."""
    said = _one_word_each("".join(terms), synonyms)
    named = [(form, _names_of(form, synonyms)) for form in forms]
    found = _best_named(
        ((_said_in_title(said, names), form) for form, names in named), least, _NEARLY
    )
    return found[:_MOST_FORMS]


def forms_hinted(
    terms: Sequence[str], forms: Iterable[NamedForm], synonyms: Groups
) -> tuple[NamedForm, ...]:
    """Forms whose title says most of what any title knows of the terms; of too many none."""
    said = _one_word_each("".join(terms), synonyms)
    named = [(form, _names_of(form, synonyms)) for form in forms]
    rarity = _rarity([_pairs_of_title(names[0]) for _, names in named])
    found = _best_named((_known_in_title(said, names, rarity), form) for form, names in named)
    return found if len(found) <= _MOST_FORMS else ()


def _best_named(
    scored: Iterable[tuple[float, NamedForm]], least: float = _LEAST_OF_TITLE, nearly: float = 0.0
) -> tuple[NamedForm, ...]:
    """All of the highest score or nearly, the shortest title first; none when that is low."""
    best = sorted(
        ((score, form) for score, form in scored if score >= least),
        key=lambda one: (-one[0], len(one[1].title)),
    )
    return tuple(form for score, form in best if score >= best[0][0] - nearly)


def fitting_signs(asked: Sequence[Sequence[str]], county: County) -> Signs:
    """Of each kind the one that holds most of what was typed, rare pairs of characters first.

    Args:
        asked: the question in terms, and once more as it was typed: either may be known.
        county: its questions, checks, pages and words.
    """
    ways = [_one_word_each("，".join(terms), county.synonyms) for terms in asked]
    ways += [_without_schemes(one, county) for one in ways]
    ways += [_LITTLE.sub("", one) for one in ways]
    pairs, rarity = _signs_of(county)
    wanted = [_pairs(said) for said in dict.fromkeys(ways)]
    scores = [max(_part_of(one, said, rarity) for said in wanted) for one in pairs]
    first, second = len(county.questions), len(county.questions) + len(county.checks.all)
    question = _best(county.questions, scores[:first]) or _wholly_said(county, wanted[0], pairs)
    check = _best(county.checks.all, scores[first:second])
    page = _best(county.asked_pages, scores[second:])
    is_same = question is not None and check is not None and question.doubts == check.id
    return Signs(question, None if is_same else check, page)


@lru_cache(maxsize=16)
def _signs_of(county: County) -> tuple[Sequence[Set[str]], Mapping[str, float]]:
    """What the signs of a county say, in pairs of characters, and how rare each pair is."""
    signs = [*map(_told, county.questions), *map(_told, county.checks.all)]
    signs += map(_told, county.asked_pages)
    told = [_one_word_each(fold_for_search("，".join(one)), county.synonyms) for one in signs]
    pairs = [frozenset(_pairs(one) | _pairs(_LITTLE.sub("", one))) for one in told]
    return pairs, _rarity(pairs)


def _wholly_said(county: County, said: set[str], pairs: Sequence[Set[str]]) -> Question | None:
    """The first question that holds all that was asked, however common: 低保 alone."""
    found = (one for one, text in zip(county.questions, pairs, strict=False) if said <= text)
    return next(found, None) if said else None


def _without_schemes(said: str, county: County) -> str:
    """What is asked of a scheme, without its name: 死亡 for 死亡领高龄补贴."""
    for one in county.dossiers.all:
        said = said.replace(_one_word_each(one.short_name, county.synonyms), "，")
    return said


def _told(one: Question | Check | AskedPage) -> tuple[str, ...]:
    if isinstance(one, Check):
        return (one.name, one.how, *one.asked)
    return (one.text, *one.words)


def _best(signs: Sequence[_Sign], scores: Sequence[float]) -> _Sign | None:
    score = max(scores, default=0.0)
    return signs[scores.index(score)] if score >= _LEAST_OF_SIGN else None


def _one_word_each(text: str, synonyms: Groups) -> str:
    """A text with one word in place of all that mean the same: 最低生活保障 is 低保."""
    return synonyms.with_shortest(text)


def _names_of(form: NamedForm, synonyms: Groups) -> list[str]:
    return [synonyms.title_with_shortest(one) for one in (form.title, *form.parts)]


def _said_in_title(said: str, names: Sequence[str]) -> float:
    """How much of what was typed a title says."""
    if said in names[1:] or (len(names[0]) > 2 and names[0] in said):
        return _FULL
    asked = _pairs(said)
    return len(asked & _pairs_of_title(names[0])) / len(asked) if asked else 0.0


def _known_in_title(said: str, names: Sequence[str], rarity: Mapping[str, float]) -> float:
    """How much of what any title knows of it this one says, rare pairs of characters first."""
    known = _pairs(said) & rarity.keys()
    shared = known & _pairs_of_title(names[0])
    weight = sum(rarity[pair] for pair in shared)
    is_enough = len(shared) >= _FEWEST_SHARED and weight >= _LEAST_SAID * _rarest(rarity)
    return weight / sum(rarity[pair] for pair in known) if is_enough else 0.0


def _rarity(texts: Sequence[Set[str]]) -> Mapping[str, float]:
    counts = Counter(pair for one in texts for pair in one)
    return {pair: math.log((1 + len(texts)) / count) for pair, count in counts.items()}


def _part_of(text: Set[str], asked: set[str], rarity: Mapping[str, float]) -> float:
    """How much of what was asked a text holds; nothing when that is too common to tell."""
    whole = sum(rarity.get(pair, _UNSEEN * _rarest(rarity)) for pair in asked)
    said = sum(rarity[pair] for pair in asked & text)
    return said / whole if whole and said >= _LEAST_SAID * _rarest(rarity) else 0.0


def _rarest(rarity: Mapping[str, float]) -> float:
    return max(rarity.values(), default=1.0)


@lru_cache(maxsize=2048)
def _pairs_of_title(title: str) -> frozenset[str]:
    """With what stands in brackets, and without: 农村留守（独居）老年人 is 留守老年人."""
    return frozenset(_pairs(title) | _pairs(_BRACKETS.sub("", title)))


def _pairs(text: str) -> set[str]:
    return {first + second for first, second in pairwise(text) if "，" not in (first, second)}
