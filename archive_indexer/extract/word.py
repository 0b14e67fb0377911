"""Word documents: every story of them, and the pictures laid into them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import numpy as np
from lxml import etree
from PIL import Image

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.markup import html_text
from archive_indexer.extract.office.drawings import described, lines_of_related
from archive_indexer.extract.office.list_numbers import ListCounter, Numbering
from archive_indexer.extract.office.note_numbers import number_notes
from archive_indexer.extract.office.parts import (
    attribute_of,
    main_part,
    part_or_none,
    refuse_large,
    say_broken,
    say_elsewhere,
    targets_of,
    unique,
)
from archive_indexer.extract.office.pictures import pictures_in, read_pictures
from archive_indexer.extract.office.word_story import story_lines
from archive_indexer.extract.picture import DAMAGES
from archive_indexer.extract.plain_text import decode, split_pages
from minzheng.external.qr_codes import read_qr_codes

_MAIN = re.compile(r"word/document\d*\.xml")
_BESIDE = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_ORDER = ("header", "footer", "footnotes", "endnotes", "comments")
_HOW = ("numbering", "styles", "settings")  #: parts that tell what numbers look like
_LAID_IN = ("package", "oleObject", "control")
_LARGEST_CODE = 200_000  #: bytes of a picture that may be a QR code


def read_word(file: Path, limits: Limits) -> Extraction:
    """The text of a document, then its pictures; its QR codes belong to the first page."""
    with ZipFile(file) as package:
        refuse_large(package)
        names = package.namelist()
        main = main_part(package, next(filter(_MAIN.fullmatch, names), ""))
        lines, unread = _lines(package, main, names)
        text = "\n".join(filter(None, lines))
        if len(text) > limits.max_characters:
            raise UnreadableError("Word 文件文字过多，只登记、不识别。请拆成几份")
        parts = split_pages(text)
        pictured, not_seen = read_pictures(
            pictures_in(package, ("word/media/",)), len(parts) + 1, limits
        )
        pages = [ExtractedPage(number, part) for number, part in enumerate(parts, start=1)]
        unread = (*unread, *not_seen, *say_broken(package))
        pages[0] = replace(pages[0], codes=_codes(package), unread=unread)
    return Extraction("docx", (*pages, *pictured))


def _lines(package: ZipFile, main: str, names: Iterable[str]) -> tuple[list[str], tuple[str, ...]]:
    """Body, headers and footers, notes, remarks, diagrams, descriptions; and what is not read."""
    body = part_or_none(package, main)
    if body is None:
        raise UnreadableError("Word 文件已损坏，打不开。请用 Word 或 WPS 修复后另存")
    named = {one.kind: one.part for one in targets_of(package, main)}
    lists, styles, settings = (
        part_or_none(package, named.get(name, f"word/{name}.xml")) for name in _HOW
    )
    numbering = Numbering(lists, styles)
    lines = list(story_lines(body, ListCounter(numbering)))
    beside = _parts_beside(package, main, names)
    stories = [body]
    told: dict[str, None] = {}
    for name, kind in sorted(beside.items(), key=lambda one: (_ORDER.index(one[1]), one[0])):
        part = part_or_none(package, name)
        if part is not None:
            stories.append(part)
            number_notes(part, body, settings)
            told["\n".join(filter(None, _beside_lines(part, kind, numbering)))] = None
    lines += told
    shown = [main, *beside]
    lines += unique(line for name in shown for line in lines_of_related(package, name))
    lines += unique(f"图：{words}" for story in stories for words in described(story))
    inserted, unread = _laid_in(package, shown)
    return [*lines, *inserted], (*unread, *say_elsewhere(package, shown))


def _parts_beside(package: ZipFile, main: str, names: Iterable[str]) -> dict[str, str]:
    """Headers, notes, remarks with their kinds: what the text refers to, whatever its name."""
    named = {name: match[1] for name in names if (match := _BESIDE.fullmatch(name))}
    targets = {one.part: one.kind for one in targets_of(package, main) if one.kind in _ORDER}
    return named | targets


def _beside_lines(part: etree._Element, kind: str, numbering: Numbering) -> Iterator[str]:
    if kind != "comments":
        yield from story_lines(part, ListCounter(numbering))
        return
    for remark in part.iterchildren("*"):
        author = attribute_of(remark, "author")
        words = " ".join(line for line in story_lines(remark, ListCounter(numbering)) if line)
        yield f"批注（{author}）：{words}" if author else f"批注：{words}"


def _laid_in(package: ZipFile, parts: Iterable[str]) -> tuple[list[str], tuple[str, ...]]:
    """Pages of other programs within the text, and files that are only counted."""
    lines, objects = list[str](), set[str]()
    for target in (one for part in parts for one in targets_of(package, part)):
        if target.kind == "aFChunk" and target.part.lower().endswith((".htm", ".html", ".txt")):
            text = decode(package.read(target.part))
            lines += (html_text(text) if "htm" in target.part.lower() else text).splitlines()
        elif target.kind in _LAID_IN or target.kind == "aFChunk":
            objects.add(target.part)
    unread = (f"含 {len(objects)} 个嵌入的文件或对象，未识别",) if objects else ()
    return lines, unread


def _codes(package: ZipFile) -> tuple[str, ...]:
    """QR codes among the small pictures of a document."""
    codes: list[str] = []
    for entry in package.infolist():
        if entry.filename.startswith("word/media/") and entry.file_size < _LARGEST_CODE:
            try:
                with package.open(entry) as stream:
                    picture = np.array(Image.open(stream).convert("RGB"))
            except (*DAMAGES, BadZipFile):
                continue  # that it cannot be read is said by `read_pictures`
            codes += read_qr_codes(picture)
    return tuple(dict.fromkeys(codes))
