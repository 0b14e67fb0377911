"""Personal numbers and names, hidden in part (domain report 6.4)."""

import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache

from minzheng.county.writing.chinese_text import fold_with_offsets

_RUN = re.compile(r"(?<!\d)\d{11,}[xXｘＸ]?(?!\d)")
#: A number a person or a scan broke up; an ID only when its middle is a date, since the
#: figures of a table row may also stand one space apart.
_BROKEN_ID = re.compile(r"(?<!\d)\d(?:[ \u3000]?\d){16}[ \u3000]?[\dxXｘＸ](?!\d)")
_BROKEN_CARD = re.compile(r"(?<!\d)6\d{3}(?:[ \u3000-]\d{4}){3}(?:[ \u3000-]\d{1,4})?(?!\d)")
_BROKEN_PHONE = re.compile(r"(?<!\d)1[3-9]\d([ \u3000-])\d{4}\1\d{4}(?!\d)")
_BIRTH = re.compile(r"[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
#: A landline with the shortest code: no number of a person has fewer.
_LEAST_FIGURES = 10
#: One sign that may stand between any two figures, where nothing else is told by figures.
_BREAK = r"[\s\-‐-―_.·]?"
_SPELT_PHONE = re.compile(
    rf"(?<!\d)(?:1{_BREAK}[3-9](?:{_BREAK}\d){{9}}|0\d{{2,3}}{_BREAK}\d{{3,4}}{_BREAK}\d{{4}})(?!\d)"
)
#: A phone or card in the groups people write it in, whatever stands between them.
_JOINT = r"[ \u3000\-‐-―_.·]"
#: An amount beside a month or a day of a table is no phone.
_NO_DATE = r"(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d))"
_GROUPED_PHONE = re.compile(
    r"(?<![\d.])(?:"
    rf"1[3-9]\d{_JOINT}\d{{4}}{_JOINT}\d{{4}}|1[3-9]\d\d{_JOINT}\d{{4}}{_JOINT}\d{{3}}"
    rf"|1[3-9]\d{{3}}{_JOINT}{_NO_DATE}\d{{6}}|1[3-9]\d{_JOINT}{_NO_DATE}\d{{8}}"
    r"|1[3-9]\d{5}[ \u3000-]\d{4})(?!\d)"
)
_GROUPED_CARD = re.compile(
    rf"(?<!\d)62\d{{2,5}}(?:{_JOINT}\d{{3,4}}){{2,3}}{_JOINT}\d{{1,5}}(?!\d)"
)
#: Letters a scan reads for figures; a number with one of them is an ID only by its date.
_MISREAD = str.maketrans("lIOo", "1100")
_MISREAD_ID = re.compile(
    rf"(?<![\dA-Za-z])[1-8](?:{_BREAK}[\dlIOo]){{16}}{_BREAK}[\dlIOoxX](?![\dA-Za-z])"
)
_SPELT_ID = re.compile(rf"(?<!\d)\d(?:{_BREAK}\d){{16}}{_BREAK}[\dxX](?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}[-－—]?)(\d{3,4})(\d{4})(?!\d)")
_CUT_HEAD = re.compile(r"^\d{5,17}[xXｘＸ]?(?!\d)")
_CUT_TAIL = re.compile(r"(?<!\d)\d{7,17}$")
_CARD_LENGTHS = range(16, 20)
#: Figures as people say them, 一三九, 幺, 〇, and as they write them on papers of money.
_SPOKEN = str.maketrans(
    "〇零○一幺二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖", "00011223456789122334566789"
)
_MISREAD_PHONE = re.compile(r"(?<![\dA-Za-z])[1lI][3-9][\dlIOo]{9}(?![\dA-Za-z])")
#: A passport, a pass over a border, a card of Hong Kong or Taiwan: letters and their figures,
#: which are no day, for so files are called.
_PASS = re.compile(
    rf"(?<![A-Za-z\d])(?:[A-Z]{_NO_DATE}\d{{8}}|[A-Z]{{2}}\d{{7}}|[HM]\d{{10}}|[A-Z][1289]\d{{8}}"
    r"|[A-Z]{1,2}\d{6}[(（][\dA](?=[)）]))(?![A-Za-z\d])"
)
#: Whatever figures stand behind the name of such a paper.
_NAMED_PASS = re.compile(
    r"(?P<name>(?:护照|通行证|台胞证|回乡证|居住证|居留证|军官证|士兵证)(?:证?号码?|编号)?[：:\s|]{0,3})"
    r"(?P<number>[A-Za-z]{0,3}[\- ]?\d{6,12}(?!\d))"
)
#: What every pattern of figures finds holds so many in a row, or letters a scan reads for
#: them, with one sign at most between two: one look tells that most texts hold no number.
_FIGURE = "[\\dlIOo〇零○一幺二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖]"
_FIGURES_NEAR = rf"{_FIGURE}(?:.?{_FIGURE}){{%d}}"
_A_PASS = r"|[A-Z]\d{6}[\d(（]|(?:证|照)[^\d\n]{0,9}\d{6}"
_MAY_HOLD = re.compile(_FIGURES_NEAR % (_LEAST_FIGURES - 1) + _A_PASS, re.DOTALL)
_MAY_HOLD_CUT = re.compile(_FIGURES_NEAR % 4 + _A_PASS, re.DOTALL)
_MOBILE = re.compile(r"1[3-9]")
_COMPOUND_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "东方",
)


def mask_id(number: str) -> str:
    """An ID number as 610927********1234: the first six and last four stay."""
    return _stars(number, 6) if len(number) > 10 else number


def mask_phone(number: str) -> str:
    """A phone number as 138****5678."""
    return _stars(number, 3) if len(number) == 11 else number


def mask_account(number: str) -> str:
    """An account number of which only the last four digits stay."""
    return _stars(number, 0)


def mask_name(name: str) -> str:
    """A name as 张*, 欧阳**: the surname stays."""
    surname = 2 if name.startswith(_COMPOUND_SURNAMES) and len(name) > 2 else 1
    return name[:surname] + "*" * (len(name) - surname)


def mask_names_in(text: str, names: Iterable[str]) -> str:
    """These people's names, wherever they stand in a text, masked; the length stays the same.

    `names` as search folds them: blanks between the characters, line ends and the other
    writing of a character hide no name.
    """
    beginnings = _by_beginning(frozenset(names))
    if not beginnings:
        return text
    folded, offsets = fold_with_offsets(text)
    hidden: set[int] = set()
    for at in range(len(folded) - 1):
        for name in beginnings.get(folded[at : at + 2], ()):
            if folded.startswith(name, at):
                first = len(mask_name(name).rstrip("*"))
                hidden.update(offsets[at + first : at + len(name)])
    return "".join("*" if at in hidden else sign for at, sign in enumerate(text))


@lru_cache(maxsize=64)
def _by_beginning(names: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Names by their first two characters: a county knows some ten thousand children."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        if len(name) > 1:
            found[name[:2]] = (*found.get(name[:2], ()), name)
    return found


def mask_numbers_in(text: str, nobodys: Container[str] = (), *, is_excerpt: bool = False) -> str:
    """Every ID, phone, account and passport number in a text, masked; the length stays the same.

    So are those in Chinese figures, 一三九九一五〇〇〇〇一, alone or among others.

    `nobodys` are codes of places, with which folders of the archive begin. An excerpt may
    begin or end inside a number; what is left of it there is masked as well.
    """
    if not may_hold_number(text, is_excerpt=is_excerpt):
        return text
    masked = _mask_passes(_mask_figures(text, nobodys, is_excerpt=is_excerpt))
    if not may_hold_number(masked, is_excerpt=is_excerpt):
        return masked
    said = masked.translate(_SPOKEN)
    hidden = _mask_passes(_mask_figures(said, nobodys, is_excerpt=is_excerpt))
    return "".join("*" if star == "*" else sign for sign, star in zip(masked, hidden, strict=True))


def _mask_passes(text: str) -> str:
    masked = _PASS.sub(lambda match: _stars(match[0], 1), text)
    return _NAMED_PASS.sub(lambda match: match["name"] + _stars(match["number"], 1), masked)


def _mask_figures(text: str, nobodys: Container[str], *, is_excerpt: bool) -> str:
    masked = text
    if is_excerpt:
        masked = _CUT_HEAD.sub(lambda match: _stars(match[0], 0), masked)
        masked = _CUT_TAIL.sub(lambda match: _stars(match[0], 6, 0), masked)
    masked = _SPELT_ID.sub(lambda match: _mask_broken_id(match[0]), masked)
    masked = _MISREAD_ID.sub(lambda match: _mask_broken_id(match[0]), masked)
    masked = _RUN.sub(lambda match: _mask_run(match[0], nobodys), masked)
    masked = _MISREAD_PHONE.sub(lambda match: _stars(match[0], 3), masked)
    masked = _BROKEN_ID.sub(lambda match: _mask_broken_id(match[0]), masked)
    masked = _BROKEN_CARD.sub(lambda match: _stars(match[0], 0), masked)
    masked = _GROUPED_CARD.sub(lambda match: _mask_card(match[0]), masked)
    masked = _BROKEN_PHONE.sub(lambda match: _stars(match[0], 3), masked)
    masked = _GROUPED_PHONE.sub(lambda match: _stars(match[0], 3), masked)
    return _LANDLINE.sub(lambda match: match[1] + "*" * len(match[2]) + match[3], masked)


def may_hold_number(text: str, *, is_excerpt: bool = False) -> bool:
    """Whether it is worth looking for a number to mask."""
    return bool((_MAY_HOLD_CUT if is_excerpt else _MAY_HOLD).search(text))


def has_personal_number(text: str, nobodys: Container[str] = frozenset()) -> bool:
    """Whether a text holds an ID, phone or account number, however it is broken up."""
    if not may_hold_number(text):
        return False
    plain = unicodedata.normalize("NFKC", text).translate(_SPOKEN)
    if mask_numbers_in(plain, nobodys) != plain or _SPELT_PHONE.search(plain):
        return True
    return any(_BIRTH.match(re.sub(r"\D", "", one[0])) for one in _SPELT_ID.finditer(plain))


def _mask_run(run: str, nobodys: Container[str]) -> str:
    """A run of digits by its length: a mobile phone, an ID of 18 or 15, else an account."""
    if run in nobodys:
        return run
    if len(run) == 11:
        return _stars(run, 3) if _MOBILE.match(_signs(run)) else run
    return _stars(run, 6 if len(run) in (15, 18) else 0)


def _mask_broken_id(run: str) -> str:
    return _stars(run, 6) if _BIRTH.match(_signs(run)) else run


def _mask_card(run: str) -> str:
    return _stars(run, 0) if len(_signs(run)) in _CARD_LENGTHS else run


def _signs(run: str) -> str:
    """The signs of a number, half-width, as figures, and nothing that stands between them."""
    plain = unicodedata.normalize("NFKC", run).translate(_MISREAD)
    return "".join(sign for sign in plain if sign.isalnum())


def _stars(run: str, head: int, tail: int = 4) -> str:
    """Stars but for the first and last signs; what stands between them stays."""
    places = [at for at, sign in enumerate(run) if sign.isalnum()]
    hidden = set(places[head : max(head, len(places) - tail)])
    return "".join("*" if at in hidden else sign for at, sign in enumerate(run))
