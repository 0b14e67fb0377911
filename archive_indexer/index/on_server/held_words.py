"""Which of the documents that have a common word's grams do not hold the word: found once.

The grams of a word of three characters and more tell which documents may hold it; whether one
does, its text tells. For 家庭成员 that would be the texts of nearly all, at every question. A
document never changes under its number, so what was found of it holds for good: kept is, for each
county, up to which number all were looked at, and the few that have the grams and not the word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive_indexer.index.on_server.gram_codes import codes_of, is_told_by_codes
from archive_indexer.index.on_server.schema import DOCUMENT, SCHEMA
from archive_indexer.index.on_server.sql import Sql, all_of
from archive_indexer.queries import AllOf, Condition, Word
from minzheng.database.statements import ask, tell

#: From how many hits on a word is common; what is typed of a person has fewer.
MANY = 500
_LONGEST = 20  #: characters
_MOST_WITHOUT = 1000  #: beyond, a look at the texts is as cheap
_KNOWN = f"""
    SELECT w.word, c.name, h.upto, h.without, c.newest
    FROM unnest(%s::text[]) AS w(word) CROSS JOIN {SCHEMA}.county c
    LEFT JOIN {SCHEMA}.held h ON h.word = w.word AND h.county = c.name
    WHERE {{}}
"""
_MAY_HOLD = f"SELECT count(*) FROM (SELECT FROM {DOCUMENT} d WHERE {{}} LIMIT %s) d"
_LOOKED_AT = f"""
    WITH looked AS MATERIALIZED (
        SELECT d.county, d.number, strpos(d.folded, %s) > 0 AS holds FROM (
            SELECT d.county, d.number, d.folded FROM {DOCUMENT} d
            LEFT JOIN {SCHEMA}.held h ON h.word = %s AND h.county = d.county
            WHERE d.number > coalesce(h.upto, 0) AND {{}} OFFSET 0
        ) d
    )
"""
_LEARNT = f"""
    INSERT INTO {SCHEMA}.held AS kept (word, county, upto, without)
    SELECT %s, c.name, c.newest, array_cat(coalesce(h.without, ARRAY[]::bigint[]), l.without)
    FROM {SCHEMA}.county c
    LEFT JOIN {SCHEMA}.held h ON h.word = %s AND h.county = c.name
    LEFT JOIN (
        SELECT county, array_agg(number) FILTER (WHERE NOT holds) AS without
        FROM looked GROUP BY county
    ) l ON l.county = c.name
    WHERE (%s OR (SELECT count(*) FILTER (WHERE holds) FROM looked) >= %s) AND {{}}
    ON CONFLICT (word, county) DO UPDATE SET upto = excluded.upto, without = excluded.without
    WHERE kept.upto < excluded.upto AND cardinality(excluded.without) <= {_MOST_WITHOUT}
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What was found of a word: of each county all up to a number, but some, hold it."""

    upto: Mapping[str, int] = field(default_factory=dict)
    without: tuple[int, ...] = ()
    is_of_all: bool = False  #: what is told of the one county holds wherever is looked
    behind: int = 0  #: how many documents came since, at most, in one county

    def told(self, whole: Sql) -> Sql:
        """That a document with the word's grams holds it; only of newer ones the text is read."""
        if not self.upto:
            return whole
        known, numbers = self._upto()
        newer = whole.within(f"(d.number <= {known} OR {{}})")
        told = Sql(newer.text, (*numbers, *newer.values))
        if not self.without:
            return told
        values = (*told.values, list(self.without))
        return Sql(f"{told.text} AND d.number <> ALL(%s::bigint[])", values)

    def _upto(self) -> tuple[str, tuple[str | int, ...]]:
        if self.is_of_all:
            return "%s", tuple(self.upto.values())
        known = "WHEN %s THEN %s " * len(self.upto)
        numbers = tuple(one for pair in self.upto.items() for one in pair)
        return f"CASE d.county {known}ELSE 0 END", numbers


NOTHING = Held()
HeldWords = Mapping[str, Held]
NOTHING_KNOWN: HeldWords = {}


def words_of(condition: Condition) -> list[str]:
    """The words that every hit holds and whose grams do not tell it, in a fixed order."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    words = {part.text for part in parts if isinstance(part, Word)}
    return sorted(one for one in words if len(one) <= _LONGEST and not is_told_by_codes(one))


@dataclass(frozen=True, slots=True)
class Where:
    """Whose documents are asked: in which counties they lie, and which of them are seen."""

    counties: Sql  #: of a row `c` of the counties
    documents: Sql  #: of a document `d`, in which of them it lies
    seen: Sql  #: of a document `d`, whether it is seen at all


def held_words(words: Iterable[str], where: Where, many: int = MANY) -> dict[str, Held]:
    """What was found of these words, now or before; a common one's texts are looked at once."""
    wanted = list(words)
    held = _held(wanted, where)
    new = [word for word in wanted if _is_worth_a_look(word, held[word], where, many)]
    for word in new:
        _look(word, where, is_known=bool(held[word].upto), many=many)
    return {**held, **_held(new, where)}


def forget() -> None:
    """After somebody was erased: not even a word that was asked for stays."""
    tell(f"DELETE FROM {SCHEMA}.held")


def _held(words: list[str], where: Where) -> dict[str, Held]:
    if not words:
        return {}
    upto: dict[str, dict[str, int]] = {word: {} for word in words}
    without: dict[str, list[int]] = {word: [] for word in words}
    behind = dict.fromkeys(words, 0)
    counties: set[str] = set()
    asked = where.counties.within(_KNOWN)
    for word, county, number, lack_it, newest in ask(asked.text, [words, *asked.values]):
        counties.add(county)
        if number is not None:
            upto[word][county] = number
            without[word] += lack_it
        behind[word] = max(behind[word], newest - (number or 0))
    one = len(counties) == 1
    return {word: Held(upto[word], tuple(without[word]), one, behind[word]) for word in words}


def _is_worth_a_look(word: str, held: Held, where: Where, many: int) -> bool:
    """Whether much came since; of a word never looked for, whether many may hold it."""
    if held.behind < many:
        return False
    if held.upto:
        return True
    may_hold = all_of([where.documents, where.seen, _grams(word)]).within(_MAY_HOLD)
    return bool(ask(may_hold.text, [*may_hold.values, many])[0][0] >= many)


def _look(word: str, where: Where, *, is_known: bool, many: int) -> None:
    """Look at the texts of what is new, and keep what they tell where the word is common."""
    looked = all_of([where.documents, _grams(word)]).within(_LOOKED_AT)
    learnt = where.counties.within(_LEARNT)
    values = [word, word, *looked.values, word, word, is_known, many, *learnt.values]
    tell(looked.text + learnt.text, values)


def _grams(word: str) -> Sql:
    return Sql("d.grams @> %s::int4[]", (sorted(codes_of(word)),))
