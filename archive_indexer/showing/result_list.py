"""查档结果清单: what was asked, by whom and when, and every file that answered."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from archive_indexer.disk.file_names import as_shown
from archive_indexer.filing.paper_place import PaperPlace
from archive_indexer.queries import Hit
from minzheng.county.town_names import place_in_words
from minzheng.county.writing.chinese_dates import print_date
from minzheng.external.files.file_properties import FileProperties

#: What neither Word nor Excel can hold.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MOST_PAGES = 12
#: How a text is shown to who asked: with its numbers masked, or as it is.
Hide = Callable[[str], str]

#: The columns, and how wide each is in millimetres on a sheet of A4 across.
COLUMNS = (
    ("序号", 11), ("题名", 46), ("村", 19), ("专档", 17), ("年度", 12), ("表", 15),
    ("日期", 21), ("页", 16), ("纸质位置", 30), ("状态", 14), ("路径、SHA-256", 66),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One file of the list, as it is printed."""

    title: str
    village: str
    dossier: str
    year: str
    form_id: str
    day: str
    pages: str
    place: str
    state: str  #: 现存, 曾存在
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ResultList:
    """The list with its heading, as it is printed: numbers are masked unless it says not."""

    bureau: str
    question: str
    understood: tuple[str, ...]  #: each part with what was searched with it
    filters: tuple[str, ...]
    asked_by: str  #: name, account and role
    asked_at: dt.datetime
    total: int  #: files that answered
    rows: tuple[Row, ...]
    left_out: int = 0  #: traces of files that are gone, not asked for
    is_chosen: bool = False  #: only rows that somebody chose
    unmasked_for: str = ""  #: the reason for showing numbers in full

    @property
    def properties(self) -> FileProperties:
        """What the file tells of itself; who took it out stands on its pages."""
        return FileProperties(self.bureau, f"{self.bureau}查档结果清单", self.asked_at.date())

    @property
    def mark(self) -> str:
        """The line on every page: who took it out, and when."""
        return f"查档人：{self.asked_by}　{self.asked_at:%Y-%m-%d %H:%M}　含个人信息，请勿外传"

    @property
    def count_said(self) -> str:
        """How many files answered, and how many stand here."""
        gone = f"；另有 {self.left_out} 件曾存在，未列" if self.left_out else ""
        listed = "全部列出"
        if self.is_chosen:
            listed = f"选列 {len(self.rows)} 件"
        elif len(self.rows) < self.total:
            listed = f"清单至多列 {len(self.rows)} 件，其余未列"
        return f"查到 {self.total} 件，{listed}{gone}"

    @property
    def heading(self) -> tuple[tuple[str, str], ...]:
        """What stands above the rows."""
        told = [
            ("查询", self.question),
            ("系统理解", "；".join(self.understood)),
            ("筛选", "；".join(self.filters) or "无"),
            ("查档人", self.asked_by),
            ("查档时间", f"{print_date(self.asked_at)} {self.asked_at:%H:%M:%S}"),
            ("结果", self.count_said),
            ("号码", f"完整显示，事由：{self.unmasked_for}" if self.unmasked_for else "已遮盖"),
        ]
        return tuple((name, value) for name, value in told if value)


def make_rows(
    hits: Iterable[Hit],
    last_seen: Mapping[str, dt.datetime],
    places: Mapping[str, PaperPlace],
    hide: Hide,
) -> tuple[Row, ...]:
    """The rows of hits; a hit whose file is not known any more is left out.

    `last_seen` tells of each path when it was there last, in the time of the office.
    """
    return tuple(
        _row(hit, last_seen[hit.path], places[hit.path], hide)
        for hit in hits
        if hit.path in last_seen
    )


def printed(text: str, hide: Hide) -> str:
    """A text as the list shows it."""
    return hide(_UNWRITABLE.sub(" ", text))


def _row(hit: Hit, last_seen: dt.datetime, place: PaperPlace, hide: Hide) -> Row:
    path = as_shown(hit.path)
    return Row(
        title=printed(hit.title or path.rpartition("/")[2], hide),
        village=hit.village or place_in_words(hit.town),
        dossier=place.dossier,
        year=hit.year,
        form_id=hit.form_id,
        day=_day(hit.day),
        pages=_pages(hit.pages),
        place=printed(place.numbers, hide),
        state="现存" if hit.present else f"曾存在 {last_seen:%Y-%m-%d}",
        path=printed(path, hide),
        sha256=hit.sha256,
    )


def _day(day: int) -> str:
    """2018-05-07, 2018-05 or 2018."""
    year, month, day_of_month = day // 10_000, day // 100 % 100, day % 100
    told = [f"{year}", f"{month:02}", f"{day_of_month:02}"]
    known = 3 if day_of_month else 2 if month else 1 if year else 0
    return "-".join(told[:known])


def _pages(pages: tuple[int, ...]) -> str:
    """The pages that hold a word; none when the question named no word."""
    if len(pages) > _MOST_PAGES:
        return "、".join(map(str, pages[:_MOST_PAGES])) + f" 等 {len(pages)} 页"
    return "、".join(map(str, pages)) or "—"
