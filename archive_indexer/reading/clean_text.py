"""A page's text without what no reader wants: control characters, odd spaces, pinyin."""

import re
from dataclasses import replace

from archive_indexer.documents import ExtractedPage
from minzheng.county.writing.chinese_text import strip_inserted_pinyin

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_BLANK_LINES = re.compile(r"\n\s*\n+")


def clean_page(page: ExtractedPage) -> ExtractedPage:
    """The page with clean text; lines and their boxes stay as they were read."""
    return replace(page, text=clean_text(page.text))


def clean_text(text: str) -> str:
    """One text, line breaks kept."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    text = _SPACES.sub(" ", strip_inserted_pinyin(text))
    return _BLANK_LINES.sub("\n", text).strip()
