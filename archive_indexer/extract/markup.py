"""XML of zipped documents, and the text of HTML.

XML is read without entities and within a size, so that no bomb goes off.
"""

from pathlib import PurePosixPath
from zipfile import ZipFile

import lxml.html
from lxml import etree

from archive_indexer.extract.limits import UnreadableError

_LARGEST_PART = 64 << 20  #: bytes, unpacked
_BLOCKS = ("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "title")


def read_part(package: ZipFile, name: str) -> etree._Element:
    """An XML part of a package.

    Raises:
        UnreadableError: it is too large.
    """
    if package.getinfo(name).file_size > _LARGEST_PART:
        raise UnreadableError("文件解压后过大，只登记、不识别")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(package.read(name), parser)


def html_text(html: str) -> str:
    """What a reader of a page sees."""
    if not html.strip():
        return ""
    tree = lxml.html.fromstring(html)
    etree.strip_elements(tree, "script", "style", with_tail=False)
    for node in tree.iter(*_BLOCKS):
        node.tail = f"\n{node.tail or ''}"
    lines = (" ".join(line.split()) for line in "".join(map(str, tree.itertext())).splitlines())
    return "\n".join(filter(None, lines))


def inner_path(base: str, target: str) -> str:
    """A member named relative to another, or from the root with a leading slash."""
    if target.startswith("/"):
        return target.lstrip("/")
    return str(PurePosixPath(base).parent / target)
