"""What was changed between two versions of a file, in lines that people read."""

import difflib
import re
import zipfile
from pathlib import Path

from lxml import etree

_PARAGRAPH, _TEXT = (
    f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}" for name in "pt"
)
_TOLD_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")


def changed_lines(old: Path, new: Path) -> list[tuple[bool, str]]:
    """Lines that the new file adds (true) and takes away, in order; of Word files, paragraphs."""
    return [
        (line[0] == "+", line[2:])
        for line in difflib.ndiff(_lines_of(old), _lines_of(new))
        if line[:2] in ("+ ", "- ") and line[2:].strip()
    ]


def _lines_of(file: Path) -> list[str]:
    if not file.exists():
        return []
    if file.suffix == ".docx":
        return _paragraphs_of(file)
    return file.read_text(encoding="utf-8-sig", errors="replace").splitlines()


def _paragraphs_of(file: Path) -> list[str]:
    """The text of a Word file, header and footer after the body; of a broken one, nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(file) as word:
            parts = sorted(filter(_TOLD_PARTS.fullmatch, word.namelist()))
            roots = [etree.fromstring(word.read(part), parser) for part in parts]
    except (zipfile.BadZipFile, etree.XMLSyntaxError):
        return []
    return [
        "".join(one.text or "" for one in paragraph.iter(_TEXT))
        for root in roots
        for paragraph in root.iter(_PARAGRAPH)
    ]
