"""All that is held of one person, in one ZIP: an index in Chinese and the pieces.

Other people on the same papers are not told of: a document or paper of the person's own comes
whole, with the others' names and numbers masked in its text; of a list only the person's rows.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from archive_indexer.disk.file_names import as_shown
from archive_indexer.models import ArchivedFile
from filler.models import Draft, Issued
from filler.records.named_people import named_in
from minzheng.county.masking import mask_names_in, mask_numbers_in
from minzheng.county.writing.chinese_text import fold_for_search
from minzheng.external.files.file_properties import FileProperties, retold
from minzheng.persons.holdings import Holding, Kind
from minzheng.persons.papers_of import pages_of
from minzheng.persons.whom import Identity, Whom

#: The picture of a page of a scan as JPEG; None when there is none to give.
PictureOf = Callable[[int, int], bytes | None]
_UNNAMED = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_PICTURES = 300
_FILED = {
    "town": "镇", "village": "村", "dossier": "专档", "year": "年度", "form_id": "表号",
    "case_no": "案件编号", "person": "当事人", "archive_no": "档号", "title": "题名",
    "amounts": "金额", "dates": "日期",
}  # fmt: skip
_COLUMNS = (
    "序号", "类别", "题名", "镇村", "专档", "年度", "案件编号", "表号", "为什么是本人的",
    "其他情况", "附在", "如要求删除", "依据",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """Who takes it out, when, why, for whom; it stands on the first sheet."""

    bureau: str
    by: str
    at: dt.datetime
    reason: str
    only: str = ""  #: the county of which alone it was looked for, among several

    @property
    def line(self) -> str:
        """Who and when, on every picture of a page."""
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where pieces are read from."""

    word_of: Callable[[str], Path]  #: the Word file of a document by its hash
    picture_of: PictureOf
    labels: Callable[[str], Mapping[str, str]]  #: of a form's fields, by slug


def write_zip(whom: Whom, found: Iterable[Holding], mark: Mark, sources: Sources) -> bytes:
    """The ZIP's bytes."""
    stream, pieces = io.BytesIO(), list(found)
    packer = _Packer(whom, sources, f"{mark.bureau} {mark.line} 事由：{mark.reason}")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        rows = []
        for number, one in enumerate(pieces, 1):
            named = [_put(package, name, data) for name, data in packer.files(number, one)]
            rows.append((one, "、".join(named)))
        package.writestr("目录.xlsx", _write_index(whom, rows, mark, packer.left_out))
    return stream.getvalue()


def _put(package: zipfile.ZipFile, name: str, data: bytes) -> str:
    package.writestr(name, data)
    return name


class _Packer:
    """Makes the files of each piece; counts the pictures that found no room."""

    def __init__(self, whom: Whom, sources: Sources, mark: str) -> None:
        self._whom, self._sources, self._mark = whom, sources, mark
        self._pictures = self.left_out = 0

    def files(self, number: int, one: Holding) -> Iterator[tuple[str, bytes]]:
        """Names and contents, in a folder of its own."""
        if one.kind is Kind.DOCUMENT:
            yield from self._document(number, one)
        elif one.kind is Kind.DRAFT:
            yield from self._draft(number, one)
        elif one.kind in (Kind.PAPER, Kind.INBOX):
            yield from self._paper(number, one)

    def _text(self, text: str) -> bytes:
        """A text file that begins with who took it out, when and why."""
        return f"{self._mark}\n\n{text}".encode("utf-8-sig")

    def _document(self, number: int, one: Holding) -> Iterator[tuple[str, bytes]]:
        issued = Issued.objects.get(pk=one.number)
        folder = f"文书/{number:03d}_{_safe(one.title)}"
        others = _others_in(issued.answers, localtime(issued.issued_at).date(), self._whom)
        told = self._told(issued.form_id, issued.answers, others, is_own=not one.names_others)
        yield f"{folder}/填写内容.txt", self._text("\n".join(told))
        word = self._sources.word_of(one.sha256)
        if not one.names_others and word.is_file():
            yield f"{folder}/{_safe(issued.file_name)}", word.read_bytes()

    def _draft(self, number: int, one: Holding) -> Iterator[tuple[str, bytes]]:
        draft = Draft.objects.get(pk=one.number)
        others = _others_in(draft.answers, localtime(draft.saved_at).date(), self._whom)
        is_own = not others or self._whom.id_no == draft.answers.get("id_no")
        told = self._told(draft.form_id, draft.answers, others, is_own=is_own)
        folder = f"没填完的表/{number:03d}_{_safe(one.title)}"
        yield f"{folder}/填写内容.txt", self._text("\n".join(told))

    def _told(
        self, form_id: str, answers: Mapping[str, Any], others: frozenset[str], *, is_own: bool
    ) -> Iterator[str]:
        """What was typed, a line a field; of tables in others' documents only the own rows."""
        labels = self._sources.labels(form_id)
        for slug, value in answers.items():
            if isinstance(value, list) and value and isinstance(value[0], Mapping):
                rows = [row for row in value if is_own or self._is_mine(row)]
                for place, row in enumerate(rows, 1):
                    told = "；".join(
                        f"{labels.get(key, key)}：{cell}" for key, cell in row.items() if cell
                    )
                    told = (
                        told if self._is_mine(row) else mask_names_in(mask_numbers_in(told), others)
                    )
                    yield f"{labels.get(slug, slug)} {place}　{told}"
            elif is_own or self._is_mine(value) or slug in ("town", "village", "镇", "村（社区）"):
                text = f"{labels.get(slug, slug)}：{_plain(value)}"
                yield text if self._is_mine(value) else mask_names_in(text, others)

    def _is_mine(self, value: Any) -> bool:
        return self._whom.stands_in(_plain(value)) in (Identity.SURE, Identity.NAMED)

    def _paper(self, number: int, one: Holding) -> Iterator[tuple[str, bytes]]:
        folder = f"扫描件/{number:03d}_{_safe(one.title)}"
        others = _others_on(one) - {self._whom.folded}
        filed = "" if one.names_others else _filed(one)
        if filed:
            yield f"{folder}/归档.txt", self._text(filed)
        for page, text in pages_of(one.sha256, one.town):
            is_mine = self._whom.stands_in(text) in (Identity.SURE, Identity.NAMED)
            if one.names_others and not is_mine:
                continue
            told = self._rows_of(text) if one.names_others else self._without_others(text, others)
            yield f"{folder}/第{page}页.txt", self._text(told)
            picture = None if one.names_others else self._picture(one, page)
            if picture is not None:
                yield f"{folder}/第{page}页.jpg", picture

    def _picture(self, one: Holding, page: int) -> bytes | None:
        if one.kind is not Kind.PAPER:
            return None
        if self._pictures >= _MOST_PICTURES:
            self.left_out += 1
            return None
        self._pictures += 1
        return self._sources.picture_of(one.number, page)

    def _rows_of(self, text: str) -> str:
        """The person's own rows of a list."""
        rows = [row for row in text.split("\n") if self._is_mine(row)]
        return "\n".join(rows)

    def _without_others(self, text: str, others: frozenset[str]) -> str:
        """The text without other people's names, and the numbers of rows that are not the own."""
        rows = (
            row if self._whom.stands_in(row) is Identity.SURE else mask_numbers_in(row)
            for row in text.split("\n")
        )
        return mask_names_in("\n".join(rows), others)


def _filed(one: Holding) -> str:
    """What is believed of an own paper, and why: its place, year, number, amounts, dates."""
    row = ArchivedFile.objects.filter(pk=one.number).first() if one.kind is Kind.PAPER else None
    told = [
        f"{label}：{guess.get('value', '')}（{guess.get('because', '')}）"
        for name, label in _FILED.items()
        for guess in _guesses((row.filing if row else {}).get(name))
    ]
    return "\n".join(told)


def _guesses(filed: Any) -> list[Any]:
    return filed if isinstance(filed, list) else [filed] if filed else []


def _others_on(one: Holding) -> frozenset[str]:
    """Everybody whom the filing of a scan names."""
    row = ArchivedFile.objects.filter(pk=one.number).first() if one.kind is Kind.PAPER else None
    filed = row.filing.get("persons", ()) if row else ()
    return frozenset(fold_for_search(told.get("value", "")) for told in filed)


def _others_in(answers: Mapping[str, Any], day: dt.date, whom: Whom) -> frozenset[str]:
    named = named_in(answers, day)
    return frozenset(fold_for_search(one["name"]) for one in named) - {whom.folded}


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(_plain(one) for one in value.values())
    if isinstance(value, list | tuple):
        return "、".join(map(_plain, value))
    return "" if value is None else str(value)


def _safe(name: str) -> str:
    return _UNNAMED.sub("_", name)[:60]


def _write_index(
    whom: Whom, rows: Iterable[tuple[Holding, str]], mark: Mark, left_out: int
) -> bytes:
    """Two sheets: what this is, and the list of the pieces."""
    book, listed = Workbook(write_only=True), list(rows)
    sheet = book.create_sheet("说明")
    for line in _explanation(whom, mark, len(listed), left_out):
        sheet.append([_cell(sheet, part) for part in line])
    sheet = book.create_sheet("清单")
    sheet.append([_cell(sheet, name, bold=True) for name in _COLUMNS])
    for number, (one, files) in enumerate(listed, 1):
        more = "；".join(f"{name} {value}" for name, value in one.told.items() if value)
        if one.kind in (Kind.PAPER, Kind.INBOX):
            more = f"{as_shown(one.path)}；{more}"
        told = (
            str(number), one.kind, one.title, one.place, one.dossier, one.year, one.case_no,
            one.form_id, one.because, more, files or _why_nothing(one), one.fate, one.why,
        )  # fmt: skip
        sheet.append([_cell(sheet, text) for text in told])
    stream = io.BytesIO()
    book.save(stream)
    told_of_itself = FileProperties(mark.bureau, "个人信息查询结果", mark.at.date())
    return retold(stream.getvalue(), told_of_itself)


def _explanation(whom: Whom, mark: Mark, count: int, left_out: int) -> Iterator[tuple[str, str]]:
    yield "个人信息查询、复制结果", "个人信息保护法第四十五条"
    yield "本人", f"{whom.name}　{whom.id_no}"
    yield "经办", mark.by
    yield "时间", f"{mark.at:%Y-%m-%d %H:%M:%S}"
    yield "事由", mark.reason
    yield "提供单位", mark.bureau
    if mark.only:
        yield "范围", f"只有{mark.only}的，{mark.only}以外的没有查"
    yield "共", f"{count} 件，逐件见“清单”"
    yield "别人的信息", "文字里别人的姓名、号码已遮盖；名册、公示表只列本人的一行，不附图"
    yield "照原样的", "本人的文书（Word）和本人材料的页面图照原样，家庭成员等在上面的内容没有遮盖"
    if left_out:
        yield "没有附上的页面图", f"{left_out} 张（至多附 {_MOST_PICTURES} 张），原件请到档案处查看"
    yield "备份", "以前的备份里也有这些内容，随备份轮换消失"
    yield "含个人信息", "只交本人，请勿外传"


def _why_nothing(one: Holding) -> str:
    has_files = (Kind.DOCUMENT, Kind.PAPER, Kind.INBOX, Kind.DRAFT)
    return "" if one.kind in has_files else "内容见本行"


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """A cell with text; what begins with = is text, too."""
    cell = WriteOnlyCell(sheet, _UNWRITABLE.sub(" ", str(text)))
    cell.data_type, cell.font = "s", Font(bold=bold)
    return cell
