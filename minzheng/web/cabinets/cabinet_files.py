"""What is taken along of a cabinet: catalogues, covers, labels, what is missing."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from minzheng.cabinets.cabinet_papers import CabinetPapers
from minzheng.cabinets.catalogues import CABINET_COLUMNS, ITEM_COLUMNS, cabinet_rows, item_rows
from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.office_files import EXCEL, WORD
from minzheng.registers.register_excel import write_excel
from minzheng.registers.register_list import RegisterList
from minzheng.registers.register_word import write_word
from minzheng.web.cabinets.cabinets_shown import ShownCabinet
from minzheng.web.gate.office import bureau, county, county_name, forms

ZIP = "application/zip"
_MISSING_COLUMNS = ("序号", "专档", "年度", "案件编号", "姓名", "缺什么", "可用的表", "已有的表")


class MadeFile(NamedTuple):
    """A file to be given: its bytes, what it is called, its kind."""

    data: bytes
    name: str
    kind: str


@dataclass(frozen=True)
class CabinetFiles:
    """Makes the files of one cabinet for somebody, now."""

    shown: ShownCabinet
    who: str
    now: dt.datetime

    @staticmethod
    def knows(what: str, kind: str) -> bool:
        """Whether there is such a file."""
        return (what, kind) in _MAKERS

    def make(self, what: str, kind: str) -> MadeFile | None:
        """One of the files; None when it is of boxes, and there is none yet."""
        made = _MAKERS[what, kind]
        if made.needs_boxes and not self.shown.boxes:
            return None
        name = f"{self.shown.village.name}{made.title}_{self.now:%Y%m%d}.{kind}"
        return MadeFile(made.make(self), name, made.kind)

    @property
    def papers(self) -> CabinetPapers:
        """Prints on the county's own forms."""
        return CabinetPapers(
            forms(), self.shown.cabinet, self.shown.registered.slots, self.now.date(),
            county_name(), self._properties("民政专柜"),
        )  # fmt: skip

    def listed(
        self, title: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]
    ) -> RegisterList:
        """A list of the cabinet as it leaves the house."""
        village, opened = self.shown.village, self.shown.opened
        scope = f"{village.town}{village.name}　专柜 {self.shown.number}"
        more = f"　专档：{opened.short_name}" if opened else ""
        return RegisterList(
            title=title,
            mark=f"{self.who} 于 {self.now:%Y-%m-%d %H:%M} 导出。含个人信息，请勿外传。",
            heading=(f"{scope}{more}　共 {len(rows)} 行",),
            columns=tuple(columns),
            rows=rows,
            properties=self._properties(title),
        )

    def items(self) -> RegisterList:
        """归档文件目录 with the columns of DA/T 22."""
        return self.listed("归档文件目录", ITEM_COLUMNS, item_rows(self.shown.chosen))

    def whole(self) -> RegisterList:
        """专柜总目录."""
        slots, hidden = self.shown.registered.slots, self.shown.place.forbidden
        rows = cabinet_rows(self.shown.cabinet, county().dossiers, slots, hidden)
        return self.listed("民政专柜总目录", CABINET_COLUMNS, rows)

    def missing(self) -> RegisterList:
        """补件清单."""
        rows = [
            (str(at), one.dossier, one.standing.subject.year, one.standing.subject.case_no,
             one.person, one.lacks, one.forms, one.has)
            for at, one in enumerate(self.shown.missing, start=1)
        ]  # fmt: skip
        return self.listed("补件清单", _MISSING_COLUMNS, rows)

    def _properties(self, title: str) -> FileProperties:
        return FileProperties(bureau(), title, self.now.date())


class _Maker(NamedTuple):
    title: str
    make: Callable[[CabinetFiles], bytes]
    kind: str
    needs_boxes: bool = False


_MAKERS: Mapping[tuple[str, str], _Maker] = {
    ("whole", "docx"): _Maker("民政专柜总目录", lambda one: one.papers.whole(), WORD),
    ("whole", "xlsx"): _Maker("民政专柜总目录", lambda one: write_excel(one.whole()), EXCEL),
    ("items", "docx"): _Maker("归档文件目录", lambda one: write_word(one.items()), WORD),
    ("items", "xlsx"): _Maker("归档文件目录", lambda one: write_excel(one.items()), EXCEL),
    ("boxes", "docx"): _Maker(
        "卷内目录", lambda one: one.papers.catalogue_of(one.shown.boxes), WORD, needs_boxes=True
    ),
    ("covers", "docx"): _Maker(
        "盒封面", lambda one: one.papers.covers(one.shown.boxes), WORD, needs_boxes=True
    ),
    ("spines", "docx"): _Maker(
        "盒脊", lambda one: one.papers.spines(one.shown.boxes), WORD, needs_boxes=True
    ),
    ("labels", "docx"): _Maker("格位标签", lambda one: one.papers.labels(one.shown.number), WORD),
    ("all", "zip"): _Maker(
        "整柜打印", lambda one: one.papers.everything(one.shown.number, one.shown.boxes), ZIP
    ),
    ("missing", "docx"): _Maker("补件清单", lambda one: write_word(one.missing()), WORD),
    ("missing", "xlsx"): _Maker("补件清单", lambda one: write_excel(one.missing()), EXCEL),
}
