"""The manual: its chapters, for whom they are, which page each of its places explains.

The manual says so itself, in comments of its own:

    ## 三、一次出几百份（经办人）
    <!-- 给 县级经办 镇级经办 -->
    <!-- 页面 batches batch -->

A page is named as in `urls.py`; `home@管理员` is the page as one role sees it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from PIL import Image

from minzheng.county.shipped import shipped
from minzheng.web.help.markdown_text import Piece, joined, pieces_of

MANUAL = "docs/使用手册.md"
PICTURES = "docs/pictures"
_SAID = re.compile(r"\s*<!-- (?P<what>给|页面) (?P<names>.+?) -->\s*")
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the manual: the chapter, and the piece of it that one begins to read at."""

    chapter: int
    piece: int

    @property
    def address(self) -> str:
        """Where it is read."""
        return f"{reverse('help-chapter', args=[self.chapter])}#{name_of(self.chapter, self.piece)}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its number, whom it is for, what it says."""

    number: int
    title: str
    roles: frozenset[str]
    pieces: tuple[Piece, ...]

    @property
    def html(self) -> SafeString:
        """The chapter without its title, every piece with its name."""
        drawn = joined(self.pieces, lambda piece: name_of(self.number, piece))
        return mark_safe(drawn)  # every text in it is escaped by markdown_text


@dataclass(frozen=True, slots=True)
class Found:
    """A piece in which the words occur, and how it reads around the first of them."""

    chapter: Chapter
    place: Place
    excerpt: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """All chapters, and where each page is explained."""

    about: str
    chapters: tuple[Chapter, ...]
    pages: dict[str, Place]

    def chapter(self, number: int) -> Chapter | None:
        """A chapter by its number."""
        return next((one for one in self.chapters if one.number == number), None)

    def place_of(self, page: str, role: str) -> Place | None:
        """Where a page is explained to a role; None when nowhere."""
        return self.pages.get(f"{page}@{role}") or self.pages.get(page)

    def first_for(self, role: str) -> list[Chapter]:
        """The chapters of a role."""
        return [one for one in self.chapters if role in one.roles]

    def find(self, asked: str) -> list[Found]:
        """The pieces in which every word occurs."""
        words = asked.lower().split()
        return [
            _found(chapter, number, piece, words)
            for chapter in self.chapters
            for number, piece in enumerate(chapter.pieces)
            if words and all(one in f"{chapter.title} {piece.words}".lower() for one in words)
        ]


def name_of(chapter: int, piece: int) -> str:
    """The id of a piece, the same on the page of its chapter and on that of the whole."""
    return f"c{chapter}-{piece}"


@cache
def manual() -> Manual:
    """The manual that came with the program."""
    return read_manual(shipped(MANUAL).read_text(encoding="utf-8"))


def picture_file(name: str) -> Path:
    """Where a picture of the manual lies, if there is one of this name."""
    return shipped(PICTURES) / f"{name}.png"


def read_manual(text: str) -> Manual:
    """The manual as it is written."""
    about, *parts = re.split(r"(?m)^## ", text)
    chapters: list[Chapter] = []
    pages: dict[str, Place] = {}
    for number, part in enumerate(parts, start=1):
        title, _, body = part.partition("\n")
        chapter, places = _chapter(number, title.strip(), body.splitlines())
        chapters.append(chapter)
        pages |= places
    told = " ".join(one for one in about.splitlines() if one and not one.startswith("# "))
    return Manual(told, tuple(chapters), pages)


def _chapter(number: int, title: str, lines: Sequence[str]) -> tuple[Chapter, dict[str, Place]]:
    """A chapter, and the pages it explains; a comment belongs to the piece after it."""
    roles: set[str] = set()
    pieces: list[Piece] = []
    places: dict[str, Place] = {}
    for said, names, block in _parts(lines):
        pieces += pieces_of(block, _drawn)
        if said == "给":
            roles |= set(names)
        else:
            places |= {name: Place(number, len(pieces)) for name in names}
    return Chapter(number, title, frozenset(roles), tuple(pieces)), places


def _parts(lines: Sequence[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each comment of ours with the lines before it, and the last lines with none."""
    begun: list[str] = []
    for line in lines:
        said = _SAID.fullmatch(line)
        if said is None:
            begun.append(line)
            continue
        yield said["what"], said["names"].split(), begun
        begun = []
    yield "页面", [], begun


def _drawn(alt: str, address: str) -> str:
    """A picture with its size, so that the text does not jump when it comes."""
    name = Path(address).stem
    file = picture_file(name)
    if not file.is_file():
        return f'<span class="hint">（图：{escape(alt)}）</span>'
    width, height = _size(file)
    return (
        f'<img src="{reverse("help-picture", args=[name])}" alt="{escape(alt)}"'
        f' width="{width}" height="{height}" loading="lazy">'
    )


def _size(file: Path) -> tuple[int, int]:
    with Image.open(file) as picture:
        return picture.size


def _found(chapter: Chapter, number: int, piece: Piece, words: Sequence[str]) -> Found:
    low = piece.words.lower()
    first = min((at for one in words if (at := low.find(one)) >= 0), default=0)
    start = max(0, first - _AROUND)
    end = first + 3 * _AROUND
    excerpt = piece.words[start:end] + ("…" if end < len(piece.words) else "")
    low = excerpt.lower()
    spans = sorted(one.span() for word in words for one in re.finditer(re.escape(word), low))
    marks: list[tuple[int, int]] = []
    for span in spans:
        if not marks or span[0] >= marks[-1][1]:
            marks.append(span)
    return Found(chapter, Place(chapter.number, number), excerpt, tuple(marks))
