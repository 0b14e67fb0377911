"""Which of the documents that have a common word's grams do not hold the word: found once.

The grams of a word of three characters and more tell which documents may hold it; whether one
does, its text tells. For 家庭成员 that would be the texts of nearly all, at every question. A
document never changes under its number, so what was found of it holds for good: kept is up to
which number all were looked at, and the few that have the grams and not the word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive_indexer.index.on_server.gram_codes import codes_of, is_told_by_codes
from archive_indexer.index.on_server.schema import SCHEMA
from archive_indexer.index.on_server.sql import Sql
from archive_indexer.queries import AllOf, Condition, Word
from minzheng.database.statements import ask, tell

#: From how many hits on a word is common; what is typed of a person has fewer.
MANY = 500
_LONGEST = 20  #: characters
_MOST_WITHOUT = 1000  #: beyond, a look at the texts is as cheap
_KNOWN = f"""
    SELECT word, upto, without, (SELECT max(number) FROM {SCHEMA}.document)
    FROM {SCHEMA}.held WHERE word = ANY(%s::text[])
"""
_LEARN = f"""
    INSERT INTO {SCHEMA}.held AS h
    SELECT %s, (SELECT coalesce(max(number), 0) FROM {SCHEMA}.document), %s::bigint[] || ARRAY(
        SELECT number FROM (
            SELECT d.number, d.folded FROM {SCHEMA}.document d
            WHERE d.number > %s AND d.grams @> %s::int4[] OFFSET 0
        ) d WHERE strpos(d.folded, %s) = 0
    )
    ON CONFLICT (word) DO UPDATE SET upto = excluded.upto, without = excluded.without
    WHERE h.upto = %s AND cardinality(excluded.without) <= {_MOST_WITHOUT}
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What was found of a word: all documents up to a number, but these, hold it."""

    upto: int = 0
    without: tuple[int, ...] = ()
    newest: int = 0  #: the last document there is

    def told(self, whole: Sql) -> Sql:
        """That a document with the word's grams holds it; only of newer ones the text is read."""
        if not self.upto:
            return whole
        newer = whole.within("(d.number <= %s OR {})")
        told = Sql(newer.text, (self.upto, *newer.values))
        if not self.without:
            return told
        values = (*told.values, list(self.without))
        return Sql(f"{told.text} AND d.number <> ALL(%s::bigint[])", values)


NOTHING = Held()
HeldWords = Mapping[str, Held]
NOTHING_KNOWN: HeldWords = {}


def words_of(condition: Condition) -> list[str]:
    """The words that every hit holds and whose grams do not tell it, in a fixed order."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    words = {part.text for part in parts if isinstance(part, Word)}
    return sorted(one for one in words if len(one) <= _LONGEST and not is_told_by_codes(one))


def held_words(words: Iterable[str]) -> dict[str, Held]:
    """What was found of these words before."""
    wanted = list(words)
    rows = ask(_KNOWN, [wanted]) if wanted else []
    return {word: Held(upto, tuple(without), newest or 0) for word, upto, without, newest in rows}


def learn(words: Iterable[str], known: HeldWords, many: int = MANY) -> None:
    """Look at the texts of what is new, where that is much, and keep what they tell."""
    for word in words:
        held = known.get(word, NOTHING)
        if held is NOTHING or held.newest - held.upto >= many:
            grams = sorted(codes_of(word))
            tell(_LEARN, [word, list(held.without), held.upto, grams, word, held.upto])


def forget() -> None:
    """After somebody was erased: not even a word that was asked for stays."""
    tell(f"DELETE FROM {SCHEMA}.held")
