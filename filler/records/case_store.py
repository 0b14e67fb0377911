"""Case numbers, answers and issued documents: kept, and never overwritten."""

import datetime as dt
import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localtime

from filler.errors import RenderError
from filler.form.case_history import CaseHistory, PastForm, person_number, same_number
from filler.form.form_data import IssuedDocument, Printed
from filler.form.photo_names import photos_in
from filler.models import PLACE, CaseCounter, Issued
from filler.records.named_people import note_named
from filler.records.people_store import note_person
from filler.records.photo_shelf import MemoryPhotos, PhotoFolder, PhotoShelf
from minzheng.county.town_names import lies_in
from minzheng.external.files.whole_file import write_whole
from minzheng.prepared import Prepared

_TEMPLATE, _SPEC = ".docx", ".json"
_TOLD = (
    "form_id", "case_no", "answers", "issued_at", "issued_by", "stopped_at", "edition", "waits_for",
    *PLACE,
)  # fmt: skip
_ANYWHERE: Mapping[str, str] = {}
#: Whether a document may be shown to whoever asks.
Sees = Callable[[Issued], bool]


class CaseStore(CaseHistory, Protocol):
    """What the path needs to keep."""

    def transaction(self) -> AbstractContextManager[None]:
        """Everything inside is kept, or nothing."""
        ...

    def next_case_no(self, prefix: str) -> str:
        """The next number under a prefix."""
        ...

    def has_case(self, case_no: str) -> bool:
        """Whether a document of this case was issued."""
        ...

    @property
    def photos(self) -> PhotoShelf:
        """Where photos are kept."""
        ...

    def case_of(self, number: int) -> str:
        """The case of an issued document."""
        ...

    def is_corrected(self, number: int) -> bool:
        """Whether another document took the place of an issued one."""
        ...

    def keep(self, issued: IssuedDocument) -> int:
        """Keep an issued document; its number."""
        ...


class DatabaseCaseStore:
    """Numbers and answers in the database, Word files in a folder.

    `sees` is the gate of whoever asks: what it does not let through is not told of. The
    command line has none.
    """

    def __init__(self, folder: Path, sees: Sees | None = None, county: str = "") -> None:
        """With several counties `county` is the one beyond which nothing is told at all."""
        self.folder, self._sees = folder, sees
        self._county: str = county or getattr(sees, "county", "")

    def with_unseen(self) -> "DatabaseCaseStore":
        """The same without a gate, within the county."""
        return DatabaseCaseStore(self.folder, county=self._county) if self._sees else self

    @cached_property
    def photos(self) -> PhotoShelf:
        """Photos as files beside the documents."""
        return PhotoFolder(self.folder / "photos")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One database transaction."""
        with transaction.atomic():
            yield

    def next_case_no(self, prefix: str) -> str:
        """The next number; two clerks at once never get the same."""
        with transaction.atomic():
            counter, _ = CaseCounter.objects.select_for_update().get_or_create(prefix=prefix)
            counter.last += 1
            counter.save(update_fields=["last"])
        return case_number(prefix, counter.last)

    def has_case(self, case_no: str) -> bool:
        """Whether a document of this case was issued."""
        return _OF_CASE.first(case_no) is not None

    def case_of(self, number: int) -> str:
        """The case of an issued document."""
        return Issued.objects.values_list("case_no", flat=True).get(pk=number)

    def is_corrected(self, number: int) -> bool:
        """Whether another document took the place of an issued one."""
        return Issued.objects.filter(corrects=number).exists()

    def issued_for(
        self, form_id: str, case_no: str = "", id_no: str = "", where: Mapping[str, str] = _ANYWHERE
    ) -> tuple[PastForm, ...]:
        """Newest editions for a case, a person, and with the same answers, oldest first."""
        given = {"form_id": form_id, "case_no": case_no, "id_no": id_no and same_number(id_no)}
        given = {name: value for name, value in given.items() if value}
        if where:
            wanted = {
                slug if slug in PLACE else f"answers__{slug}": text for slug, text in where.items()
            }
            found: Iterable[Issued] = _newest(given).filter(**wanted)
        else:
            found = _asked(tuple(given)).all(*given.values())
        return tuple(past_form(one) for one in found if self._tells_of(one))

    def _tells_of(self, issued: Issued) -> bool:
        if self._sees is not None:
            return self._sees(issued)
        return not self._county or lies_in(issued.town, self._county)

    def keep(self, issued: IssuedDocument) -> int:
        """Write the file by its hash, then the record."""
        record = self._unsaved(issued)
        record.save(force_insert=True)
        note_person(record)
        note_named(record)
        return record.pk

    def _unsaved(self, issued: IssuedDocument) -> Issued:
        """The record of a document whose file is written."""
        document = issued.document
        before = Issued.objects.get(pk=issued.corrects) if issued.corrects else None
        edition = before.edition + 1 if before else 1
        self._write(self._place_of(document.sha256), document.docx)
        return Issued(
            form_id=document.form_id,
            version=document.version,
            case_no=document.case_no,
            file_name=_edition_name(document.file_name, edition),
            answers=as_json(issued.answers),
            id_no=person_number(issued.answers),
            sha256=document.sha256,
            issued_by=issued.issued_by,
            template_sha256=self._keep_part(document.printed.template, _TEMPLATE),
            spec_sha256=self._keep_part(document.printed.spec, _SPEC),
            texts=document.printed.texts,
            qr=document.printed.qr,
            edition=edition,
            waits_for=document.waits_for,
            corrects_id=issued.corrects,
            town=self._county,
        )

    def path_of(self, sha256: str) -> Path:
        """Where a document with this hash lies."""
        return Path(self._place_of(sha256))

    def read(self, sha256: str) -> bytes:
        """The document with this hash; a print run reads thousands."""
        with io.FileIO(self._place_of(sha256)) as stream:
            return stream.readall()

    def _place_of(self, sha256: str) -> str:
        return os.path.join(self.folder, sha256[:2], f"{sha256}.docx")  # noqa: PTH118  # a text

    def printed(self, issued: int) -> tuple[Printed, str]:
        """What an issued document was made of, and its hash.

        Raises:
            RenderError: it was issued before this was kept, or the files are gone.
        """
        record = Issued.objects.get(pk=issued)
        try:
            template = self._part(record.template_sha256, _TEMPLATE).read_bytes()
            spec = self._part(record.spec_sha256, _SPEC).read_bytes()
        except FileNotFoundError as error:
            raise RenderError("没有保存当时的模板。请用“已出具”中保存的原件。") from error
        photos = {one.sha256: self.photos.get(one.sha256) for one in photos_in(record.texts)}
        return Printed(template, spec, record.texts, record.qr, photos), record.sha256

    def _keep_part(self, data: bytes, ending: str) -> str:
        sha256 = _digest(data)
        _write_once(self._part(sha256, ending), data)
        return sha256

    def _part(self, sha256: str, ending: str) -> Path:
        return self.folder / "templates" / f"{sha256}{ending}"

    def _write(self, place: str, data: bytes) -> None:
        _write_once(Path(place), data)


@dataclass
class MemoryCaseStore:
    """Keeps everything in memory: for tests and trials."""

    counters: dict[str, int] = field(default_factory=dict)
    issued: list[IssuedDocument] = field(default_factory=list)
    photos: MemoryPhotos = field(default_factory=MemoryPhotos)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Numbers given in vain are taken back."""
        before = dict(self.counters)
        try:
            yield
        except BaseException:
            self.counters = before
            raise

    def next_case_no(self, prefix: str) -> str:
        """The next number."""
        self.counters[prefix] = self.counters.get(prefix, 0) + 1
        return case_number(prefix, self.counters[prefix])

    def has_case(self, case_no: str) -> bool:
        """Whether a document of this case was issued."""
        return any(issued.document.case_no == case_no for issued in self.issued)

    def with_unseen(self) -> "MemoryCaseStore":
        """Nothing is hidden here."""
        return self

    def case_of(self, number: int) -> str:
        """The case of an issued document."""
        return self.issued[number - 1].document.case_no

    def is_corrected(self, number: int) -> bool:
        """Whether another document took the place of an issued one."""
        return any(one.corrects == number for one in self.issued)

    def issued_for(
        self, form_id: str, case_no: str = "", id_no: str = "", where: Mapping[str, str] = _ANYWHERE
    ) -> tuple[PastForm, ...]:
        """Newest editions for a case, a person, and with the same answers, oldest first."""
        if not self.issued:
            return ()
        corrected = {one.corrects for one in self.issued}
        return tuple(
            PastForm(
                one.document.form_id,
                one.document.case_no,
                one.answers,
                number,
                waits_for=one.document.waits_for,
            )
            for number, one in enumerate(self.issued, start=1)
            if number not in corrected
            and form_id in ("", one.document.form_id)
            and case_no in ("", one.document.case_no)
            and (not id_no or person_number(one.answers) == same_number(id_no))
            and all(one.answers.get(slug) == text for slug, text in where.items())
        )

    def keep(self, issued: IssuedDocument) -> int:
        """Remember the document."""
        self.issued.append(issued)
        return len(self.issued)


_OF_CASE: Prepared[tuple[int]] = Prepared(
    lambda case_no: Issued.objects.filter(case_no=case_no).order_by().values_list("pk")[:1]
)


def _newest(given: Mapping[str, Any]) -> QuerySet[Issued]:
    # A join to what corrects it has SQLite build an index of all documents at every question.
    later = Issued.objects.filter(corrects=OuterRef("pk"))
    found = Issued.objects.filter(~Exists(later), stopped_at=None, **given)
    return found.order_by("pk").only(*_TOLD)


@cache
def _asked(names: tuple[str, ...]) -> Prepared[Issued]:
    """The question by these columns: each form that is read asks it."""
    return Prepared(lambda *given: _newest(dict(zip(names, given, strict=True))))


@lru_cache(maxsize=64)
def _digest(data: bytes) -> str:
    """Of a template or spec: thousands of documents are made of one."""
    return hashlib.sha256(data).hexdigest()


def past_form(issued: Issued) -> PastForm:
    """An issued document as rules see it."""
    day = localtime(issued.issued_at).date()
    return PastForm(
        issued.form_id,
        issued.case_no,
        issued.answers,
        issued.pk,
        day,
        issued.edition,
        issued.waits_for,
    )


def _write_once(path: Path, data: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data, is_forced=True)


def _edition_name(file_name: str, edition: int) -> str:
    """A correction says in its name which edition it is."""
    return file_name if edition == 1 else file_name.replace(".docx", f"_第{edition}版.docx")


def case_number(prefix: str, number: int) -> str:
    """The whole case number under a prefix: DB-103200-2018-0001."""
    return f"{prefix}-{number:04d}"


def as_json(answers: Any) -> Any:
    """Answers as JSON can hold them."""
    if isinstance(answers, str):
        return answers
    if isinstance(answers, dict):
        return {
            str(key): answer if type(answer) is str else as_json(answer)
            for key, answer in answers.items()
        }
    if isinstance(answers, list | tuple):
        return [as_json(answer) for answer in answers]
    if isinstance(answers, dt.date | dt.datetime | Decimal):
        return str(answers)
    return answers
