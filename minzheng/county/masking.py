"""Personal numbers and names, hidden in part (domain report 6.4)."""

import re
import unicodedata
from functools import cache

from minzheng.county.registry.places import load_places

_RUN = re.compile(r"(?<!\d)\d{11,20}[xXｘＸ]?(?!\d)")
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
_SPELT_ID = re.compile(rf"(?<!\d)\d(?:{_BREAK}\d){{16}}{_BREAK}[\dxX](?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}[-－—]?)(\d{3,4})(\d{4})(?!\d)")
_CUT_HEAD = re.compile(r"^\d{5,17}[xXｘＸ]?(?!\d)")
_CUT_TAIL = re.compile(r"(?<!\d)\d{7,17}$")
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
    """610927********1234: the first six and last four stay."""
    return _stars(number, 6) if len(number) > 10 else number


def mask_phone(number: str) -> str:
    """138****5678."""
    return _stars(number, 3) if len(number) == 11 else number


def mask_account(number: str) -> str:
    """Only the last four digits stay."""
    return _stars(number, 0)


def mask_name(name: str) -> str:
    """张*, 欧阳**: the surname stays."""
    surname = 2 if name.startswith(_COMPOUND_SURNAMES) and len(name) > 2 else 1
    return name[:surname] + "*" * (len(name) - surname)


def mask_numbers_in(text: str, *, is_excerpt: bool = False) -> str:
    """Every ID, phone and account number in a text, masked; the length stays the same.

    An excerpt may begin or end inside a number; what is left of it there is masked as well.
    """
    masked = text
    if is_excerpt:
        masked = _CUT_HEAD.sub(lambda match: _stars(match[0], 0), masked)
        masked = _CUT_TAIL.sub(lambda match: _stars(match[0], 6, 0), masked)
    masked = _RUN.sub(lambda match: _mask_run(match[0]), masked)
    masked = _BROKEN_ID.sub(lambda match: _mask_broken_id(match[0]), masked)
    masked = _BROKEN_CARD.sub(lambda match: _stars(match[0], 0), masked)
    masked = _BROKEN_PHONE.sub(lambda match: _stars(match[0], 3), masked)
    return _LANDLINE.sub(lambda match: match[1] + "*" * len(match[2]) + match[3], masked)


def has_personal_number(text: str) -> bool:
    """Whether a text holds an ID, phone or account number, however it is broken up."""
    if sum(map(str.isdigit, text)) < _LEAST_FIGURES:
        return False
    plain = unicodedata.normalize("NFKC", text)
    if mask_numbers_in(plain) != plain or _SPELT_PHONE.search(plain):
        return True
    return any(_BIRTH.match(re.sub(r"\D", "", one[0])) for one in _SPELT_ID.finditer(plain))


def _mask_run(run: str) -> str:
    """A run of digits by its length: a mobile phone, an ID of 18 or 15, else an account."""
    if run in _village_codes():
        return run  # folders of the archive begin with it, and it is nobody's number
    if len(run) == 11:
        return _stars(run, 3) if _MOBILE.match(_signs(run)) else run
    return _stars(run, 6 if len(run) in (15, 18) else 0)


@cache
def _village_codes() -> frozenset[str]:
    places = load_places()
    return frozenset(places.code_of(village) for village in places.settlements)


def _mask_broken_id(run: str) -> str:
    return _stars(run, 6) if _BIRTH.match(_signs(run)) else run


def _signs(run: str) -> str:
    """Half-width, without spaces."""
    return "".join(unicodedata.normalize("NFKC", run).split())


def _stars(run: str, head: int, tail: int = 4) -> str:
    """Stars but for the first and last signs; what stands between them stays."""
    places = [at for at, sign in enumerate(run) if sign.isalnum()]
    hidden = set(places[head : max(head, len(places) - tail)])
    return "".join("*" if at in hidden else sign for at, sign in enumerate(run))
