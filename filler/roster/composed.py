"""Two fields in one column (姓名及身份证号), and one field in several (姓 and 名; 年, 月, 日)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from filler.form.forms import Field
from filler.roster.columns import Headings, fold_heading
from filler.values.read_value import WrongValueError, is_name

#: Fields that a text tells apart by how they look; what is left is the name.
_NUMBERS = {
    "idcard": re.compile(r"(?<![\dXx])(?:\d{6} ?\d{4} ?\d{4} ?\d{3}[\dXx]|\d{15})(?![\dXx])"),
    "bank": re.compile(r"(?<!\d)(?:\d[ ]?){15,18}\d(?!\d)"),
    "phone": re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)"),
}
_CALLED = {"idcard": "身份证号", "bank": "账号", "phone": "电话"}
_PLACES = ("town", "village", "group_no")
_TOWN = re.compile(r"^[^镇乡]{1,8}?(?:镇|乡|街道)(?=.)")
_VILLAGE = re.compile(r"^.{1,10}?(?:村|社区)(?!民)")
_GROUP = re.compile(r"第?[\d一二三四五六七八九十]{1,3}(?:村民)?(?:小)?组$")
_BETWEEN = re.compile(r"[、,，;；/／\\+＋&及和与]|\n")
_SEPARATORS = re.compile(r"[\s,，;；、:：/／()（）【】\[\]]+")
_WORDS = re.compile(
    r"身份证号码?|公民身份号码|身份证|证件号码?|联系电话|电话号码|电话|手机号?|账号|卡号"
)
_DAY = ("年", "月", "日")
_TICKS, _NO_TICKS = (
    frozenset("√✓✔☑■●vV是1"),
    frozenset(("", "×", "□", "☐", "○", "否", "0", "-", "/")),
)
_SURNAME = ("姓", "名")
_LONGEST = 12  #: letters of such a heading without its gaps


def fields_together(heading: str, known: Headings) -> tuple[str, ...]:
    """The slugs of all that stands in a column; empty when it is one, or they cannot be told."""
    if known.find_whole(heading):
        return ()
    for parts in _splits(heading):
        found = tuple(known.find_whole(part) or known.find_whole_word(part) for part in parts)
        is_clear = len(set(found)) == len(found) > 1 and all(found)
        if is_clear and _can_be_told(found, known.fields):
            return found
    return ()


def _splits(heading: str) -> Iterator[tuple[str, ...]]:
    """By what stands between, by brackets, or by where one word ends and another begins."""
    parts = tuple(filter(None, (one.strip("()（）") for one in _BETWEEN.split(heading))))
    if len(parts) > 1:
        yield parts
    bracket = re.fullmatch(r"([^()（）]+)[(（]([^()（）]+)[)）]", heading.strip())
    if bracket:
        yield bracket.groups()
    folded = fold_heading(heading)
    if len(folded) <= _LONGEST:
        yield from ((folded[:at], folded[at:]) for at in range(1, len(folded)))


def _can_be_told(slugs: Sequence[str], fields: Mapping[str, Field]) -> bool:
    if set(slugs) <= set(_PLACES):
        return True
    kinds = [fields[slug].type for slug in slugs if slug in fields]
    names = [slug for slug in slugs if slug in fields and is_name(fields[slug])]
    numbers = [kind for kind in kinds if kind in _NUMBERS]
    return len(names) <= 1 and len(names) + len(set(numbers)) == len(slugs)


def part_of(text: str, slug: str, together: Sequence[str], fields: Mapping[str, Field]) -> str:
    """What a cell that holds several fields says of one.

    Raises:
        WrongValueError: it does not stand there, or twice.
    """
    plain = unicodedata.normalize("NFKC", text)
    if set(together) <= set(_PLACES):
        return dict(_places(plain, together)).get(slug, "")
    kinds = [fields[one].type for one in together if fields[one].type in _NUMBERS]
    rest, found = plain, dict.fromkeys(kinds, "")
    for kind in (one for one in _NUMBERS if one in kinds):
        found[kind], rest = _taken_out(kind, rest)
    own = fields[slug].type
    if own in found:
        return found[own]
    return " ".join(_SEPARATORS.sub(" ", _WORDS.sub(" ", rest)).split())


def _taken_out(kind: str, text: str) -> tuple[str, str]:
    matches = _NUMBERS[kind].findall(text)
    if len(matches) > 1:
        what = f"这一格里有 {len(matches)} 个{_CALLED[kind]}，分不清要哪一个"
        raise WrongValueError(what, "一格一个，或分成两列填写")
    if not matches:
        return "", text
    return matches[0].replace(" ", ""), text.replace(matches[0], " ")


def _places(text: str, together: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Town, village, group from their ends; one that is not said is not there."""
    rest = "".join(text.split())
    group = _GROUP.search(rest)
    if "group_no" in together:
        if group:
            yield "group_no", group[0]
            rest = rest[: group.start()]
        elif rest.isdigit():
            yield "group_no", rest
            return
    if "town" in together and (town := _TOWN.match(rest)):
        yield "town", town[0]
        rest = rest[town.end() :]
    if "village" in together and rest:
        yield "village", rest


def have_numbers(texts: Sequence[str]) -> bool:
    """Whether most of the names of a column have an ID number beside them."""
    filled = [one for one in texts if one.strip()]
    numbered = sum(bool(_taken(one)) for one in filled)
    return bool(filled) and 2 * numbered > len(filled)


def _taken(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _NUMBERS["idcard"].search(plain)
    return match[0] if match and plain != match[0] else ""


def surname_apart(texts: Sequence[str]) -> tuple[int, int] | None:
    """The columns, from 1, of 姓 and 名 that stand beside one another."""
    folded = [fold_heading(one) for one in texts]
    at = next((at for at in range(len(folded)) if tuple(folded[at : at + 2]) == _SURNAME), None)
    return None if at is None else (at + 1, at + 2)


def day_apart(texts: Sequence[str], first: int) -> bool:
    """Whether 年, 月 and 日 stand in a row from a column, counted from 1."""
    return tuple(map(fold_heading, texts[first - 1 : first + 2])) == _DAY


def is_part_of_day(heading: str) -> bool:
    """Whether it says 年, 月 or 日 and no more."""
    return fold_heading(heading) in _DAY


def joined(texts: Sequence[str]) -> str:
    """A field from its columns: surname and name, or year, month and day."""
    if len(texts) == len(_DAY):
        said = zip(texts, _DAY, strict=True)
        return "".join(f"{text.removesuffix(end)}{end}" for text, end in said) if any(texts) else ""
    return "".join(texts)


def choices_apart(texts: Sequence[str], columns: Sequence[int], field: Field) -> bool:
    """Whether below one heading each column, from 1, is a choice of its own, to be ticked."""
    named = [fold_heading(texts[at - 1]) if at <= len(texts) else "" for at in columns]
    known = set(map(fold_heading, field.choices))
    return len(named) > 1 and len(set(named)) == len(named) and set(named) <= known


def ticked(texts: Sequence[str], named: Sequence[str]) -> str:
    """The choices that are ticked in their columns.

    Raises:
        WrongValueError: something else than a tick stands in one.
    """
    for text in texts:
        if text not in _TICKS | _NO_TICKS:
            raise WrongValueError(f"“{text}”不是勾", "选中的那一列打“√”，其余各列空着")
    return "、".join(name for text, name in zip(texts, named, strict=True) if text in _TICKS)
