"""Looser readings of a question that found nothing: each a question of its own, and named.

Place, time and amount become filters; a word that stands nowhere is taken apart, its parts close to
one another or on one paper; other words for the same; names of files; one word less.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from archive_indexer.asking.asking_words import known_pieces, plain_terms, ways_to_part
from archive_indexer.asking.filters_in_words import part_word
from archive_indexer.asking.official_words import official_words
from archive_indexer.asking.query_language import pieces_of
from minzheng.county.county import County
from minzheng.county.registry.synonyms import Groups
from minzheng.county.writing.chinese_text import fold_for_search

_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?!\d)")
_MOST_OFFERED = 6
_MOST_WORDS = 8  #: of a longer question only so many are taken apart
_MOST_VARIANTS = 12
_FILTERED = "村、年等看作条件"
_NEAR = "词拆开，相隔不远"
_PARTED = "词拆开，同一件里都有"
_SAME = "换成同义词"
_IN_NAME = "文件名、文件夹名里有"
_ANYWHERE = "不限村、年等"
_MEANT = "换成公文里的说法"
#: How many files answer a question.
Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question to ask instead, how many files it finds, and what it is."""

    why: str
    text: str
    count: int


@dataclass(frozen=True)
class Loosened:
    """A question in what it keeps, what became filters, and what is looked for."""

    kept: tuple[str, ...] = ()  #: fields, brackets, joins as they were written
    fields: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    year: str = ""
    meant: tuple[str, ...] = ()  #: the terms as papers put what people say, if otherwise
    said: tuple[str, ...] = ()  #: what was typed but for the filters, words of asking and all

    def asking(self, terms: Sequence[str], *, with_fields: bool = True) -> str:
        """The question with other terms."""
        return " ".join((*self.kept, *(self.fields if with_fields else ()), *terms))


def loosen(text: str, county: County, today: dt.date) -> Loosened:
    """Take the question apart; what is written as a field or excluded stays as it is."""
    kept, fields, terms, villages = list[str](), list[str](), list[str](), list[str]()
    meant, said = list[str](), list[str]()
    for piece in pieces_of(text):
        if not piece.is_free:
            kept.append(piece.text)
            continue
        parted = part_word(piece.text, county, today)
        fields += parted.fields
        villages += parted.villages
        for rest in parted.rest:
            folded = fold_for_search(rest)
            said += [folded, official_words(folded, county)]
            terms += plain_terms(folded)
            meant += plain_terms(official_words(folded, county))
    return Loosened(
        tuple(kept),
        tuple(dict.fromkeys(fields)),
        tuple(dict.fromkeys(terms))[:_MOST_WORDS],
        tuple(dict.fromkeys(villages)),
        next((found[0] for one in fields if (found := _YEAR.search(one))), ""),
        tuple(dict.fromkeys(meant))[:_MOST_WORDS] if meant != terms else (),
        tuple(dict.fromkeys(said))[:_MOST_WORDS],
    )


def find_readings(
    text: str, loosened: Loosened, synonyms: Groups, count: Count
) -> tuple[Reading, ...]:
    """Readings that find something, the strictest first; `count` knows synonyms or does not."""
    counted, found = cache(count), dict[str, Reading]()
    tried = _Tried(loosened, synonyms, counted)
    tried.add(tried.close(), text, found)
    is_close = bool(found)
    if loosened.meant:
        _add_meant(_Tried(replace(loosened, terms=loosened.meant), synonyms, counted), text, found)
    if not is_close:  # what was typed is offered beside what may be meant by it
        tried.add(tried.looser(), text, found)
    tried.add(tried.in_file_names(), text, found)
    return tuple(found.values())[:_MOST_OFFERED]


def _add_meant(tried: "_Tried", text: str, found: dict[str, Reading]) -> None:
    """What papers write in place of what was said; named so, whatever else it is."""
    said = f"{_MEANT}“{' '.join(tried.loosened.terms)}”"
    for readings in (tried.close(), tried.looser()):
        own: dict[str, Reading] = {}
        tried.add(readings, text, own)
        for asked, one in own.items():
            found.setdefault(asked, replace(one, why=f"{said}；{one.why}"))
        if own:
            return


def _says_more(why: str, count: int, found: Iterable[Reading]) -> bool:
    """Whether a reading finds more than a stricter one, or other files than its like."""
    if why.endswith(_PARTED):
        return all(count > one.count for one in found)
    return all((why, count) != (one.why, one.count) for one in found)


@dataclass(frozen=True)
class _Tried:
    loosened: Loosened
    synonyms: Groups
    count: Count

    def add(
        self, readings: Iterable[tuple[str, str]], asked: str, found: dict[str, Reading]
    ) -> None:
        """Add those that find something, and more than the same in a stricter way."""
        for why, text in readings:
            count = self.count(text) if text and text != asked.strip() else 0
            if count and _says_more(why, count, found.values()):
                found.setdefault(text, Reading(why, text, count))

    def close(self) -> Iterator[tuple[str, str]]:
        """All that was asked: filters, other words for the same, parts of words."""
        own, terms = self.loosened, self.loosened.terms
        yield self._why(), own.asking(terms)
        for variant in self._variants():
            yield self._why(_SAME), own.asking(variant)
        near = own.asking([self._parts_near[one] or one for one in terms])
        if any(self._parts_near.values()):
            yield self._why(_NEAR), near
        apart = own.asking([self._parts_apart[one] or one for one in terms])
        if any(self._parts_apart.values()):
            yield self._why(_PARTED), apart

    def looser(self) -> Iterator[tuple[str, str]]:
        """Any place and time, the pieces of words that are known, one word less."""
        own, terms = self.loosened, self.loosened.terms
        best = [self._parts_near[one] or self._parts_apart[one] or one for one in terms]
        if own.fields and terms:
            yield _ANYWHERE, own.asking(terms, with_fields=False)
            if best != list(terms):
                yield f"{_ANYWHERE}；{_NEAR}", own.asking(best, with_fields=False)
        yield from self._known_alone()
        if len(terms) > 1:
            for at, term in enumerate(terms):
                yield f"不管“{term}”", own.asking([*best[:at], *best[at + 1 :]])

    def _known_alone(self) -> Iterator[tuple[str, str]]:
        """Pieces of the words that are known, as many as find something; else anywhere."""
        own = self.loosened
        known = {one: known_pieces(one, self._is_known) for one in self._lost}
        all_known = [piece for one in own.terms for piece in known.get(one, (one,))]
        for with_fields in (True, False) if own.fields else (True,):
            pieces = [*all_known]
            while pieces and not self.count(own.asking(pieces, with_fields=with_fields)):
                pieces.remove(min(pieces, key=len))
            if pieces:
                why = f"只查{''.join(f'“{one}”' for one in pieces)}"
                asked = own.asking(pieces, with_fields=with_fields)
                yield why if with_fields else f"{_ANYWHERE}；{why}", asked
                return

    def in_file_names(self) -> Iterator[tuple[str, str]]:
        """Names of files and folders that hold the words, else their parts."""
        own, terms = self.loosened, self.loosened.terms
        whole = own.asking([f"文件名:{one}" for one in terms])
        if terms and self.count(whole):
            yield self._why(_IN_NAME), whole
        elif terms:
            parts = [f"文件名:{part}" for one in terms for part in self._halves(one)]
            yield self._why(_IN_NAME), own.asking(parts)

    def _is_known(self, piece: str) -> bool:
        return self.count(piece) > 0

    def _why(self, more: str = "") -> str:
        return "；".join(filter(None, (_FILTERED if self.loosened.fields else "", more))) or (
            "去掉问话里的字"
        )

    @cached_property
    def _lost(self) -> tuple[str, ...]:
        """Terms that stand nowhere."""
        return tuple(one for one in self.loosened.terms if not self.count(one))

    @cached_property
    def _parts_near(self) -> dict[str, str]:
        """For each term that stands nowhere its parts close together, if they do: 冬春…救助."""
        return {
            one: self._best(one, "…") if one in self._lost else "" for one in self.loosened.terms
        }

    @cached_property
    def _parts_apart(self) -> dict[str, str]:
        return {
            one: self._best(one, " ") if one in self._lost else "" for one in self.loosened.terms
        }

    def _best(self, term: str, between: str) -> str:
        """The way to part a term that finds most, of two parts before of three."""
        for size in (2, 3):
            ways = [between.join(way) for way in ways_to_part(term) if len(way) == size]
            counts = [(self.count(way), way) for way in ways]
            best = max(counts, key=lambda one: one[0], default=(0, ""))
            if best[0]:
                return best[1]
        return ""

    def _variants(self) -> Iterator[list[str]]:
        """The terms with another word in place of one that means the same."""
        made = 0
        for at, term in enumerate(self.loosened.terms):
            for other in self._said_otherwise(term):
                if made < _MOST_VARIANTS:
                    made += 1
                    yield [*self.loosened.terms[:at], other, *self.loosened.terms[at + 1 :]]

    def _said_otherwise(self, term: str) -> Iterator[str]:
        for group in self.synonyms.groups:
            for word in sorted(group, key=len, reverse=True):
                if word in term and not (word == term and self._finds_synonyms(group)):
                    yield from (term.replace(word, other) for other in group if other != word)
                    break

    def _finds_synonyms(self, group: tuple[str, ...]) -> bool:
        """Whether one word of a group finds what the others find: they are searched together."""
        return len({self.count(word) for word in group}) == 1

    def _halves(self, term: str) -> tuple[str, ...]:
        ways = [way for way in ways_to_part(term) if len(way) == 2]
        counts = [(self.count(" ".join(f"文件名:{part}" for part in way)), way) for way in ways]
        best = max(counts, key=lambda one: one[0], default=(0, (term,)))
        return best[1] if best[0] else (term,)
