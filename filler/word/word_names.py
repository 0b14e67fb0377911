"""Names of Word's elements as lxml spells them, `w:p` with its space before it.

As `docx.oxml.ns.qn` says them; python-docx is loaded whole with that, and a template that was
compiled before needs nothing else of it.
"""

_OPEN_XML = "http://schemas.openxmlformats.org/"
_SPACES = {
    "a": f"{_OPEN_XML}drawingml/2006/main",
    "m": f"{_OPEN_XML}officeDocument/2006/math",
    "pic": f"{_OPEN_XML}drawingml/2006/picture",
    "r": f"{_OPEN_XML}officeDocument/2006/relationships",
    "w": f"{_OPEN_XML}wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": f"{_OPEN_XML}drawingml/2006/wordprocessingDrawing",
}


def qn(name: str) -> str:
    """A name with its space in place of the prefix."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"
