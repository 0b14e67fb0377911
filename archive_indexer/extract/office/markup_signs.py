"""How files of markup begin, whatever they are called; asked of every file, so it loads nothing."""

import re

_PAGE = re.compile(
    rb"\A[\xef\xbb\xbf\s]*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_PIECE = re.compile(
    rb"\A[\xef\xbb\xbf\s]*<(?:head|body|table|meta|div|title|style|p|center)\b", re.IGNORECASE
)
_OFFICE = re.compile(
    rb'progid="(?:Word|Excel)\.|office/word/2003/wordml|microsoft-com:office:spreadsheet'
    rb"|office/2006/xmlPackage"
)
_CARDS = re.compile(rb"\A[\xef\xbb\xbf\s]*BEGIN:V(?:CARD|CALENDAR)\b", re.IGNORECASE)
_UOF = re.compile(rb"<(?:[\w.-]+:)?UOF\b[^>]*schemas\.uof\.org", re.DOTALL)
_SVG = re.compile(
    rb"\A[\xef\xbb\xbf\s]*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?>\s*)*<(?:svg:)?svg\b",
    re.DOTALL,
)
_FLAT = re.compile(rb"office:mimetype=[\"']application/vnd\.oasis\.opendocument\.(\w+)")


def flat_document(head: bytes) -> str:
    """What an OpenDocument in one XML file holds: text, spreadsheet …; empty for other files."""
    found = _FLAT.search(head)
    return found[1].decode() if found and b"office:document" in head else ""


def looks_like_uof(head: bytes) -> bool:
    """Whether a file is a document of 标文通 in one XML file."""
    return bool(_UOF.search(head))


def looks_like_svg(head: bytes) -> bool:
    """Whether a file is a drawing of the web."""
    return bool(_SVG.match(head))


def looks_like_cards(head: bytes) -> bool:
    """Whether a file is visiting cards or a calendar."""
    return bool(_CARDS.match(head))


def looks_like_web_page(head: bytes) -> bool:
    """Whether a file begins as a web page does, or a piece of one."""
    return bool(_PAGE.match(head) or _PIECE.match(head))


def looks_like_office_xml(head: bytes) -> bool:
    """Whether a file is a document of Office in one XML file."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and bool(_OFFICE.search(head))
