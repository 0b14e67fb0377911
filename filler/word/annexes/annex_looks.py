"""An annex looks in the form as it looked alone: its styles come with it, under names of its own.

A style that says the same in both is the form's. What the annex took for granted (defaults,
fonts and colours of its theme) is written out, since the form takes other things for granted.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VAL, _ID, _TYPE, _DEFAULT = f"{_W}val", f"{_W}styleId", f"{_W}type", f"{_W}default"
_NAMES = {f"{_W}pStyle": "paragraph", f"{_W}rStyle": "character", f"{_W}tblStyle": "table"}
_OTHERS = tuple(_W + name for name in ("basedOn", "link", "next"))
_THEMED = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia",
           "cstheme": "cs"}  # fmt: skip
_THEME_COLOURS = tuple(
    _W + name
    for name in ("themeColor", "themeTint", "themeShade", "themeFill", "themeFillTint",
                 "themeFillShade")
)  # fmt: skip
_PARAGRAPH_ORDER = tuple(
    _W + name
    for name in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
        "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
        "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
        "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap",
        "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId",
        "cnfStyle", "rPr", "sectPr", "pPrChange",
    )
)  # fmt: skip
_RUN_ORDER = tuple(
    _W + name
    for name in (
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
        "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
        "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect",
        "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout",
        "specVanish", "oMath",
    )
)  # fmt: skip
_STYLE_ORDER = tuple(
    _W + name
    for name in (
        "name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority",
        "semiHidden", "unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose",
        "personalReply", "rsid", "pPr", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr",
    )
)  # fmt: skip
#: What Word takes for granted where no default says otherwise.
_NEUTRAL: Mapping[str, Mapping[str, str]] = {
    "spacing": {"before": "0", "after": "0", "line": "240", "lineRule": "auto"},
    "ind": {"left": "0", "right": "0", "firstLine": "0"}, "jc": {"val": "left"},
    "widowControl": {"val": "0"}, "rFonts": dict.fromkeys(
        ("ascii", "hAnsi", "eastAsia", "cs"), "Times New Roman"),
    "sz": {"val": "20"}, "szCs": {"val": "20"}, "kern": {"val": "0"}, "b": {"val": "0"},
    "i": {"val": "0"}, "color": {"val": "auto"},
}  # fmt: skip
_OF_TABLES = tuple(_W + name for name in ("spacing", "ind", "jc"))
_ANNEX_ID, _ANNEX_NAME = re.compile(r"annex\d+"), re.compile(r"附件\d+ ")


def is_of_annex(style: Any) -> bool:
    """Whether a style of a document came into it with an annex."""
    name = style.find(f"{_W}name")
    return (
        style.get(f"{_W}customStyle") == "1"
        and _ANNEX_ID.match(style.get(_ID, "")) is not None
        and name is not None
        and _ANNEX_NAME.match(name.get(_VAL, "")) is not None
    )


class AnnexLooks:
    """The styles of one annex, and what they are called in the form."""

    def __init__(self, own: Any, host: Any, themes: tuple[bytes, bytes], number: int) -> None:
        """Read both.

        Args:
            own: the styles of the annex.
            host: the styles of the form; takes in those of the annex that are used.
            themes: of the annex and of the form.
            number: which annex it is, counted from one.
        """
        self._own, self._host, self._number = own, host, number
        self._fonts = dict(_theme_fonts(themes[0])) if themes[0] != themes[1] else None
        self._by_id = {one.get(_ID): one for one in own.findall(f"{_W}style")}
        self._there = {one.get(_ID): one for one in host.findall(f"{_W}style")}
        self._defaults = {
            one.get(_TYPE): one.get(_ID)
            for one in self._by_id.values()
            if one.get(_DEFAULT) in ("1", "true", "on")
        }
        before, after = (one.find(f"{_W}docDefaults") for one in (own, host))
        self._is_alike = self._fonts is None and _plain(before) == _plain(after)
        self._names: dict[str, str] = {}
        self.added: list[Any] = []  #: styles that came into the form

    def restyle(self, root: Any) -> None:
        """Give what a part names the names it has in the form."""
        self.settle(root)
        named = "paragraph", f"{_W}p", f"{_W}pPr", f"{_W}pStyle"
        self._name_defaults(root, *named)
        self._name_defaults(root, "table", f"{_W}tbl", f"{_W}tblPr", f"{_W}tblStyle")

    def settle(self, root: Any) -> None:
        """Names of styles, fonts and colours; nothing is added to paragraphs."""
        self._write_out(root)
        for element in list(root.iter(*_NAMES)):
            if element.get(_VAL) in self._by_id:
                element.set(_VAL, self._taken(element.get(_VAL)))
            else:
                element.getparent().remove(element)

    def _write_out(self, root: Any) -> None:
        """Fonts and colours of the annex's theme by their own names."""
        if self._fonts is None:
            return
        for fonts in root.iter(f"{_W}rFonts"):
            for themed, plain in _THEMED.items():
                name = self._fonts.get(fonts.attrib.pop(_W + themed, ""), "")
                if name:
                    fonts.set(_W + plain, name)
        for element in root.iter(etree.Element):
            for name in _THEME_COLOURS:
                element.attrib.pop(name, None)

    def _name_defaults(self, root: Any, kind: str, tag: str, properties: str, name: str) -> None:
        """What names no style has the default one, which is another in the form."""
        default = self._defaults.get(kind, "")
        if not default or self._is_same(default):
            return
        taken = self._taken(default)
        for element in root.iter(tag):
            own = element.find(properties)
            if own is None:
                own = element.makeelement(properties, {})
                element.insert(0, own)
            if own.find(name) is None:
                own.insert(0, own.makeelement(name, {_VAL: taken}))
                if kind == "paragraph" and not self._is_alike:
                    self._as_in_table(element, own)

    def _as_in_table(self, paragraph: Any, properties: Any) -> None:
        """What the table's style says of its paragraphs goes before the defaults."""
        table = next(paragraph.iterancestors(f"{_W}tbl"), None)
        style = table.find(f"{_W}tblPr/{_W}tblStyle") if table is not None else None
        name = style.get(_VAL) if style is not None else self._defaults.get("table", "")
        for one in _chain(self._by_id | self._there, name) if table is not None else ():
            for said in one.iterfind(f"{_W}pPr/*"):
                if said.tag in _OF_TABLES and properties.find(said.tag) is None:
                    properties.append(copy.deepcopy(said))
        _sort(properties, _PARAGRAPH_ORDER)

    def _taken(self, name: str) -> str:
        """What a style of the annex is called in the form."""
        if name not in self._names:
            if self._is_same(name):
                self._names[name] = name
            else:
                self._names[name] = self._free(f"annex{self._number}{name}")
                self._take_over(self._by_id[name], self._names[name])
        return self._names[name]

    def _free(self, name: str) -> str:
        while name in self._there:
            name += "x"
        return name

    def _take_over(self, style: Any, name: str) -> None:
        made = copy.deepcopy(style)
        made.attrib.pop(_DEFAULT, None)
        made.set(_ID, name)
        made.set(f"{_W}customStyle", "1")
        called = made.find(f"{_W}name")
        if called is not None:
            called.set(_VAL, f"附件{self._number} {called.get(_VAL, '')}")
        for gone in [*made.findall(f"{_W}aliases"), *made.findall(f"{_W}rsid")]:
            made.remove(gone)
        self._write_out(made)
        if made.find(f"{_W}basedOn") is None and not self._is_alike:
            self._grant(made)
        self._there[name] = made
        self.added.append(made)
        self._host.append(made)
        for other in made.findall("*"):
            if other.tag in _OTHERS:
                self._rename(made, other)

    def _rename(self, style: Any, other: Any) -> None:
        if other.get(_VAL) in self._by_id:
            other.set(_VAL, self._taken(other.get(_VAL)))
        else:
            style.remove(other)

    def _is_same(self, name: str) -> bool:
        """Whether a style says in the form what it says in the annex, and all below it."""
        if not self._is_alike:
            return False
        own, there = list(_chain(self._by_id, name)), list(_chain(self._there, name))
        has_list = any(one.find(f"{_W}pPr/{_W}numPr") is not None for one in own)
        return bool(own) and not has_list and [*map(_plain, own)] == [*map(_plain, there)]

    def _grant(self, style: Any) -> None:
        """Write out what the annex takes for granted, in a paragraph style that rests on none."""
        if style.get(_TYPE) != "paragraph":
            return
        for kind, order in (("pPr", _PARAGRAPH_ORDER), ("rPr", _RUN_ORDER)):
            own = style.find(_W + kind)
            if own is None:
                own = style.makeelement(_W + kind, {})
                style.append(own)
            for default in (self._default(self._own, kind), self._neutral(kind)):
                for said in default:
                    _complete(own, said)
            self._write_out(own)
            _sort(own, order)
        _sort(style, _STYLE_ORDER)

    def _default(self, styles: Any, kind: str) -> list[Any]:
        found = styles.find(f"{_W}docDefaults/{_W}{kind}Default/{_W}{kind}")
        made = copy.deepcopy(found) if found is not None else None
        if made is not None and styles is self._own:
            self._write_out(made)
        return list(made) if made is not None else []

    def _neutral(self, kind: str) -> Iterator[Any]:
        """What undoes the form's own defaults."""
        for said in self._default(self._host, kind):
            name = etree.QName(said).localname
            if name in _NEUTRAL:
                values = {_W + key: value for key, value in _NEUTRAL[name].items()}
                yield said.makeelement(said.tag, values)


def _complete(own: Any, said: Any) -> None:
    """Add what is not said yet; of fonts, spaces and indents each attribute for itself."""
    there = own.find(said.tag)
    if there is None:
        own.append(copy.deepcopy(said))
    elif etree.QName(said).localname in ("rFonts", "spacing", "ind"):
        for name, value in said.attrib.items():
            if name not in there.attrib:
                there.set(name, value)


def _chain(by_id: Mapping[str, Any], name: str) -> Iterator[Any]:
    """A style and those it is based on."""
    seen: set[str] = set()
    while name in by_id and name not in seen:
        seen.add(name)
        yield by_id[name]
        base = by_id[name].find(f"{_W}basedOn")
        name = base.get(_VAL, "") if base is not None else ""


def _plain(element: Any) -> bytes:
    """What it says, without marks of who changed it."""
    if element is None:
        return b""
    made = copy.deepcopy(element)
    for mark in list(made.iter(f"{_W}rsid")):
        mark.getparent().remove(mark)
    made.tail = None
    plain: bytes = etree.tostring(made, method="c14n", exclusive=True)
    return plain


def _sort(element: Any, order: tuple[str, ...]) -> None:
    element[:] = sorted(
        element, key=lambda one: order.index(one.tag) if one.tag in order else len(order)
    )


def _theme_fonts(theme: bytes) -> Iterator[tuple[str, str]]:
    """`minorEastAsia` and its like, and the fonts they are."""
    if not theme:
        return
    root: Any = etree.fromstring(theme)
    for kind in ("major", "minor"):
        fonts = root.find(f".//{_A}{kind}Font")
        if fonts is None:
            continue
        latin = _typeface(fonts, "latin")
        chinese = next(
            (one.get("typeface", "") for one in fonts.findall(f"{_A}font")
             if one.get("script") == "Hans"), "",
        )  # fmt: skip
        yield f"{kind}Ascii", latin
        yield f"{kind}HAnsi", latin
        yield f"{kind}EastAsia", _typeface(fonts, "ea") or chinese
        yield f"{kind}Bidi", _typeface(fonts, "cs") or latin


def _typeface(fonts: Any, tag: str) -> str:
    found = fonts.find(_A + tag)
    return found.get("typeface", "") if found is not None else ""
