"""What flows along the path from a file in the archive to the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from minzheng.county.form_layout import FieldKind
from minzheng.county.town_names import lies_in

Origin = Literal["text_layer", "ocr", "text", "blank", "unread"]
SignatureState = Literal["有", "无", "看不清"]
#: Mean over a page's lines; measured on pages spoilt in many ways: benchmarks/doubtful_pages.py.
DOUBTFUL_BELOW = 0.96
SQUARE_SEAL = "方章"  #: with it begin the words of every square seal
PLACE_UNSEEN = "签名处未找到："  #: so begins what is said of a place that must be on a page
_NAME_SEAL = 0.13  #: of the page's breadth: larger squares are those of offices
FileState = Literal["waiting", "indexed", "failed", "ignored", "withheld"]
GuessSource = Literal["", "code", "case", "folder", "keeper"]
#: What a line is, when it is none of the page's own: a form's field, a remark, a seal's words;
#: or what stands where a line could not be read; or that somebody struck it out.
LineSource = Literal["", "field", "note", "seal", "unread", "struck"]


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """One file in the archive folder, known by its content."""

    path: str  #: relative to the archive folder, with forward slashes
    size: int  #: bytes
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text and where it stands on the page."""

    text: str
    box: tuple[
        float, float, float, float
    ]  #: left, top, right, bottom as parts of the upright page, 0–1
    confidence: float = 1.0  #: 0–1
    raw: str = ""  #: what was read before `text` was repaired by rule
    source: LineSource = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """A red seal on a page: where it stands, its colour, the words on it."""

    box: tuple[float, float, float, float]  #: parts of the upright page, 0–1
    colour: str  #: #c41c20
    words: str = ""  #: empty when they cannot be read; 方章 before those of a square one


def is_name_seal(box: Sequence[float], words: str) -> bool:
    """Whether a seal is a person's, and tells nothing of an office."""
    return words.startswith(SQUARE_SEAL) and box[2] - box[0] < _NAME_SEAL


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """A place for a signature on a form of our own, and whether somebody wrote there."""

    label: str  #: 申请人签字, or 领取人签字（第 2 行）
    box: tuple[float, float, float, float]  #: parts of the upright page, 0–1
    state: SignatureState


@dataclass(frozen=True, slots=True)
class ReadField:
    """A field of a form of ours that was read again, against what may stand there."""

    label: str
    kind: FieldKind
    box: tuple[float, float, float, float]  #: parts of the upright page, 0–1
    value: str  #: the likeliest
    confidence: float  #: among all that it may be, 0–1
    alternatives: tuple[str, ...] = ()  #: likeliest first
    is_doubtful: bool = True  #: a person is to look at it


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """One page as read: its text, its lines with boxes, the QR codes on it."""

    number: int  #: from 1
    text: str
    lines: tuple[TextLine, ...] = ()
    origin: Origin = "text"
    confidence: float = 1.0
    codes: tuple[str, ...] = ()  #: texts of the QR codes found on the page
    turns: int = 0  #: quarter turns counter-clockwise that bring the page upright, 0–3
    seals: tuple[Seal, ...] = ()
    signatures: tuple[SignaturePlace, ...] = ()  #: only of our own forms, known by their code
    fields: tuple[ReadField, ...] = ()  #: likewise, and only those that were read again
    unread: tuple[str, ...] = ()  #: what of the page was not read, in Chinese


def is_doubtful(page: ExtractedPage) -> bool:
    """Whether what was read of a picture may be full of mistakes, or ink gave no words at all."""
    return page.origin == "ocr" and page.confidence < DOUBTFUL_BELOW


def words_of_seals(page: ExtractedPage) -> tuple[TextLine, ...]:
    """What the seals of a page say, each as a line at its place."""
    return tuple(TextLine(seal.words, seal.box, source="seal") for seal in page.seals if seal.words)


def findable_lines(page: ExtractedPage) -> tuple[TextLine, ...]:
    """The lines of a page and those of its seals: what a found word may stand in."""
    return (*page.lines, *words_of_seals(page))


def searchable_text(page: ExtractedPage) -> str:
    """What a page is found by: its text, and what its seals say."""
    words = (f"印章：{line.text}" for line in words_of_seals(page))
    return "\n".join(filter(None, (page.text, *words)))


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one content; `reason` says in Chinese why it could not be read."""

    kind: str  #: pdf, jpg, png, tiff, docx, xlsx, xls, txt, unknown …
    pages: tuple[ExtractedPage, ...] = ()
    reason: str = ""
    members: tuple["Member", ...] = ()  #: the files of a packed file or mail
    is_as_sent: bool = False  #: a photo was not taken straight: its sender chose it as it is


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a packed file or a mail, read like any other."""

    name: str  #: what stands behind `!/`; no two of one packed file are the same
    steps: tuple[int, ...]  #: its number, from 0, in each packed file on the way to it
    sha256: str
    size: int  #: bytes
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Guess:
    """A value, how sure we are (0–1), and why, in Chinese."""

    value: str
    confidence: float
    because: str
    source: GuessSource = (
        ""  #: our printed code, the case's record, or a keeper: stronger than a guess
    )


@dataclass(frozen=True, slots=True)
class Filing:
    """What a paper is and where it belongs: guesses, or None when nothing speaks for one."""

    town: Guess | None = None  #: town name, 钟宝镇
    village: Guess | None = None  #: village name, 旧城村
    dossier: Guess | None = None  #: dossier code, DB
    year: Guess | None = None  #: 2018
    person: Guess | None = None
    form_id: Guess | None = None  #: DB-01
    case_no: Guess | None = None
    title: Guess | None = None
    form_version: Guess | None = None
    form_page: Guess | None = None  #: 1/2: the first of two pages
    paper: Guess | None = None  #: a common paper that is none of our forms: 户口簿
    archive_no: Guess | None = None  #: 档号
    persons: tuple[Guess, ...] = ()  #: everybody it is about, the chief person first
    ids: tuple[Guess, ...] = ()  #: 18 digits
    amounts: tuple[Guess, ...] = ()  #: yuan, 285.62
    dates: tuple[Guess, ...] = ()  #: 2018-05-07, or 2018-05


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """What the full-text index holds of one file: page texts and filter values."""

    path: str
    sha256: str
    pages: tuple[str, ...]
    town: str = ""
    village: str = ""
    dossier: str = ""
    year: str = ""
    form_id: str = ""
    person: str = ""
    title: str = ""
    persons: tuple[str, ...] = ()  #: everybody it names
    ids: tuple[str, ...] = ()  #: 18 digits
    amounts: tuple[int, ...] = ()  #: fen
    dates: tuple[int, ...] = ()  #: 20180331, or 20180300 for a month
    archive_no: str = ""
    case_no: str = ""
    kind: str = ""  #: PDF, 照片, Word, Excel, 文本
    origin: str = ""  #: ocr, text_layer, text
    has_seal: bool | None = None  #: None when nobody looked
    signed: SignatureState | None = None  #: 无 when any place is empty; None without places
    present: bool = True  #: False: only a trace is left, the file is no longer there


@dataclass(frozen=True, slots=True)
class Visible:
    """What of the archive a person may see at all."""

    town: str = ""
    village: str = ""
    hidden_dossiers: frozenset[str] = frozenset()
    is_nothing: bool = False

    def covers(self, town: str, village: str, dossier: str) -> bool:
        """Whether a paper of this place and dossier may be seen."""
        if self.is_nothing or dossier in self.hidden_dossiers:
            return False
        return lies_in(town, self.town) and self.village in ("", village)
