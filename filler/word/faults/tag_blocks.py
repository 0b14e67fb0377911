"""The tags of a template in the order of the page, and which end belongs to which start."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from filler.word.faults.template_text import PlacedText

_TAG = re.compile(
    r"\{(?P<open>[{%])[-+]?(?P<gap>\s*)(?:(?P<prefix>tr|tc|p|r)\s+)?"
    r"(?P<words>(?:(?!\{[{%])[^\n])*?)\s*[-+]?(?P<close>[}%])\}"
)
_LOOP = re.compile(r"for\s+(\w+)\s+in\s+(\w+|\[[^\[\]]*\])\s*")
_ENDS = {"endfor": "for", "endif": "if"}
_MIDDLES = ("else", "elif")


@dataclass(frozen=True, slots=True, eq=False)
class TagAt:
    """One tag where it stands."""

    text: PlacedText
    start: int
    end: int
    is_block: bool
    prefix: str  #: "", p, tr, tc or r
    has_gap: bool  #: `{% tr` instead of `{%tr`
    words: str  #: for m in members

    @property
    def written(self) -> str:
        """As it stands in the template."""
        return self.text.text[self.start : self.end]

    @property
    def keyword(self) -> str:
        """for, if, elif, else, endfor, endif; empty for a field."""
        return self.words.split()[0] if self.is_block and self.words else ""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Tags of one part, paired."""

    pairs: tuple[tuple[TagAt, TagAt], ...]
    unclosed: tuple[TagAt, ...]
    unopened: tuple[TagAt, ...]
    loops_at: Mapping[TagAt, Mapping[str, str]]  #: loop variables and their tables at each tag


@dataclass(slots=True)
class _Pairing:
    open: list[TagAt] = field(default_factory=list)
    pairs: list[tuple[TagAt, TagAt]] = field(default_factory=list)
    unopened: list[TagAt] = field(default_factory=list)
    loops_at: dict[TagAt, dict[str, str]] = field(default_factory=dict)

    def take(self, tag: TagAt) -> None:
        """Open, close, or look at what is open."""
        self.loops_at[tag] = self._loops()
        if tag.keyword in _ENDS.values():
            self.open.append(tag)
        elif tag.keyword in _ENDS:
            self._close(tag)
        elif tag.keyword in _MIDDLES and not self._may_divide(tag):
            self.unopened.append(tag)

    def _may_divide(self, tag: TagAt) -> bool:
        """A condition has other branches; a loop has one for when there are no rows."""
        around = self.open[-1].keyword if self.open else ""
        return around == "if" or (around == "for" and tag.keyword == "else")

    def _close(self, tag: TagAt) -> None:
        if self.open and self.open[-1].keyword == _ENDS[tag.keyword]:
            self.pairs.append((self.open.pop(), tag))
        else:
            self.unopened.append(tag)

    def _loops(self) -> dict[str, str]:
        loops: dict[str, str] = {}
        for tag in self.open:
            if match := _LOOP.match(tag.words):
                table = match[2] if match[2].isidentifier() else ""  # words written in the tag
                loops |= {match[1]: table, "loop": ""}
        return loops


def find_tags(text: PlacedText) -> Iterator[TagAt]:
    """The whole tags of a paragraph."""
    for match in _TAG.finditer(text.text):
        is_block = match["open"] == "%"
        if match["close"] != ("%" if is_block else "}"):
            continue
        prefix, words = match["prefix"] or "", match["words"].strip()
        if not is_block and match["gap"]:  # `{{ r or x }}` prints a field named r
            prefix, words = "", f"{prefix} {words}".strip()
        has_gap = bool(prefix and match["gap"])
        yield TagAt(text, match.start(), match.end(), is_block, prefix, has_gap, words)


def pair_blocks(tags: Iterable[TagAt]) -> Blocks:
    """Pair starts with ends, as Jinja will."""
    pairing = _Pairing()
    for tag in tags:
        pairing.take(tag)
    return Blocks(
        tuple(pairing.pairs), tuple(pairing.open), tuple(pairing.unopened), pairing.loops_at
    )
