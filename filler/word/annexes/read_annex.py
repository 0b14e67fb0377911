"""Word files that people put into a form: what they may be, and how they are taken in."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from filler.form.form_data import Answers
from filler.form.forms import FormSpec
from filler.form.photo_names import NamedAnnex
from filler.records.photo_shelf import OpenPhoto, PhotoShelf, take_files, take_photos
from filler.word.joining.record_notes import relation_uses
from filler.word.joining.record_package import RecordPackage
from filler.word.template_limits import (
    BROKEN_FILE,
    find_package_problems,
    find_reaching_problems,
)
from minzheng.county.errors import Problem
from minzheng.county.form_code import find_line
from minzheng.external.photos import BadPhotoError, PhotoLimits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_PAGE_NUMBERS = re.compile(r"[\s\d第页共/／—–\-·.]|of|page|pages", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[:\\/\s]+")
_SAVE_AGAIN = "用 Word 或 WPS 另存为 .docx 后再放入"
_LONGEST_NAME = 100


class BadAnnexError(BadPhotoError):
    """What is wrong with a Word file and what to do, in Chinese."""


def take_uploads(
    spec: FormSpec, answers: Answers, find: OpenPhoto, shelf: PhotoShelf, limits: PhotoLimits
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Answers with names of photos and annexes in place of their files."""
    taken, wrong = take_photos(spec, answers, find, shelf, limits)
    taken, more = take_files(
        "annex", spec, taken, find, lambda name, data: take_annex(name, data, shelf, limits)
    )
    return taken, (*wrong, *more)


def take_annex(file_name: str, data: bytes, shelf: PhotoShelf, limits: PhotoLimits) -> str:
    """Put a Word file on the shelf as it is; the name under which a form knows it.

    Raises:
        BadAnnexError: it cannot be put into a form.
    """
    if len(data) > limits.most_bytes:
        size = f"有 {len(data) / (1 << 20):.0f} MB，超过 {limits.most_bytes >> 20} MB"
        raise BadAnnexError(size, "缩小或删去里面的大图片")
    for problem in find_annex_problems(data):
        raise BadAnnexError(problem.what, problem.do)
    sha256 = hashlib.sha256(data).hexdigest()
    shelf.put(sha256, data)
    return str(NamedAnnex(sha256, _plain_name(file_name)))


def find_annex_problems(docx: bytes, where: str = "附件") -> list[Problem]:
    """Why a Word file cannot be put into a form; none: it can."""
    refused = find_package_problems(docx, where)
    if refused:
        return refused
    try:
        return [*find_reaching_problems(docx, where), *_find_unfitting(docx, where)]
    except (*BROKEN_FILE, KeyError, StopIteration):
        return [Problem(where, "不是完好的 .docx 文件", _SAVE_AGAIN)]


def _find_unfitting(docx: bytes, where: str) -> Iterator[Problem]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        package = RecordPackage(archive)
        root: Any = etree.fromstring(package.read(package.document))
        if root.tag != f"{_W}document":
            yield Problem(where, "不是 .docx 文件，或存成了 Strict 格式", _SAVE_AGAIN)
            return
        uses = relation_uses(root, package.relations(package.document))
        pages = {one.target for _, _, one in uses if one.name in ("header", "footer")}
        texts = [_page_text(package.read(name)) for name in sorted(pages & package.names)]
        code = next(filter(None, map(find_line, texts)), None)
        if code:
            what = f"附件是本系统出具的表（{code.line()}），有自己的编号、二维码和页码"
            yield Problem(where, what, "不放进别的表里，单独打印，订在后面")
            return
        yield from _find_sections(root, where)
        tags = [tag for one in root.iter(f"{_W}p") for tag in _TAG.findall(_text(one))]
        if tags:
            what = f"附件里有没填的标签 {tags[0]}"
            yield Problem(where, what, "先填好，附件照原样放进表里")
        found = next((text for text in texts if text), "")
        if found:
            what = f"附件的页眉页脚里有字（{found[:20]}），放进表里就没有了"
            yield Problem(where, what, "把要印的字移到正文，清空页眉页脚")


def _find_sections(root: Any, where: str) -> Iterator[Problem]:
    """The form's pages hold the annex: it has no pages of its own."""
    if next(root.iterfind(f".//{_W}pPr/{_W}sectPr"), None) is not None:
        yield Problem(where, "附件分了节，放不进表里", "删去分节符，分成几份附件")
    size = root.find(f"{_W}body/{_W}sectPr/{_W}pgSz")
    if size is not None and int(size.get(f"{_W}w", 0)) > int(size.get(f"{_W}h", 0)):
        yield Problem(where, "附件是横版，放进表里会缺边", "改成竖版，或另行打印")
    columns = root.find(f"{_W}body/{_W}sectPr/{_W}cols")
    if columns is not None and int(columns.get(f"{_W}num", 1)) > 1:
        yield Problem(where, "附件分了栏，放进表里就没有了", "改成一栏")


def _page_text(part: bytes) -> str:
    """What a header or footer says besides page numbers, words drawn as watermark included."""
    root: Any = etree.fromstring(part)
    drawn = " ".join(one.get("string", "") for one in root.iter("{*}textpath"))
    text = _text(root) + drawn
    return text.strip() if _PAGE_NUMBERS.sub("", text) else ""


def _text(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(f"{_W}t"))


def _plain_name(file_name: str) -> str:
    name = PurePosixPath(file_name.replace("\\", "/")).name
    return _NOT_IN_NAMES.sub("_", name).strip("_")[-_LONGEST_NAME:] or "附件.docx"
