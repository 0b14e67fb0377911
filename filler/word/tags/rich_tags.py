"""`{{r 意见 }}`: a text with marks of its own becomes runs that look so.

`**加粗**`, `__下划线__`, `~~删除线~~`, `==标红==`; all else looks as the tag itself does. Texts
stay texts: nothing that is typed gets into the markup.
"""

import copy
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from lxml import etree
from markupsafe import Markup

from filler.word.word_names import qn

RUNS = "_runs"
_TAG = re.compile(r"\{\{r\s+(.*?)\s*\}\}")
_FORMATS = {
    "**": ("w:b", {}),
    "__": ("w:u", {"w:val": "single"}),
    "~~": ("w:strike", {}),
    "==": ("w:color", {"w:val": "FF0000"}),
}
_MARKED = re.compile(r"(\*\*|__|~~|==)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
#: Before which other properties of a run each stands, as the schema asks.
_AFTER_BOLD = (
    "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
    "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign",
    "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
_T, _R, _P, _PROPERTIES = qn("w:t"), qn("w:r"), qn("w:p"), qn("w:rPr")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Runs = Callable[[str], str]


def name_rich_tags(root: Any, known: Collection[str], runs: list[Runs]) -> None:
    """Give each rich tag a run of its own, and the filter that makes its runs.

    Args:
        root: a part of a Word file.
        known: names whose values are runs already.
        runs: takes in what makes runs; its place is the filter's number.
    """
    for paragraph in list(root.iter(_P)):
        texts = [one for one in paragraph.iter(_T) if next(one.iterancestors(_P)) is paragraph]
        tags = _TAG.findall("".join(one.text or "" for one in texts))
        if set(tags) - set(known):
            for text in _join_tags(texts):
                _split(text, known, runs)


def as_runs(looks: tuple[str, ...], text: str) -> str:
    """A text as runs: as the tag looks, and with each of the formats besides."""
    if not text or text.startswith("<w:r"):  # runs of the program: what is typed is escaped
        return text
    return Markup("".join(_run(looks, mark, piece) for mark, piece in _pieces(text)))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    for match in _MARKED.finditer(text):
        if match.start() > place:
            yield "", text[place : match.start()]
        yield match[1], match[2]
        place = match.end()
    if place < len(text):
        yield "", text[place:]


def _run(looks: tuple[str, ...], mark: str, text: str) -> str:
    look = looks[(*_FORMATS, "").index(mark)]
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _join_tags(texts: list[Any]) -> list[Any]:
    """Word cuts tags over runs: each comes whole into the run it begins in."""
    whole = "".join(one.text or "" for one in texts)
    starts, place = [], 0
    for one in texts:
        starts.append(place)
        place += len(one.text or "")
    owners = [at for at, one in enumerate(texts) for _ in one.text or ""]
    for match in _TAG.finditer(whole):
        owners[match.start() : match.end()] = [owners[match.start()]] * len(match[0])
    letters: list[list[str]] = [[] for _ in texts]
    for owner, letter in zip(owners, whole, strict=True):
        letters[owner].append(letter)
    for one, own in zip(texts, letters, strict=True):
        one.text = "".join(own)
    return [one for one in texts if _TAG.search(one.text)]


def _split(text: Any, known: Collection[str], runs: list[Runs]) -> None:
    """A run with tags as runs: what stands before each, the tag, what stands behind."""
    match = next((one for one in _TAG.finditer(text.text) if one[1] not in known), None)
    run = text.getparent()
    if match is None or run.tag != _R:
        return
    look, others = run.find(_PROPERTIES), list(run)[run.index(text) + 1 :]
    tag, rest = run.makeelement(_R, {}), run.makeelement(_R, dict(run.attrib))
    behind = rest.makeelement(_T, {_SPACE: "preserve"})
    behind.text, text.text = text.text[match.end() :], text.text[: match.start()]
    text.set(_SPACE, "preserve")
    etree.SubElement(tag, _T).text = f"{{{{r {match[1]}|{RUNS}{len(runs)} }}}}"
    rest.extend([*([copy.deepcopy(look)] if look is not None else []), behind, *others])
    runs.append(_maker(look))
    run.addnext(tag)
    tag.addnext(rest)
    _split(behind, known, runs)


def _maker(look: Any) -> Runs:
    """What makes the runs of one tag."""
    looks = (*(_look(look, *one) for one in _FORMATS.values()), _look(look, "", {}))
    return lambda text: as_runs(looks, text)


def _look(look: Any, name: str, values: dict[str, str]) -> str:
    """The properties of a run with one more, in the order of the schema."""
    made = etree.Element(_PROPERTIES, nsmap={"w": qn("w:r")[1:].split("}")[0]})
    made.extend(copy.deepcopy(list(look)) if look is not None else ())
    if name:
        for same in made.findall(qn(name)):
            made.remove(same)
        one = made.makeelement(qn(name), {qn(key): value for key, value in values.items()})
        behind = _AFTER_BOLD[_AFTER_BOLD.index(name[2:]) + 1 :] if name != "w:b" else _AFTER_BOLD
        stands = (at for at, child in enumerate(made) if etree.QName(child).localname in behind)
        made.insert(next(stands, len(made)), one)
    if not len(made):
        return ""
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(made, encoding="unicode"))
