"""The part of Markdown in which the manual is written, as HTML: one piece a block or list item.

Headings, paragraphs, lists within lists, tables, pictures, `code`, **strong** and links; a
comment stands for nothing. Whatever else is written there is shown as it is written.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape

_ITEM = re.compile(r"(?P<sign>\d+\.|-) +(?P<rest>.*)")
_HEADING = re.compile(r"(?P<signs>#{1,4}) +(?P<text>.*)")
_PICTURE = re.compile(r"!\[(?P<alt>[^]]*)\]\((?P<address>[^)\s]+)\)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_RULER = re.compile(r"\|[\s|:-]+\|?")
_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*|\[(?P<text>[^]]+)\]\((?P<link>[^)\s]+)\)"
)

DrawPicture = Callable[[str, str], str]  #: from what a picture shows and where it lies, its HTML


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a text, or an item of a list: what it is, its words, its HTML."""

    kind: str  #: h1 … h4, p, table, ol, ul
    words: str
    html: str
    start: int = 1  #: of an item in a numbered list: its number


def pieces_of(lines: Sequence[str], draw: DrawPicture) -> list[Piece]:
    """A text as its pieces, in order."""
    return list(_pieces([_COMMENT.sub("", line) for line in lines], draw))


def joined(pieces: Sequence[Piece], name: Callable[[int], str] | None = None) -> str:
    """The pieces as one HTML text; items that follow one another are one list.

    `name` gives the id of the piece with a number, counted from 0.
    """
    told: list[str] = []
    for kind, run in groupby(enumerate(pieces), key=lambda one: one[1].kind):
        group = list(run)
        whole = "".join(_with_id(piece.html, name(at) if name else "") for at, piece in group)
        if kind in ("ol", "ul"):
            first = group[0][1].start
            start = f' start="{first}"' if kind == "ol" and first != 1 else ""
            whole = f"<{kind}{start}>{whole}</{kind}>"
        told.append(whole)
    return "\n".join(told)


def _with_id(html: str, name: str) -> str:
    return re.sub(r"^<(\w+)", rf'<\1 id="{name}"', html) if name else html


def _pieces(lines: Sequence[str], draw: DrawPicture) -> Iterator[Piece]:
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if not line:
            at += 1
        elif heading := _HEADING.fullmatch(line):
            yield _heading(heading)
            at += 1
        elif item := _ITEM.match(line):
            end = _end_of_item(lines, at)
            yield _item(item, lines[at + 1 : end], draw)
            at = end
        else:
            end = _end_of_block(lines, at)
            yield _block([one.strip() for one in lines[at:end]], draw)
            at = end


def _heading(heading: re.Match[str]) -> Piece:
    kind = f"h{len(heading['signs'])}"
    return Piece(kind, heading["text"], f"<{kind}>{_inline(heading['text'], None)}</{kind}>")


def _end_of_item(lines: Sequence[str], at: int) -> int:
    """Its own lines are indented, or blank with an indented one after them."""
    end = at + 1
    while end < len(lines):
        line = lines[end]
        if line.strip() and not line.startswith("  "):
            break
        end += 1
    return end


def _item(item: re.Match[str], more: Sequence[str], draw: DrawPicture) -> Piece:
    inner = list(_pieces([item["rest"], *_outdented(more)], draw))
    first, *others = inner or [Piece("p", "", "<p></p>")]
    head = re.sub(r"^<p>(.*)</p>$", r"\1", first.html, flags=re.DOTALL)
    words = " ".join(one.words for one in inner)
    html = f"<li>{head}{joined(others)}</li>"
    if item["sign"] == "-":
        return Piece("ul", words, html)
    return Piece("ol", words, html, int(item["sign"].rstrip(".")))


def _outdented(lines: Sequence[str]) -> list[str]:
    """Lines of an item without its own indentation; what is indented further stays so."""
    depths = [len(one) - len(one.lstrip()) for one in lines if one.strip()]
    least = min(depths, default=0)
    return [one[least:] for one in lines]


def _end_of_block(lines: Sequence[str], at: int) -> int:
    end = at + 1
    is_table = lines[at].lstrip().startswith("|")
    while end < len(lines) and lines[end].strip():
        line = lines[end].strip()
        if is_table != line.startswith("|") or _HEADING.fullmatch(line) or _ITEM.match(line):
            break
        end += 1
    return end


def _block(lines: list[str], draw: DrawPicture) -> Piece:
    if lines[0].startswith("|"):
        return _table(lines)
    text = "".join(_glued(lines))
    return Piece("p", _words(text), f"<p>{_inline(text, draw)}</p>")


def _glued(lines: Sequence[str]) -> Iterator[str]:
    """Lines of a paragraph: a blank between two only where no Chinese character meets another."""
    for number, line in enumerate(lines):
        is_latin = number and re.search(r"[\x21-\x7e]$", lines[number - 1])
        yield (" " if is_latin and re.match(r"[\x21-\x7e]", line) else "") + line


def _table(lines: Sequence[str]) -> Piece:
    rows = [_cells(one) for one in lines if not _RULER.fullmatch(one)]
    head, *body = rows
    heads = "".join(f"<th>{_inline(one, None)}</th>" for one in head)
    drawn = "".join(
        "<tr>" + "".join(f"<td>{_inline(one, None)}</td>" for one in row) + "</tr>" for row in body
    )
    html = f'<table class="plain"><thead><tr>{heads}</tr></thead><tbody>{drawn}</tbody></table>'
    return Piece("table", " ".join(_words(one) for row in rows for one in row), html)


def _cells(line: str) -> list[str]:
    return [one.strip() for one in line.strip().strip("|").split("|")]


def _words(text: str) -> str:
    """A text as it is read: without signs of Markdown, a picture by what it shows."""
    plain = _PICTURE.sub(lambda one: one["alt"], text)
    return _INLINE.sub(lambda one: one["code"] or one["strong"] or one["text"], plain)


def _inline(text: str, draw: DrawPicture | None) -> str:
    told, end = [], 0
    for one in _PICTURE.finditer(text) if draw else ():
        told += [_marked(text[end : one.start()]), draw(one["alt"], one["address"]) if draw else ""]
        end = one.end()
    return "".join([*told, _marked(text[end:])])


def _marked(text: str) -> str:
    told, end = [], 0
    for one in _INLINE.finditer(text):
        told += [escape(text[end : one.start()]), _mark(one)]
        end = one.end()
    return "".join([*told, escape(text[end:])])


def _mark(one: re.Match[str]) -> str:
    if one["code"] is not None:
        return f"<code>{escape(one['code'])}</code>"
    if one["strong"] is not None:
        return f"<strong>{_marked(one['strong'])}</strong>"
    return f'<a href="{escape(one["link"])}">{escape(one["text"])}</a>'
