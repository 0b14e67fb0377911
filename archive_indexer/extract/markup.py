"""XML of zipped documents, and the text of HTML.

XML is read without entities and within a size, so that no bomb goes off.
"""

import re
from pathlib import PurePosixPath
from zipfile import ZipFile

import lxml.html
from lxml import etree

from archive_indexer.extract.limits import UnreadableError

_LARGEST_PART = 64 << 20  #: bytes, unpacked
_MOST_BEFORE_TYPE = 1 << 16  #: bytes
_TYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_UNDECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")  #: a text is decoded already, whatever it says
_BLOCKS = (
    "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "title", "table", "dt", "dd",
    "blockquote", "pre", "option",
)  # fmt: skip
_CELLS = ("td", "th")
_TYPED = ("text", "", "tel", "number", "date", "email", "search")  #: fields that show their value


def read_part(package: ZipFile, name: str, *, repair: bool = False) -> etree._Element:
    """An XML part of a package; that two of its places have one name is no harm.

    Raises:
        UnreadableError: it is too large.
    """
    if package.getinfo(name).file_size > _LARGEST_PART:
        raise UnreadableError("文件解压后过大，只登记、不识别")
    content = package.read(name)
    repaired = tree_of(content, repair=True) if repair else None
    return tree_of(content) if repaired is None else repaired


def tree_of(content: bytes, *, repair: bool = False, is_large: bool = False) -> etree._Element:
    """XML as a tree, by what it holds alone: nothing that it names elsewhere is opened.

    Raises:
        etree.XMLSyntaxError: it is broken.
    """
    # Without collecting names, which two places may share, lxml opens the file of a document type.
    names_type = any(type_ in content[:_MOST_BEFORE_TYPE] for type_ in _TYPES)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=is_large, collect_ids=names_type,
        recover=repair,
    )  # fmt: skip
    return etree.fromstring(content, parser)


def html_tree(html: str) -> lxml.html.HtmlElement:
    """A page that was decoded, whatever it says of its code; an empty one where nothing is."""
    try:
        return lxml.html.document_fromstring(_UNDECLARED.sub("", html, count=1))
    except etree.ParserError:
        return lxml.html.document_fromstring("<html></html>")


def html_text(html: str) -> str:
    """What a reader of a page sees."""
    tree = html_tree(html)
    etree.strip_elements(tree, "script", "style", etree.Comment, with_tail=False)
    for node in tree.iter("br", "img", "input", *_BLOCKS, *_CELLS):
        if node.tag in _BLOCKS:
            node.text = f"\n{node.text or ''}"
        said, apart = _shown_value(node), " " if node.tag in _CELLS else "\n"
        node.tail = f"{said or apart}{node.tail or ''}"
    lines = (" ".join(line.split()) for line in "".join(map(str, tree.itertext())).splitlines())
    return "\n".join(filter(None, lines))


def _shown_value(node: lxml.html.HtmlElement) -> str:
    """What a page shows of a picture that is away, and of a field that was filled in."""
    if node.tag == "img":
        return f" {node.get('alt', '')} "
    if node.tag != "input":
        return ""
    kind = node.get("type", "").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if "checked" in node.attrib else "☐"
    return f" {node.get('value', '')} " if kind in _TYPED else " "


def inner_path(base: str, target: str) -> str:
    """A member named relative to another, or from the root with a leading slash."""
    if target.startswith("/"):
        return target.lstrip("/")
    return str(PurePosixPath(base).parent / target)
