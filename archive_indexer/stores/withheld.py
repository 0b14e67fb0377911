"""Contents that are withheld: whole, or the rows of one person blanked.

Whatever is read of them, now or anew, comes through `without_withheld` before it is kept, so
neither a new reading nor a new index brings it back. What one of several counties withholds is
left out of what is told there (`for_place`), and of what is kept where no other county has the
content (decision 0039). To know the person again only keyed hashes are kept: the key is the
secret key of this data folder.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from django.utils.crypto import salted_hmac

from archive_indexer.documents import ExtractedPage, Extraction, TextLine
from archive_indexer.models import Withheld
from archive_indexer.stores.confirmed import forget_confirmed
from minzheng.county.personal_numbers import written_numbers
from minzheng.county.town_names import county_of, lies_in
from minzheng.county.writing.chinese_text import fold_for_search, fold_with_offsets
from minzheng.county.writing.id_card import to_eighteen
from minzheng.prepared import Prepared

REASON = "已按个人信息处理规则停止处理：不再识别、查找和显示"
_BLANK = "■"
_LONGEST_ROW = 80  #: a longer line is a sentence, of which only name and numbers are blanked
_BARE_NAME = 16  #: a row of no more signs holds a name and its label only
_BELOW = 60
_LEVEL = 0.5  #: of a line's height, to stand in one row

_HAN = re.compile("[㐀-鿿]+")
_SEXES = "男女"

Span = tuple[int, int]

_BY_COUNTIES = Prepared(
    lambda sha256: Withheld.objects.filter(sha256=sha256).exclude(county="").order_by("pk")
)


def keyed(text: str) -> str:
    """The hash by which a name or number is known again in this data folder only."""
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


@cache
def _key() -> bytes:
    return salted_hmac("archive_indexer.withheld", "", algorithm="sha256").digest()


@dataclass(frozen=True)
class PersonMarks:
    """A person as hashes: enough to find name and number in a text, not to tell them."""

    name: str
    length: int  #: of the name
    number: str  #: of the ID number in 18 digits; empty when none is known

    @classmethod
    def of(cls, name: str, id_no: str) -> "PersonMarks":
        """The hashes of a name and an ID number."""
        folded = fold_for_search(name)
        return cls(keyed(folded), len(folded), keyed(id_no) if id_no else "")

    @property
    def person(self) -> str:
        """One hash for the two."""
        return keyed(f"{self.name}|{self.number}")

    def as_json(self) -> dict[str, str | int]:
        """As the table keeps them."""
        return {"name": self.name, "length": self.length, "number": self.number}

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}

    def find_in(self, text: str) -> tuple[Span, ...]:
        """Where the name and the number stand, however they are written.

        A name in a row with another's ID number, or before one, is another's of that name.
        """
        numbers = tuple(self._numbers(text))
        names = (span for span in self._names(text) if not self._is_anothers(text, span, numbers))
        return (*names, *numbers)

    def _is_anothers(self, text: str, span: Span, own: tuple[Span, ...]) -> bool:
        if not self.number:
            return False
        start, end = _row_around(text, span)
        if end - start <= _BARE_NAME:  # the number stands in a row below: 姓名 / 身份证号
            end = min(len(text), end + _BELOW)
        others = _others_in(text[start:end], [(a - start, b - start) for a, b in own])
        return others and not any(start <= a < end for a, _ in own)

    def _names(self, text: str) -> Iterator[Span]:
        folded, offsets = fold_with_offsets(text)
        for at in range(len(folded) - self.length + 1):
            span = offsets[at], offsets[at + self.length - 1] + 1
            if self._is_name(folded[at : at + self.length]) and not _is_longer(text, span):
                yield span

    def _is_name(self, piece: str) -> bool:
        if not self.length or piece[0].isascii():
            return False
        if piece not in self._known:
            self._known[piece] = keyed(piece) == self.name
        return self._known[piece]

    def _numbers(self, text: str) -> Iterator[Span]:
        for one in written_numbers(text) if self.number else ():
            if keyed(to_eighteen(one.number)) == self.number:
                yield one.start, one.end


def note_withheld(
    sha256: str,
    marks: PersonMarks,
    *,
    is_whole: bool,
    for_keeper: bool,
    by: str,
    county: str = "",
) -> None:
    """Withhold a content from now on; what was withheld as a whole stays so.

    With a county (`平利县·`) it is withheld in that one alone.
    """
    if not county:
        forget_confirmed(sha256)
    before = Withheld.objects.filter(sha256=sha256, person=marks.person, county=county).first()
    Withheld.objects.update_or_create(
        sha256=sha256,
        person=marks.person,
        county=county,
        defaults={
            "is_whole": is_whole or bool(before and before.is_whole),
            "marks": marks.as_json(),
            "for_keeper": for_keeper,
            "by": by,
        },
    )


def without_withheld(sha256: str, extraction: Extraction) -> Extraction:
    """What may be kept of what was read from a content, wherever it lies."""
    return without(Withheld.objects.filter(sha256=sha256, county=""), extraction)


def withheld_by_counties(sha256: str) -> list[Withheld]:
    """What single counties withhold of a content; in an office of one county nothing."""
    return _BY_COUNTIES.all(sha256)


def withheld_by_some_county() -> frozenset[str]:
    """The contents of which a county withholds something."""
    return frozenset(Withheld.objects.exclude(county="").values_list("sha256", flat=True))


def for_place(sha256: str, town: str, extraction: Extraction) -> Extraction:
    """What of a content may be told of a paper of a town: not what its county withholds."""
    if not county_of(town):
        return extraction
    return without(
        (one for one in withheld_by_counties(sha256) if lies_in(town, one.county)), extraction
    )


def seen_by_nobody(rows: Collection[Withheld], towns: Collection[str]) -> list[Withheld]:
    """What is withheld at every place where a content lies that is not withheld there whole."""
    whole = [one.county for one in rows if one.is_whole]
    seeing = [town for town in towns if not _lies_in_any(town, whole)]
    gone = []
    for one in rows:
        counties = [other.county for other in rows if other.person == one.person]
        if all(_lies_in_any(town, counties) for town in seeing):
            gone.append(one)
    return gone


def _lies_in_any(town: str, counties: Iterable[str]) -> bool:
    return any(lies_in(town, county) for county in counties)


def without(rows: Iterable[Withheld], extraction: Extraction) -> Extraction:
    """A reading without what some rows withhold; itself when that is nothing."""
    withheld = list(rows)
    if any(one.is_whole for one in withheld):
        return Extraction(extraction.kind, (), REASON)
    marks = [PersonMarks(**one.marks) for one in withheld]
    return blanked(extraction, marks) if marks else extraction


def is_withheld(extraction: Extraction) -> bool:
    """Whether nothing of a content may be shown or found."""
    return extraction.reason == REASON


def blanked(extraction: Extraction, marks: Iterable[PersonMarks]) -> Extraction:
    """A reading without the rows of some people."""
    pages = extraction.pages
    for one in marks:
        pages = tuple(_blanked_page(page, one.find_in) for page in pages)
    return replace(extraction, pages=pages)


def _blanked_page(page: ExtractedPage, find: Callable[[str], tuple[Span, ...]]) -> ExtractedPage:
    """The person's rows of the text, and every cell that stands in a row with them."""
    found = find(page.text)
    hits = [line for line in page.lines if _is_hit(line, page.lines, find)]
    if not found and not hits:
        return page
    lines = tuple(_blanked_line(line, hits, find) for line in page.lines)
    text = _blanked_text(page.text, found)
    return replace(page, text=text, lines=lines, fields=())


def _is_hit(
    line: TextLine, lines: tuple[TextLine, ...], find: Callable[[str], tuple[Span, ...]]
) -> bool:
    """Whether the person stands in a line; a cell is judged with the row it stands in."""
    if not find(line.text):
        return False
    row = " ".join((line.text, *(one.text for one in lines if _is_level(line, one))))
    return bool(find(row))


def _blanked_text(text: str, spans: tuple[Span, ...]) -> str:
    """Each row that holds a span: whole when it is short and names no other number."""
    hidden: set[int] = set()
    for start, end in spans:
        row, row_end = _row_around(text, (start, end))
        others = _others_in(text[row:row_end], [(a - row, b - row) for a, b in spans])
        is_own_row = row_end - row <= _LONGEST_ROW and not others
        hidden.update(range(row, row_end) if is_own_row else range(start, end))
    return "".join(
        _BLANK if at in hidden and not sign.isspace() else sign for at, sign in enumerate(text)
    )


def _is_longer(text: str, span: Span) -> bool:
    """Whether one more character, and only one, makes another name of it: 李明 in 李明亮."""
    start, end = span
    after = _HAN.match(text, end)
    is_begun = not _HAN.match(text, start - 1) if start else True
    more = after[0] if after and is_begun else ""
    return len(more) == 1 and more not in _SEXES


def _row_around(text: str, span: Span) -> Span:
    """Where the row begins and ends in which a span stands."""
    end = text.find("\n", span[1])
    return text.rfind("\n", 0, span[0]) + 1, end if end >= 0 else len(text)


def _others_in(row: str, spans: list[Span]) -> bool:
    """Whether a row holds the ID number of somebody else."""
    return any(
        len(one.number) in (15, 18) and (one.start, one.end) not in spans
        for one in written_numbers(row)
    )


def _blanked_line(
    line: TextLine, hits: list[TextLine], find: Callable[[str], tuple[Span, ...]]
) -> TextLine:
    if line in hits:
        return replace(line, text=_blanked_text(line.text, find(line.text)), raw="")
    beside = any(_is_level(line, hit) for hit in hits)
    if not beside or _others_in(line.text, []) or len(line.text) > _LONGEST_ROW:
        return line
    return replace(line, text=_BLANK * len(line.text), raw="")


def _is_level(one: TextLine, other: TextLine) -> bool:
    common = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    height = min(one.box[3] - one.box[1], other.box[3] - other.box[1])
    return height > 0 and common >= _LEVEL * height
