"""Hand-filled forms of our own: what is found, what is sent to a person, what is silently wrong.

`python -m benchmarks.hand_filled FOLDER [--count 24] [--seed N]`. FOLDER holds hands: a folder
each with the files of a handwriting-like font or the stroke data of `hanzi-writer-data`;
docs/benchmarks.md tells where they come from. A word counts when it stands on the page's text
exactly; it is sent to a person when a doubtful field lies where it was written, and of its kind
or of words: on a photo the next cell is no further off than the word itself.

Every page is read as one of a form of ours whose people the records know, do not know (but
namesakes of their families that differ in one sign, telephones that differ in one digit), or of
whom nothing is known at all; and as any page.
"""

import argparse
import importlib
import json
import os
import re
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import django

from archive_indexer.reading.hand.name_odds import NOBODY, PeopleNear, people_near
from archive_indexer.reading.manner import Manner
from archive_indexer.reading.read_page import read_page_image
from benchmarks import machine
from benchmarks.signed_pages import manner_of_forms
from minzheng.external.ocr.ocr_engine import load_engine

_SEED = 4711  #: pages that nobody looked at while the rules of reading were made
#: Whether the records know the people of a page; None: they know nobody.
_KNOWN: dict[str, bool | None] = {
    "people known": True, "others known": False, "nobody known": None,
}  # fmt: skip
_KINDS = ("id", "phone", "name", "amount", "other")


@dataclass
class Seen:
    """Words of one kind: how many, found, sent to a person, neither."""

    words: int = 0
    found: int = 0
    sent: int = 0
    silent: int = 0


@dataclass
class Figures:
    """Of all pages read in one way."""

    kinds: dict[str, Seen] = field(default_factory=lambda: {kind: Seen() for kind in _KINDS})
    hands: Counter[tuple[str, bool]] = field(default_factory=Counter)
    seconds: float = 0.0
    sent_for_nothing: int = 0  #: doubtful fields where nothing was written


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hands", type=Path)
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--seed", type=int, default=_SEED)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    # The forms need Django, and Django its settings, before they are imported.
    papers = importlib.import_module("script.samples.hand_filled")
    hands = importlib.import_module("script.samples.handwriting").find_hands(options.hands)
    print(machine(), *(hand.name for hand in hands))
    plain = manner_of_forms()
    load_engine()
    ways = {name: Figures() for name in (*_KNOWN, "as any page")}
    for page in papers.make_hand_pages(options.count, options.seed, hands):
        for name, are_known in _KNOWN.items():
            _look(page, replace(plain, people=_people(papers, page, options.seed, are_known)),
                  ways[name])  # fmt: skip
        _look(page, Manner(plain.sign_fields), ways["as any page"])
    for name, figures in ways.items():
        print(f"{name}, {figures.seconds / options.count:.2f} s CPU a page")
        for kind, seen in figures.kinds.items():
            print(f"  {kind:7}", _shown(seen))
        print("  doubtful fields where nothing was written:", figures.sent_for_nothing)
    _print_hands(ways["people known"])
    print(json.dumps({name: _told(figures) for name, figures in ways.items()}))


def _people(papers: Any, page: Any, seed: int, are_known: bool | None) -> PeopleNear:
    if are_known is None:
        return NOBODY
    return people_near(
        papers.village_of(page, seed, are_known=are_known),
        papers.phones_of(page, seed, are_known=are_known),
    )


def _print_hands(figures: Figures) -> None:
    for hand in sorted({hand for hand, _ in figures.hands}):
        right = figures.hands[hand, True]
        print(f"  {hand}: {right} of {right + figures.hands[hand, False]}")


def _told(figures: Figures) -> dict[str, dict[str, float | None]]:
    """Counts and shares by kind; no share of a kind that was not written."""
    return {
        kind: {
            **vars(seen),
            **{
                f"{what}_share": round(getattr(seen, what) / seen.words, 4) if seen.words else None
                for what in ("found", "sent", "silent")
            },
        }
        for kind, seen in figures.kinds.items()
    }


def _shown(seen: Seen) -> str:
    if not seen.words:
        return "—"
    return (
        f"{seen.found} of {seen.words} = {seen.found / seen.words:.1%}, "
        f"to a person {seen.sent / seen.words:.1%}, silently wrong {seen.silent}"
    )


def _look(page: Any, manner: Manner, figures: Figures) -> None:
    begun = time.process_time()
    read = read_page_image(page.image, 1, manner=manner)
    figures.seconds += time.process_time() - begun
    text = re.sub(r"\s", "", read.text)
    doubted = [one for one in read.fields if one.is_doubtful]
    met = set()
    for word in page.words:
        seen = figures.kinds[word.kind]
        is_found = word.text in text
        beside = {number for number, one in enumerate(doubted) if _meets(page, word.box, one.box)}
        at = {number for number in beside if _may_be(word.kind, doubted[number].kind)}
        met |= beside
        seen.words += 1
        seen.found += is_found
        seen.sent += bool(at)
        seen.silent += not is_found and not at
        figures.hands[page.hand, is_found] += word.kind != "other"
    figures.sent_for_nothing += len(doubted) - len(met)


def _may_be(written: str, asked: str) -> bool:
    """Whether a field of one kind may be about a word of another."""
    return written == "other" or asked in (written, "text")


def _meets(page: Any, written: tuple[float, ...], box: tuple[float, ...]) -> bool:
    """Whether two places meet; a skewed or tilted scan moves them by some millimetres."""
    off = 0.06 if page.condition.tilt else 0.02 if page.condition.skew else 0.004
    return (
        written[0] - off < box[2]
        and box[0] < written[2] + off
        and written[1] - off / 2 < box[3]
        and box[1] < written[3] + off / 2
    )


if __name__ == "__main__":
    main()
