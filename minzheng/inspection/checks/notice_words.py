"""What a notice must not say: numbers of persons, names of diseases."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from minzheng.county.masking import has_personal_number
from minzheng.inspection.checks.what_is_read import OPEN_NUMBERS

_PHONES = re.compile(r"(?:监督|举报|咨询|联系)?电话[：:\s|]*[\d\s、,，()（）-]{7,40}")
_NUMBER_OF_PAPER = re.compile(r"[A-Z]{2}-\d{6}-\d{4}-\d+|MZ:\S+")
_SHOWN = 12


def leaks_in(
    lines: Iterable[str], words: Collection[str], nobodys: Collection[str]
) -> Iterator[str]:
    """What lines of a notice tell and must not, each once."""
    told: set[str] = set()
    for line in lines:
        plain = _NUMBER_OF_PAPER.sub("", _PHONES.sub("", line))
        for one in _leaks(plain, words, nobodys):
            if one not in told:
                told.add(one)
                yield one


def _leaks(line: str, words: Collection[str], nobodys: Collection[str]) -> Iterator[str]:
    if has_personal_number(line, nobodys):
        digits = re.search(r"[\dXx*]{7,}", line)
        yield f"个人号码：{digits[0] if digits else line[:_SHOWN]}"
    for word in words:
        if word in line:
            yield f"病名：{word}"


def lines_of_record(texts: Mapping[str, Any]) -> Iterator[str]:
    """What a printed notice tells of people: fields and rows, without offices' telephones."""
    for slug, value in texts.items():
        if isinstance(value, list):
            yield from (
                str(one) for row in value if isinstance(row, Mapping) for one in row.values() if one
            )
        elif isinstance(value, str) and value and not _is_the_offices(slug):
            yield value


def _is_the_offices(slug: str) -> bool:
    is_made = slug.startswith("file:") or slug.endswith("_boxes")
    return is_made or slug in OPEN_NUMBERS or slug in ("notice_no", "case_no", "code_line", "qr")
