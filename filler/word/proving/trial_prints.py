"""With which values a template is tried before anybody's are printed by it.

Tables with no row, one, two and many; every text full, every text blank, and each text
that a condition compares with.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from filler.word.hidden_values import mark_value
from filler.word.word_texts import as_run

TRIAL_PHOTO = f"photo:{'0' * 64}:4x3"
TRIAL_ANNEX = f"annex:{'0' * 64}:试印.docx"
_ROWS = (2, 0, 1)
_MANY = 5
_MOST_WORDS = 20


def trial_contexts(
    used: set[str],
    words: Mapping[str, list[str]],
    photos: Iterable[str],
    rich: Iterable[str],
    most_rows: int,
    *,
    annexes: Iterable[str] = (),
) -> Iterator[dict[str, Any]]:
    """Values for each trial; the first one is full and has two rows.

    Args:
        used: names of the tags, columns as `members.m_age`.
        words: what conditions compare each name with.
        photos: names of photos, those of columns as `members.m_photo`.
        rich: names whose values are runs.
        most_rows: of one table.
        annexes: names of annexes.
    """
    files = dict.fromkeys(photos, TRIAL_PHOTO) | dict.fromkeys(annexes, TRIAL_ANNEX)
    rich = tuple(rich)
    has_rows = any("." in name for name in used)
    for count in (*_ROWS, min(_MANY, most_rows)) if has_rows else _ROWS[:1]:
        yield _context(used, {}, count, files, rich)
    for count in (2, 0) if has_rows else (0,):
        yield dict.fromkeys(_single(used), "") | _tables(used, dict.fromkeys(used, ""), count)
    most = max(map(len, words.values()), default=0)
    for number in range(min(most, _MOST_WORDS)):
        chosen = {name: found[number] for name, found in words.items() if number < len(found)}
        yield _context(used, chosen, 2, files, rich)


def _context(
    used: set[str],
    chosen: Mapping[str, str],
    count: int,
    files: Mapping[str, str],
    rich: Iterable[str],
) -> dict[str, Any]:
    texts = {name: chosen.get(name, mark_value(name.rpartition(".")[2])) for name in used}
    texts |= files
    single = {name: text for name, text in texts.items() if "." not in name}
    single |= {name: as_run(mark_value(name)) for name in rich}
    return single | _tables(used, texts, count)


def _single(used: set[str]) -> list[str]:
    return [name for name in used if "." not in name]


def _tables(used: set[str], texts: Mapping[str, str], count: int) -> dict[str, Any]:
    """Every table with so many rows."""
    rows: dict[str, dict[str, str]] = {}
    for name in used:
        table, found, column = name.partition(".")
        if found:
            rows.setdefault(table, {})[column] = texts[name]
    return {table: [row] * count for table, row in rows.items()}
