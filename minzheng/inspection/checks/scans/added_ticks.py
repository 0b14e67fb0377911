"""A choice that is ticked on the scan of a document and was not when it was issued (补4).

A pen adds ticks and takes none away: only a box that was printed empty and is ticked now is
told. Choices like 是 and 否 stand in many places: a line has to hold another choice of the same
list, and a word that is ticked anywhere in the document tells nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from minzheng.inspection.checks.unlike_issued import TICK, ReadText, Unlike, plain, texts_in

_TICKED = "☑☒"  #: a ✗ may say either, and was not printed
_CHOICE = re.compile(r"([□☑☒])([^□☑☒]+)")
_SURE = 0.9  #: of a line
_FEWEST = 2  #: choices of a list in one line
_PARTED = "、"


def added_ticks(whole: Mapping[str, Any], lines: Sequence[ReadText]) -> tuple[Unlike, ...]:
    """The choices of a document that are ticked on its scan alone.

    Args:
        whole: all texts of the document.
        lines: of the scan, without signatures.
    """
    issued = [choices for text in texts_in(whole) if len(choices := _choices_in(text)) >= _FEWEST]
    ticked = {word for choices in issued for word in _ticked(choices)}
    read = [_choices_in(line.text) for line in lines if line.confidence >= _SURE]
    return tuple(dict.fromkeys(_added(issued, ticked, read)))


def _added(
    issued: Iterable[Mapping[str, bool]],
    ticked: set[str],
    read: Sequence[Mapping[str, bool]],
) -> Iterator[Unlike]:
    for choices in issued:
        for line in read:
            here = {word: is_ticked for word, is_ticked in line.items() if word in choices}
            new = [word for word in _ticked(here) if word not in ticked]
            if new and len(here) >= _FEWEST:
                yield Unlike(TICK, _PARTED.join(new), _PARTED.join(_ticked(choices)))


def _choices_in(text: str) -> dict[str, bool]:
    """The choices of a text, and whether each is ticked."""
    return {word: sign in _TICKED for sign, word in _CHOICE.findall(plain(text))}


def _ticked(choices: Mapping[str, bool]) -> list[str]:
    return [word for word, is_ticked in choices.items() if is_ticked]
