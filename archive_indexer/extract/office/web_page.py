"""Web pages, whatever they are called: many programs save a table or a letter as one.

What Office of 2003 writes as one XML file is read in the same way: rows, paragraphs, pictures.
"""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote_to_bytes

from lxml import etree

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.markup import html_text, html_tree
from archive_indexer.extract.office.list_numbers import ListCounter, Numbering
from archive_indexer.extract.office.parts import attribute_of, local_name
from archive_indexer.extract.office.pictures import Load, read_pictures
from archive_indexer.extract.office.word_story import story_lines
from archive_indexer.extract.plain_text import as_pages, decode

_WITHIN = "data:"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".emf", ".wmf")
_BROKEN = "文件已损坏，打不开。请用 Word、Excel 或 WPS 修复后另存"


def read_web_page(file: Path, limits: Limits) -> Extraction:
    """What a reader of a page sees, and the pictures that lie in it."""
    source = decode(file.read_bytes())
    pages = as_pages(html_text(source), limits)
    within, elsewhere = _pictures(source)
    pictured, unread = read_pictures(within, len(pages) + 1, limits)
    if elsewhere:
        unread = (*unread, f"含 {elsewhere} 张图片不在文件里，未识别")
    return Extraction("html", (replace(pages[0], unread=unread), *pages[1:], *pictured))


def read_office_xml(file: Path, limits: Limits) -> Extraction:
    """The rows and paragraphs of a document in one XML file, and its pictures."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(file.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(_BROKEN) from error
    pages = as_pages("\n".join(filter(None, _office_lines(root))), limits)
    pictured, unread = read_pictures(_office_pictures(root), len(pages) + 1, limits)
    return Extraction("xml", (replace(pages[0], unread=unread), *pages[1:], *pictured))


def _pictures(source: str) -> tuple[list[tuple[str, Load]], int]:
    """The pictures that a page holds, and how many it only refers to."""
    within, elsewhere = list[tuple[str, Load]](), set[str]()
    for image in html_tree(source).iter("img"):
        address = image.get("src", "").strip()
        if address[: len(_WITHIN)].lower() == _WITHIN:
            within.append(("picture", partial(content_of, address)))
        elif address:
            elsewhere.add(address)
    return within, len(elsewhere)


def content_of(address: str) -> bytes:
    """The bytes of a picture that is written within its page."""
    how, _, said = address.partition(",")
    content = unquote_to_bytes(said)
    try:
        return base64.b64decode(content) if how.lower().endswith(";base64") else content
    except binascii.Error as error:
        raise OSError from error


def _office_lines(root: etree._Element) -> Iterator[str]:
    """Sheets row by row; of a text whatever is no sheet."""
    lists, styles = (next(root.iter(f"{{*}}{name}"), None) for name in ("numbering", "styles"))
    numbering = Numbering(lists, styles)
    beside = ("{*}hdr", "{*}ftr", "{*}footnotes", "{*}endnotes", "{*}comments")
    for body in root.iter("{*}body"):
        yield from story_lines(body, ListCounter(numbering))
    for story in (one for name in beside for one in root.iter(name)):
        if next(story.iterancestors("{*}body"), None) is None:
            yield from story_lines(story, ListCounter(numbering))
    for sheet in root.iter("{*}Worksheet"):
        yield attribute_of(sheet, "Name")
        for row in sheet.iter("{*}Row"):
            yield " ".join(filter(None, map(_cell, row.iter("{*}Data"))))
        for remark in sheet.iter("{*}Comment"):
            yield f"批注：{_cell(remark)}"


def _cell(node: etree._Element) -> str:
    """What stands in a cell; the hour of a date without one is left out."""
    said = " ".join("".join(map(str, node.itertext())).split())
    return said.removesuffix("T00:00:00.000")


def _office_pictures(root: etree._Element) -> list[tuple[str, Load]]:
    found = list[tuple[str, Load]]()
    for data in root.iter("{*}binData", "{*}binaryData"):
        named = data if local_name(data) == "binData" else data.getparent()
        names = named.attrib.values() if named is not None else ()
        name = next((str(one) for one in names if str(one).lower().endswith(_PICTURES)), "")
        if name:
            found.append((name, partial(base64.b64decode, data.text or "")))
    return found
