"""What people type around what they look for: 请问, 有没有, 的; and how a word comes apart."""

import re
from collections.abc import Callable, Iterator

_ASKING = (
    "有没有", "是不是", "有哪些", "哪些人", "哪几个", "哪一个", "哪些", "哪个", "哪年", "哪天",
    "哪里", "在哪儿", "在哪", "什么时候", "什么", "时候", "怎么办", "怎么", "怎样", "多少",
    "几件", "请问", "请查", "我要", "我想", "想查", "要查", "查一下", "查一查", "查找", "查询",
    "帮我", "所有的", "所有", "全部", "仍然", "仍在", "还在", "还有", "尚未", "没有", "是否",
    "以及", "关于", "相关", "有关", "之后", "以后", "材料", "资料", "档案", "文件", "扫描件",
    "原件", "情况",
)  # fmt: skip
#: 签的字, 盖了章: one word with a little one inside.
_INSIDE = re.compile("(?<=[签盖领发])[的了过](?=[字章钱])")
_LITTLE = "的了吗呢吧啊与及和谁么们"
_CUT = re.compile("|".join((*sorted(_ASKING, key=len, reverse=True), f"[{_LITTLE}]")))
_HAN_RUN = re.compile("[㐀-鿿]+|[0-9a-z]{4,}|[^\\s㐀-鿿]+")
_SHORTEST, _LONGEST = 2, 14
_THREE_PARTS_FROM = 6


def plain_terms(folded: str) -> tuple[str, ...]:
    """What is looked for, without the words of asking; a single character is no term."""
    runs = _HAN_RUN.findall(_INSIDE.sub("", folded))
    pieces = (piece for run in runs for piece in _CUT.split(run))
    return tuple(piece for piece in pieces if len(piece) >= _SHORTEST)


def ways_to_part(term: str) -> Iterator[tuple[str, ...]]:
    """Two parts of at least two characters, then three; the even cuts first."""
    if not _SHORTEST * 2 <= len(term) <= _LONGEST or not _is_han(term):
        return
    cuts = range(_SHORTEST, len(term) - 1)
    for at in sorted(cuts, key=lambda at: abs(len(term) - 2 * at)):
        yield term[:at], term[at:]
    if len(term) >= _THREE_PARTS_FROM:
        for first in range(_SHORTEST, len(term) - 3):
            for second in range(first + _SHORTEST, len(term) - 1):
                yield term[:first], term[first:second], term[second:]


def known_pieces(term: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """The longest known piece of a term, and those of what stands left and right of it.

    Two characters between two that would be left alone are no word: 会人 of 到会人数.
    """
    if not _SHORTEST <= len(term) <= _LONGEST or not _is_han(term):
        return ()
    for length in range(len(term), _SHORTEST - 1, -1):
        for start in range(len(term) - length + 1):
            piece = term[start : start + length]
            is_across = length == _SHORTEST and start == 1 and len(term) == _SHORTEST + 2
            if not is_across and is_known(piece):
                left, right = term[:start], term[start + length :]
                return (*known_pieces(left, is_known), piece, *known_pieces(right, is_known))
    return ()


def _is_han(term: str) -> bool:
    return all("㐀" <= one <= "鿿" for one in term)
