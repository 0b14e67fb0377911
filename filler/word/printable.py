"""What no Word file can hold: control characters and halves of characters."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from filler.errors import RenderError

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def name_in_row(table: str, column: str, number: int) -> str:
    """How messages name a cell before its labels are known."""
    return f"{table}.{column} {number}"


def label_of(name: str, labels: Mapping[str, str]) -> str:
    """What a clerk calls a value: 家庭成员第2行姓名; its name when it has no label."""
    slug, _, number = name.partition(" ")
    label = labels.get(slug) or labels.get(slug.removesuffix("_boxes"), slug)
    table, found, column = label.partition("·" if "·" in label else ".")
    if not number:
        return label
    return f"{table}第{number}行{column}" if found else f"{label}第{number}行"


def refuse_unprintable(texts: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    """Let through only texts that XML can hold.

    Raises:
        RenderError: naming the fields and the characters.
    """
    if _UNPRINTABLE.search("".join(text for _, text in _all_texts(texts))):
        found = [_explain(label_of(name, labels), text) for name, text in _all_texts(texts)]
        raise RenderError(
            f"有不能印出的字符：{'；'.join(filter(None, found))}。删去该字符后重新填写。"
        )


def _all_texts(texts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in texts.items():
        if isinstance(value, list):
            for number, row in enumerate(value, 1):
                for column, text in row.items():
                    yield name_in_row(name, column, number), text
        else:
            yield name, value


def _explain(name: str, text: str) -> str:
    match = _UNPRINTABLE.search(text)
    return f"{name}的第 {match.start() + 1} 个字符（U+{ord(match[0]):04X}）" if match else ""
