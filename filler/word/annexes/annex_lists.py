"""The lists of an annex (一、二、) beside those of the form: each keeps its own numbers."""

import copy
from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL, _NUM_ID, _ABSTRACT = f"{_W}val", f"{_W}numId", f"{_W}abstractNumId"
_BULLET_ID = f"{_W}numPicBulletId"
_SHAPE, _FIRST_SHAPE = "{urn:schemas-microsoft-com:vml}shape", 2048
_FIRST_NSID = 0x4D5A0000  #: by it Word knows lists that belong together
Look = Callable[[Any], None]  #: gives an element's styles and fonts the names they have here


class AnnexLists:
    """The numbering of an annex, taken into that of the form as far as it is used."""

    def __init__(self, own: Any, host: Any, look: Look) -> None:
        self._own, self._host, self._look = own, host, look
        self._numbers: dict[str, str] = {}
        self._abstracts: dict[str, str] = {}
        self._bullets: dict[str, str] = {}
        self.bullets: list[Any] = []  #: pictures for bullets; their relations are the annex's

    def renumber(self, roots: Iterable[Any]) -> None:
        """Give each list that parts of the annex name the number it has in the form."""
        for root in roots:
            for number in root.iter(_NUM_ID):
                number.set(_VAL, self._taken(number.get(_VAL, "0")))

    def _taken(self, old: str) -> str:
        if old not in self._numbers:
            found = _by_id(self._own, "num", _NUM_ID, old)
            self._numbers[old] = "0" if found is None else self._copy(found)
        return self._numbers[old]

    def _copy(self, number: Any) -> str:
        made = copy.deepcopy(number)
        abstract = made.find(_ABSTRACT)
        name = next_number(self._host, "num", _NUM_ID)
        made.attrib.clear()
        made.set(_NUM_ID, name)
        self._settle(made)
        abstract.set(_VAL, self._abstract(abstract.get(_VAL)))
        put_behind(self._host, made, ("numPicBullet", "abstractNum", "num"))
        return name

    def _abstract(self, old: str) -> str:
        if old not in self._abstracts:
            found = self._followed(_by_id(self._own, "abstractNum", _ABSTRACT, old))
            made = self._host.makeelement(f"{_W}abstractNum", {}) if found is None else found
            made = copy.deepcopy(made)
            name = next_number(self._host, "abstractNum", _ABSTRACT)
            made.attrib.clear()
            made.set(_ABSTRACT, name)
            for link in [*made.findall(f"{_W}styleLink"), *made.findall(f"{_W}numStyleLink")]:
                made.remove(link)
            same = made.find(f"{_W}nsid")
            if same is not None:
                same.set(_VAL, f"{_FIRST_NSID + int(name):08X}")
            self._settle(made)
            put_behind(self._host, made, ("numPicBullet", "abstractNum"))
            self._abstracts[old] = name
        return self._abstracts[old]

    def _followed(self, abstract: Any) -> Any:
        """A list that only names a style of lists is what that style says."""
        link = abstract.find(f"{_W}numStyleLink") if abstract is not None else None
        if link is None:
            return abstract
        wanted = link.get(_VAL)
        for one in self._own.findall(f"{_W}abstractNum"):
            style = one.find(f"{_W}styleLink")
            if style is not None and style.get(_VAL) == wanted:
                return one
        return abstract

    def _settle(self, made: Any) -> None:
        """Fonts, styles and pictures of its levels."""
        self._look(made)
        for bullet in made.iter(f"{_W}lvlPicBulletId"):
            bullet.set(_VAL, self._bullet(bullet.get(_VAL)))

    def _bullet(self, old: str) -> str:
        if old not in self._bullets:
            found = _by_id(self._own, "numPicBullet", _BULLET_ID, old)
            name = self._bullets[old] = next_number(self._host, "numPicBullet", _BULLET_ID)
            if found is not None:
                made = copy.deepcopy(found)
                made.set(_BULLET_ID, name)
                put_behind(self._host, made, ("numPicBullet",))
                self.bullets.append(made)
        return self._bullets[old]


def name_shapes(bullet: Any) -> None:
    """Call the shapes of a picture for a bullet by its number: Word calls each file's i1025."""
    number = int(bullet.get(_BULLET_ID))
    for shape in bullet.iter(_SHAPE):
        shape.set("id", f"_x0000_i{_FIRST_SHAPE + number}")


def new_numbering() -> Any:
    """A numbering part without lists."""
    return etree.Element(f"{_W}numbering", nsmap={"w": _W[1:-1]})


def _by_id(root: Any, tag: str, key: str, wanted: str) -> Any:
    return next((one for one in root.findall(_W + tag) if one.get(key) == wanted), None)


def next_number(root: Any, tag: str, key: str) -> str:
    """A number that no list, or bullet, has yet."""
    numbers = (int(one.get(key, 0)) for one in root.findall(_W + tag))
    return str(max(numbers, default=0) + 1)


def put_behind(root: Any, made: Any, before: Iterable[str]) -> None:
    """Put an element behind the last of those that stand before it."""
    tags = {_W + name for name in before}
    root.insert(sum(one.tag in tags for one in root), made)
