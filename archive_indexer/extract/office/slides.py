"""Slides: each with its notes and remarks, then what their masters and pictures show."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.office.drawings import described, drawn_lines, lines_of_related
from archive_indexer.extract.office.parts import (
    kept_nodes,
    local_name,
    main_part,
    part_or_none,
    refuse_large,
    say_broken,
    say_elsewhere,
    targets_of,
    unique,
)
from archive_indexer.extract.office.pictures import pictures_in, read_pictures

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_AUTHORS = re.compile(r"ppt/(?:commentAuthors|authors)\.xml")
_MASTER = re.compile(r"ppt/(?:slideMasters|slideLayouts|notesMasters|handoutMasters)/\w+\.xml")
_HEADS = frozenset({"hdr", "ftr"})  #: places of masters that hold what is printed
_MOVING = (".mp4", ".mov", ".avi", ".wmv", ".mp3", ".wav", ".m4a", ".m4v", ".wma")


def read_pptx(file: Path, limits: Limits) -> Extraction:
    """A slide is a page, a paragraph a line; pictures with words on them are further pages."""
    with ZipFile(file) as package:
        refuse_large(package)
        names = _slide_names(package)
        if len(names) > limits.max_pages:
            raise UnreadableError(f"超过 {limits.max_pages} 张，只登记、不识别。请拆分后放回原处")
        pages = [
            ExtractedPage(number, "\n".join(filter(None, _slide_lines(package, name))))
            for number, name in enumerate(names or [""], start=1)
        ]
        common = unique(_master_lines(package))
        files = [entry for entry in package.namelist() if entry.startswith("ppt/media/")]
        inserted = _inserted(package, names)
        media = [
            one for one in pictures_in(package, ("ppt/media/",))
            if not one[0].lower().endswith(_MOVING)
        ]  # fmt: skip
        pictured, not_seen = read_pictures(media, len(pages) + 1, limits)
        not_seen = (*not_seen, *say_elsewhere(package, names), *say_broken(package))
    text = "\n".join(filter(None, (pages[0].text, *common)))
    pages[0] = replace(pages[0], text=text, unread=(*_laid_in(files, inserted), *not_seen))
    return Extraction("pptx", (*pages, *pictured))


def _slide_names(package: ZipFile) -> list[str]:
    """The slides as they follow one another, then those that are shown nowhere."""
    main = main_part(package, "ppt/presentation.xml")
    by_id = {one.number: one.part for one in targets_of(package, main) if one.kind == "slide"}
    root = part_or_none(package, main)
    shown = [
        by_id.get(_reference(one), "")
        for one in (root.iter("{*}sldId") if root is not None else ())
    ]
    found = [match for name in package.namelist() if (match := _SLIDE.fullmatch(name))]
    named = [match[0] for match in sorted(found, key=lambda match: int(match[1]))]
    there = {*package.namelist()}
    return list(dict.fromkeys(one for one in (*shown, *by_id.values(), *named) if one in there))


def _reference(node: etree._Element) -> str:
    """The id of a relation, which stands beside an id of the slide itself."""
    return next((str(value) for key, value in node.attrib.items() if str(key).endswith("}id")), "")


def _slide_lines(package: ZipFile, name: str) -> Iterator[str]:
    slide = part_or_none(package, name)
    if slide is None:
        return
    if slide.get("show") in ("0", "false"):
        yield "（隐藏的幻灯片）"
    yield from drawn_lines(slide)
    yield from unique(lines_of_related(package, name))
    yield from unique(f"图：{words}" for words in described(slide))
    authors = _authors(package)
    for target in targets_of(package, name):
        part = part_or_none(package, target.part) if "omment" in target.kind else None
        if target.kind == "notesSlide":
            yield from _notes(package, target.part)
        elif part is not None:
            who = (node.get("authorId", "") for node in part.iter("*") if "authorId" in node.attrib)
            names = "、".join(unique(authors.get(one, "") for one in who))
            before = f"批注（{names}）：" if names else "批注："
            yield from (f"{before}{line}" for line in _remarks(part))


def _notes(package: ZipFile, name: str) -> Iterator[str]:
    notes = part_or_none(package, name)
    if notes is not None:
        yield from (f"备注：{line}" for line in drawn_lines(notes) if not line.isdecimal())
        yield from lines_of_related(package, name)


def _authors(package: ZipFile) -> dict[str, str]:
    """Who wrote remarks, by the numbers that stand for them."""
    names = {}
    for name in package.namelist():
        part = part_or_none(package, name) if _AUTHORS.fullmatch(name) else None
        for node in part.iter("{*}cmAuthor", "{*}author") if part is not None else ():
            names[node.get("id", "")] = node.get("name", "")
    return names


def _remarks(part: etree._Element) -> Iterator[str]:
    """Remarks of older programs hold a plain text, those of today paragraphs."""
    for node in part.iter("{*}text"):
        if node.text and node.text.strip():
            yield node.text.strip()
    yield from (line for line in drawn_lines(part) if line)


def _master_lines(package: ZipFile) -> Iterator[str]:
    """What stands on every slide; prompts of empty places do not."""
    for name in package.namelist():
        master = part_or_none(package, name) if _MASTER.fullmatch(name) else None
        if master is None:
            continue
        for shape in master.iter("{*}sp", "{*}graphicFrame"):
            places = (node for node in kept_nodes(shape, frozenset()) if local_name(node) == "ph")
            is_prompt = any(place.get("type") not in _HEADS for place in places)
            if not is_prompt:
                yield from drawn_lines(shape)
        yield from lines_of_related(package, name)


def _inserted(package: ZipFile, slides: list[str]) -> int:
    """How many files of other programs lie in the slides; tables behind charts were read."""
    behind = {
        target.part
        for name in package.namelist()
        if name.startswith("ppt/charts/") and name.endswith(".xml")
        for target in targets_of(package, name)
    }
    laid_in = {name for name in package.namelist() if name.startswith("ppt/embeddings/")}
    laid_in |= {
        target.part
        for name in slides
        for target in targets_of(package, name)
        if target.kind in ("package", "oleObject", "control")
    }
    return len(laid_in - behind)


def _laid_in(names: list[str], inserted: int) -> tuple[str, ...]:
    moving = sum(name.lower().endswith(_MOVING) for name in names)
    said = ((moving, "段声音或视频"), (inserted, "个嵌入的文件或对象"))
    return tuple(f"含 {number} {what}，未识别" for number, what in said if number)
