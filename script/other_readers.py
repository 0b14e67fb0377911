"""What programs of other people read of a Word file, compared with what stands in it."""

import html.parser
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator

import mammoth
from docx.oxml.ns import qn
from lxml import etree

Reader = Callable[[bytes], str]
_BODY = "word/document.xml"
_BEFORE, _AFTER = 6, 20
_SECONDS = 120.0


def lost_texts(docx: bytes, readers: dict[str, Reader]) -> Iterator[str]:
    """Of each reader that reads otherwise, the place from which on it does."""
    ours = written_in(docx)
    for name, read in readers.items():
        theirs = _bare(read(docx))
        if theirs != ours:
            at = _first_difference(ours, theirs)
            yield f"{name} reads «{_around(theirs, at)}» where «{_around(ours, at)}» stands"


def written_in(docx: bytes) -> str:
    """All characters of the body in the order of the file, without spaces."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        body = etree.fromstring(package.read(_BODY))
    return _bare("".join(text.text or "" for text in body.iter(qn("w:t"))))


def read_by_mammoth(docx: bytes) -> str:
    """The text of the HTML that mammoth makes of the body."""
    return text_of_html(mammoth.convert_to_html(io.BytesIO(docx)).value)


def read_by_pandoc(docx: bytes) -> str:
    """The text of the HTML that pandoc makes of the body.

    Raises:
        FileNotFoundError: pandoc is not installed.
        subprocess.CalledProcessError: it refuses the file.
    """
    program = shutil.which("pandoc")
    if program is None:
        raise FileNotFoundError("pandoc is not installed: apt-get install pandoc")
    command = [program, "--from", "docx", "--to", "html"]
    made = subprocess.run(command, input=docx, capture_output=True, check=True, timeout=_SECONDS)
    return text_of_html(made.stdout.decode())


#: Independent of each other, of python-docx and of LibreOffice.
READERS: dict[str, Reader] = {"mammoth": read_by_mammoth, "pandoc": read_by_pandoc}


def text_of_html(page: str) -> str:
    """What a person would read of it."""
    parser = _Text()
    parser.feed(page)
    parser.close()
    return "".join(parser.pieces)


class _Text(html.parser.HTMLParser):
    """Gathers the text between tags; what is for machines is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        if self.lasttag not in ("style", "script"):
            self.pieces.append(data)


def _bare(text: str) -> str:
    return "".join(text.split())


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _around(text: str, at: int) -> str:
    return text[max(0, at - _BEFORE) : at + _AFTER]
