"""The naming law of the archive: village / dossier / year / number and title.

Of several counties each has a folder of its own, in which its villages lie.

`{village code}_{town}_{village}/{NN}_{dossier}/{year}/{item}_{title}`, the item number
four digits from 0001 within its year (DA/T 22-2015); a paper of several files is a folder.
"""

import re
from collections.abc import Iterable

from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.places import Places
from minzheng.county.town_names import APART, county_of, own_name
from minzheng.inbox.errors import CannotLayError
from minzheng.inbox.papers import Place

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\ud800-\udfff\u200b-\u200f\u2028-\u202e\ufeff]')
_NUMBERED = re.compile(r"^(\d{4})(?:_|$)")
_LONGEST_TITLE = 50
_MOST_BYTES = 200  #: of a name; file systems take 255


def clean_title(title: str) -> str:
    """A title that every file system takes."""
    text = " ".join(_FORBIDDEN.sub(" ", title).split()).strip(". _")[:_LONGEST_TITLE]
    while len(text.encode()) > _MOST_BYTES:
        text = text[:-1]
    return text.strip(". _")


def folder_of(place: Place, places: Places, dossiers: Dossiers) -> str:
    """The folder of a paper's year, relative to the archive.

    A village whose code is not established has its provisional one.

    Raises:
        CannotLayError: the village or the dossier is not in the registry.
    """
    village = places.village(place.village, place.town)
    dossier = dossiers.by_code(place.dossier)
    if village is None or dossier is None:
        raise CannotLayError("镇村名册或专档名册里没有选定的村或专档，请撤回后重新选。")
    first = f"{places.code_of(village)}_{own_name(village.town)}_{village.name}"
    county = "".join(f"{one}/" for one in county_of(village.town).split(APART) if one)
    return f"{county}{first}/{dossier.no}_{dossier.short_name}/{place.year}"


def next_number(names: Iterable[str], given: Iterable[str]) -> int:
    """The number after the highest on disk and the highest that was ever given."""
    numbers = [int(found[1]) for name in (*names, *given) if (found := _NUMBERED.match(name))]
    return max(numbers, default=0) + 1


def name_of(number: int, title: str) -> str:
    """What a paper is called in the archive: `0007_低保申请书_测试甲`."""
    return f"{number:04d}_{clean_title(title)}"
