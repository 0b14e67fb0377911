"""Towns and villages of the county, recognised in all the ways people write them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.town_names import APART, county_of, full_name, lies_in, own_name

_COLUMNS = (
    "town_code", "town", "village", "kind", "village_code", "short_code", "other_names", "mark"
)  # fmt: skip
FOLDERS = "folders.txt"
_GROUP = re.compile(r"第?([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})(?:村民小)?组")
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九", start=1)}
#: Endings a village's bare name may have on paper.
_ENDINGS = ("村村民委员会", "村民委员会", "村委会", "村")
_COMMUNITY_ENDINGS = ("社区居民委员会", "居民委员会", "社区居委会", "居委会", "社区")


@dataclass(frozen=True, slots=True)
class Town:
    """A town: 9-digit code and name."""

    code: str
    name: str  #: the full one, 平利县·城关镇, where there are several counties

    @property
    def own_name(self) -> str:
        """What stands on its papers: 城关镇."""
        return own_name(self.name)


@dataclass(frozen=True, slots=True)
class Village:
    """A village or community; `code` is empty where the county has not established it."""

    name: str
    town: str
    kind: str  #: 村 or 社区
    code: str  #: 12 digits
    short_code: str  #: 6 digits, used in case numbers
    other_names: tuple[str, ...] = ()
    fonds_no: str = ""  #: 全宗号, where the county's archive gave one

    @property
    def committee(self) -> str:
        """The full name of its committee, as on its seal."""
        return f"{self.name}{'村民' if self.kind == '村' else '居民'}委员会"


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place recognised in a text."""

    town: str
    village: str  #: empty when only the town is named
    written: str  #: as the text has it


@dataclass(frozen=True)
class Places:
    """All towns, villages and communities: of one county, or of several that share a system.

    With several, a text says a place by its own name; which county's it is must be known beside.
    """

    towns: tuple[Town, ...]
    settlements: tuple[Village, ...]
    #: Folders in whose names no county stands, and whose they are (`平利县·`).
    own_folders: tuple[tuple[str, str], ...] = ()

    @cached_property
    def counties(self) -> tuple[str, ...]:
        """The counties (`平利县·`) where there are several; nothing in an office of one county."""
        return tuple(dict.fromkeys(filter(None, (county_of(town.name) for town in self.towns))))

    def of(self, scope: str) -> "Places":
        """The places of a county, a town, or of all."""
        known = self._parts.get(scope)
        if known is None:
            known = self._parts[scope] = Places(
                tuple(town for town in self.towns if lies_in(town.name, scope)),
                tuple(place for place in self.settlements if lies_in(place.town, scope)),
                tuple(one for one in self.own_folders if lies_in(one[1], scope)),
            )
        return known

    @cached_property
    def _parts(self) -> dict[str, "Places"]:
        return {}

    def county_under(self, path: str) -> str:
        """The county in whose folder a path lies; nothing in an office of one county."""
        names, parts = self._by_name_of_county, path.split("/")
        named = next((names[part] for part in parts if part in names), "")
        return named or dict(self.own_folders).get(parts[0], "")

    def under(self, path: str) -> "Places":
        """The places that a path and what lies under it may name."""
        county = self.county_under(path)
        return self.of(county) if county else self

    @cached_property
    def _by_name_of_county(self) -> dict[str, str]:
        return {own_name(county): county for county in self.counties}

    @cached_property
    def villages(self) -> tuple[Village, ...]:
        """The administrative villages, without communities."""
        return tuple(place for place in self.settlements if place.kind == "村")

    def town(self, name: str) -> Town | None:
        """The town of this name; its own name is enough where only one bears it."""
        named = self._towns_called.get(name, ())
        whole = next((town for town in named if town.name == name), None)
        return whole or (named[0] if len(named) == 1 else None)

    def village(self, name: str, town: str = "") -> Village | None:
        """The village of this name or former name; of several counties only when one has it."""
        known = self.town(town)
        within = known.name if known else town
        named = [one for one in self._settlements_called.get(name, ()) if lies_in(one.town, within)]
        is_clear = len(named) == 1 or len({county_of(place.town) for place in named}) == 1
        return named[0] if is_clear else None

    @cached_property
    def _towns_called(self) -> dict[str, list[Town]]:
        called: dict[str, list[Town]] = {}
        for town in self.towns:
            for name in {town.name, town.own_name}:
                called.setdefault(name, []).append(town)
        return called

    @cached_property
    def _settlements_called(self) -> dict[str, list[Village]]:
        called: dict[str, list[Village]] = {}
        for place in self.settlements:
            for name in {place.name, *place.other_names}:
                called.setdefault(name, []).append(place)
        return called

    def key_of(self, town: Town) -> str:
        """What an address calls a town: 103; where there are several counties, its whole code."""
        return town.code if self.counties else town.code[-3:]

    def fonds_of(self, town: str, village: str) -> str:
        """A village's 全宗号; until the county's archive gives one, its code stands there."""
        found = self.village(village, town)
        return (found.fonds_no or self.code_of(found)) if found else ""

    def by_short_code(self, code: str) -> Village | None:
        """The village with this six-digit code."""
        return next((place for place in self.settlements if place.short_code == code), None)

    def code_of(self, village: Village) -> str:
        """Its 12 digits; where these are not established, the county's and the short code."""
        town = self.town(village.town)
        return village.code or f"{town.code[:6] if town else ''}{village.short_code}"

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of all villages and communities."""
        return frozenset(map(self.code_of, self.settlements))

    def villages_of(self, town: str) -> tuple[Village, ...]:
        """Villages and communities of a town."""
        return tuple(place for place in self.settlements if place.town == town)

    def find_in(self, text: str) -> tuple[PlaceFound, ...]:
        """Every place a text names, in the order of the text.

        A village's bare name (旧城) counts only right after its town's name. Of several counties
        only the one that the text names is meant; where it names none, a place must be clear.
        """
        return self._find_in_several(text) if len(self.counties) > 1 else self._find(text)

    def _find_in_several(self, text: str) -> tuple[PlaceFound, ...]:
        said = [county for name, county in self._by_name_of_county.items() if name in text]
        if len(said) == 1:
            return self.of(said[0])._find(text)
        if said:
            return tuple(one for county in said for one in self._find_behind(text, county))
        return self._find(text)

    def _find_behind(self, text: str, county: str) -> tuple[PlaceFound, ...]:
        """What stands right behind the name of a county: 平利县城关镇新华村."""
        name = own_name(county)
        places = self.of(county)
        begin = re.compile(rf"[\s/\\_{APART}-]*")
        pieces = ((piece, begin.match(piece)) for piece in text.split(name)[1:])
        return tuple(
            one
            for piece, gap in pieces
            if places._pattern.match(piece, gap.end() if gap else 0)
            for one in places._find(piece)[:1]
        )

    def _find(self, text: str) -> tuple[PlaceFound, ...]:
        found: list[PlaceFound] = []
        for match in self._pattern.finditer(text):
            town = self.town(match["town"] or "")
            village = self._by_writing(
                match["village"] or match["alone"] or "", match["town"] or ""
            )
            bare = self._bare_village(text, match.end(), town) if town and not village else None
            if village is None and bare is not None:
                village = bare
            if village is not None:
                found.append(PlaceFound(village.town, village.name, match[0]))
            elif town is not None:
                found.append(PlaceFound(town.name, "", match[0]))
        return tuple(found)

    @cached_property
    def _writings(self) -> dict[str, tuple[Village, ...]]:
        writings: dict[str, tuple[Village, ...]] = {}
        for place in self.settlements:
            for name in (place.name, *place.other_names):
                for writing in _ways_to_write(name):
                    writings[writing] = (*writings.get(writing, ()), place)
        return writings

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        towns = "|".join(re.escape(town.own_name) for town in self.towns)
        longest_first = sorted(self._writings, key=len, reverse=True)
        villages = "|".join(re.escape(writing) for writing in longest_first)
        return re.compile(
            rf"(?P<town>{towns})(?:人民政府)?[\s/\\_-]*(?P<village>{villages})?"
            rf"|(?P<alone>{villages})"
        )

    def _by_writing(self, writing: str, town: str) -> Village | None:
        candidates = self._writings.get(writing, ())
        if town:
            candidates = tuple(place for place in candidates if own_name(place.town) == town)
        return candidates[0] if len(candidates) == 1 else None

    def _bare_village(self, text: str, end: int, town: Town | None) -> Village | None:
        if town is None:
            return None
        for place in self.villages_of(town.name):
            if text.startswith(place.name.removesuffix("村").removesuffix("社区"), end):
                return place
        return None


def find_group_no(text: str) -> int | None:
    """The number of a villagers' group: 3组, 三组, 第三村民小组."""
    match = _GROUP.search(text)
    if match is None:
        return None
    written = match[1]
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


def load_places(folder: Path = REGISTRY_FOLDER) -> Places:
    """Read `towns_and_villages.csv`.

    Raises:
        RegistryError: with every wrong row.
    """
    file = folder / "towns_and_villages.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    problems = list(_find_problems(file.name, rows))
    if problems:
        raise RegistryError(problems)
    towns = dict.fromkeys(Town(row["town_code"], _town_of(row)) for row in rows)
    places = Places(tuple(towns), tuple(_read_village(row) for row in rows))
    own = tuple((one, county) for county in places.counties for one in _folders(folder, county))
    return replace(places, own_folders=own)


def folders_file(registry: Path, county: str) -> Path:
    """Where the folders of a county (`平利县·`) stand that do not bear its name, one a line.

    An office that was alone has such: its scans lie where they lay before there were others.
    """
    return registry / "counties" / own_name(county) / FOLDERS


def _folders(registry: Path, county: str) -> list[str]:
    file = folders_file(registry, county)
    lines = file.read_text(encoding="utf-8-sig").splitlines() if file.is_file() else []
    return [line.strip().strip("/") for line in lines if line.strip().strip("/")]


def _read_village(row: dict[str, str]) -> Village:
    others = tuple(name for name in row["other_names"].split("|") if name)
    return Village(
        row["village"],
        _town_of(row),
        row["kind"],
        row["village_code"],
        row["short_code"],
        others,
        row.get("fonds_no") or "",  # older tables do not have it
    )


def _town_of(row: dict[str, str]) -> str:
    return full_name(row.get("county") or "", row["town"])


def _find_problems(name: str, rows: list[dict[str, str]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        where = f"{name} 第 {number} 行"
        missing = [column for column in _COLUMNS if row.get(column) is None]
        if missing:
            yield Problem(where, f"缺少列 {'、'.join(missing)}", "按表头补齐")
            continue
        yield from _row_problems(where, row)
        for key in (row["short_code"], f"{row.get('county') or ''}{row['town']}{row['village']}"):
            if key in seen:
                yield Problem(where, f"“{key}”与第 {seen[key]} 行重复", _what_to_do(key))
            seen[key] = number
    yield from _county_problems(name, rows)


def _what_to_do(key: str) -> str:
    if key.isdecimal():
        return "删去或改正其中一行；几个县合用时短代码也不能相同，给其中一个另编"
    return "删去或改正其中一行"


def _county_problems(name: str, rows: list[dict[str, str]]) -> Iterator[Problem]:
    """What is wrong with the counties; a table of one county need not have the column."""
    places = dict.fromkeys((row.get("county") or "", number) for number, row in enumerate(rows, 2))
    counties = dict.fromkeys(county for county, _ in places)
    if list(counties) == [""]:
        return
    for county, number in places:
        if not county or not all(part.strip() == part != "" for part in county.split(APART)):
            what = f"县“{county}”写法不对" if county else "没有写县"
            yield Problem(
                f"{name} 第 {number} 行", what, "写县的全称，如 平利县；跨市的写 安康市·平利县"
            )
    own = [county.rpartition(APART)[2] for county in counties]
    for one in sorted({one for one in own if own.count(one) > 1}):
        yield Problem(name, f"有两个县都叫“{one}”", "写成不同的全称：扫描件的文件夹靠它认县")


def _row_problems(where: str, row: dict[str, str]) -> Iterator[Problem]:
    if not re.fullmatch(r"\d{9}", row["town_code"]):
        yield Problem(where, f"镇代码“{row['town_code']}”不是 9 位数字", "改为 9 位镇代码")
    if row["kind"] not in ("村", "社区"):
        yield Problem(where, f"类别“{row['kind']}”无效", "填“村”或“社区”")
    if row["village_code"] and not re.fullmatch(r"\d{12}", row["village_code"]):
        yield Problem(where, f"村代码“{row['village_code']}”不是 12 位数字", "改为 12 位或留空")
    if not re.fullmatch(r"\d{6}", row["short_code"]):
        yield Problem(where, f"短代码“{row['short_code']}”不是 6 位数字", "改为 6 位数字")
    if not re.fullmatch(r"([A-Z0-9][0-9]{3})?", row.get("fonds_no") or ""):
        what = f"全宗号“{row['fonds_no']}”不是四位"
        yield Problem(where, what, "照县档案馆给的写，如 J012；没有给的留空")
    if not row["village"] or not row["town"]:
        yield Problem(where, "镇名或村名为空", "补上名称")
    if APART in row["town"] + row["village"] and row.get("county"):
        yield Problem(where, f"镇名、村名里有“{APART}”", f"去掉“{APART}”：它用来隔开县和镇")


def _ways_to_write(name: str) -> tuple[str, ...]:
    if name.endswith("社区"):
        return tuple(name.removesuffix("社区") + ending for ending in _COMMUNITY_ENDINGS)
    return tuple(name.removesuffix("村") + ending for ending in _ENDINGS)
