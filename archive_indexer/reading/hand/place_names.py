"""Villages and towns written on a form, held against those that the county has.

A running 旧 is seen as 日, and surely: no line tells that 日城村 is nowhere, but the county's list
does. What is one sign from a place of it is asked about; another county's place stays as read.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from archive_indexer.documents import ReadField
from archive_indexer.reading.form_rooms import FieldRoom
from archive_indexer.reading.hand.asked_about import BESIDE_CELLS
from archive_indexer.reading.possible_values import possible_values
from archive_indexer.reading.reading_order import Placed
from minzheng.county.registry.places import Places
from minzheng.county.writing.chinese_text import to_simplified
from minzheng.external.ocr.ocr_engine import ReadLine
from minzheng.external.ocr.ocr_models import Chances

_HAN = "㐀-鿿"
_NUMERAL = "[0-9一二三四五六七八九十]{1,3}"
#: A line that is an address, as far down as a house, or begins with one as far as a group.
_ADDRESS = re.compile(
    "(?P<before>(?:[^：:]{0,10}[：:])?"
    f"(?:[{_HAN}]{{2,3}}省)?(?:[{_HAN}]{{2,3}}市)?(?:[{_HAN}]{{2,4}}(?:县|(?<!社)区))?)"
    f"(?P<town>[{_HAN}]{{1,4}}[镇乡])?(?P<village>[{_HAN}]{{1,5}}?(?:村|社区))?"
    "(?P<rest>(?:村民委员会|居民委员会|村委会|居委会|委会)?"
    f"(?:第?{_NUMERAL}(?:村民)?小?组.*|(?:[{_HAN}]{{1,3}}组)?(?:[0-9]{{1,4}}号?)?))"
)
_BARE = re.compile(f"[{_HAN}]{{2,4}}")
_SHORTEST = 2  #: signs of a name of which one was lost
_MOST_LIKE = 4  #: places that one reading may be; more tell nothing
_SURE = 0.97  #: of a place in a town that is named with it: nobody is asked


@dataclass(frozen=True)
class PlacesHere:
    """The towns and villages that a paper may name, by their own names."""

    places: Places

    @cached_property
    def _villages(self) -> dict[str, frozenset[str]]:
        """Own name of a town → what its villages are and were called."""
        villages: dict[str, set[str]] = {town.own_name: set() for town in self.places.towns}
        own = {town.name: town.own_name for town in self.places.towns}
        for one in self.places.settlements:
            villages[own[one.town]] |= {one.name, *one.other_names}
        return {town: frozenset(names) for town, names in villages.items()}

    @cached_property
    def _anywhere(self) -> frozenset[str]:
        return frozenset().union(*self._villages.values())

    def names_own_town(self, text: str) -> bool:
        """Whether an address names a town that is known."""
        told = _ADDRESS.fullmatch(to_simplified(text))
        return told is not None and told["town"] in self._villages

    def like(self, text: str, *, is_village: bool = False) -> tuple[str, ...]:
        """The same address with a known place where what was read is none, and one sign from it.

        Args:
            text: a line; signs of old are taken for those of today.
            is_village: nothing but a village stands there, maybe without the word.
        """
        text = to_simplified(text)
        told = _ADDRESS.fullmatch(text)
        if told is None:
            return self._bare_like(text) if is_village and _BARE.fullmatch(text) else ()
        before, rest = told["before"], told["rest"]
        found = [
            before + town + village + rest
            for town in self._towns_like(told["town"] or "")
            for village in self._villages_like(told["village"] or "", town)
        ]
        return () if text in found or len(found) > _MOST_LIKE else tuple(found)

    def _towns_like(self, town: str) -> Sequence[str]:
        """The town itself, or those it may be; none where it is another county's."""
        if not town or town in self._villages:
            return (town,)
        return sorted(one for one in self._villages if _is_one_off(town, one))

    def _villages_like(self, village: str, town: str) -> Sequence[str]:
        """Likewise; one that lies in another town is no misread one."""
        if not village or village in self._anywhere:
            return (village,)
        near = [one for one in self._villages.get(town, ()) if _is_one_off(village, one)]
        near = near or [one for one in self._anywhere if not town and _is_one_off(village, one)]
        return sorted(near) or (village,)

    def _bare_like(self, text: str) -> tuple[str, ...]:
        bare = {name.removesuffix("村").removesuffix("社区") for name in self._anywhere}
        near = sorted(one for one in bare if len(one) == len(text) and _is_one_off(text, one))
        return () if text in bare or len(near) > _MOST_LIKE else tuple(near)


def _is_one_off(read: str, name: str) -> bool:
    """Whether one sign of a name was exchanged, lost, or read twice."""
    if len(read) == len(name):
        return sum(one != other for one, other in zip(read, name, strict=True)) == 1
    short, long = sorted((read, name), key=len)
    return (
        len(long) - len(short) == 1
        and len(short) >= _SHORTEST
        and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    )


@dataclass(frozen=True, slots=True)
class PlacesAsked:
    """Lines and fields of a page after its places were looked at."""

    lines: tuple[ReadLine, ...]
    fields: tuple[ReadField, ...]


def with_places(
    lines: Sequence[Placed], fields: Sequence[ReadField], rooms: Sequence[FieldRoom],
    here: PlacesHere, look: Callable[[Placed], Chances], *, is_by_hand: bool,
    left: Set[int] = frozenset(),
) -> PlacesAsked:  # fmt: skip
    """Ask about lines that name a place which is none, and one sign from one.

    Args:
        lines: of the page that stand as they were first read.
        fields: that are asked about already.
        rooms: of the form.
        here: what places there are.
        look: what the larger model sees in a line.
        is_by_hand: whether a pen filled in the form; of print only what its ink leaves open is
            asked about.
        left: ids of lines that a person is asked about as a whole.
    """
    labels = {id(one.line): room.cell.label for room in rooms for one in room.lines}
    kept, asked = [], list(fields)
    for one in lines:
        label = labels.get(id(one.line), "")
        is_left = id(one.line) in left
        like = () if is_left else here.like(one.line.text, is_village=label.endswith("村"))
        read = _held_against(one, like, look(one), here, label) if like else None
        if read is None or not (is_by_hand or read[1].text in like):
            kept.append(one.line)
            continue
        kept.append(read[1])
        asked = [*_but_at(asked, one.line), read[0]]
    return PlacesAsked(tuple(kept), tuple(asked))


def _held_against(
    one: Placed, like: Sequence[str], seen: Chances, here: PlacesHere, label: str
) -> tuple[ReadField, ReadLine]:
    """A line as the ink says it is, among what was read and the places it may be."""
    first = one.line.text
    found = possible_values("choice", [seen], like, first)
    among = [each for each in found if each.text in (first, *like)]
    best = among[0]
    is_sure = (
        best.text in like and best.chance >= _SURE and len(like) == 1
        and here.names_own_town(best.text) and here.names_own_town(first)
    )  # fmt: skip
    others = tuple(each.text for each in among[1:])
    field = ReadField(
        label or BESIDE_CELLS, "text", one.line.box, best.text, best.chance, others,
        is_doubtful=not is_sure,
    )  # fmt: skip
    if best.text == first:
        return field, one.line
    return field, replace(one.line, text=best.text, confidence=best.chance, raw=first)


def _but_at(fields: Sequence[ReadField], line: ReadLine) -> Iterator[ReadField]:
    """The fields but for the question about that very line."""
    return (field for field in fields if field.value != line.text or field.box != line.box)
