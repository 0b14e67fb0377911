"""Case numbers, answers and issued documents: kept, and never overwritten."""

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q

from filler.case_history import ID_KEYS, PastForm
from filler.errors import RenderError
from filler.form_data import IssuedDocument, Printed
from filler.models import CaseCounter, Issued
from filler.people_store import note_person

_TEMPLATE, _SPEC = ".docx", ".json"


class CaseStore(Protocol):
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

    def issued_for(self, form_id: str, case_no: str = "", id_no: str = "") -> tuple[PastForm, ...]:
        """Documents of a form for a case, a person, or both, oldest first."""
        ...

    def keep(self, issued: IssuedDocument) -> None:
        """Keep an issued document."""
        ...


class DatabaseCaseStore:
    """Numbers and answers in the database, Word files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

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
        return Issued.objects.filter(case_no=case_no).exists()

    def issued_for(self, form_id: str, case_no: str = "", id_no: str = "") -> tuple[PastForm, ...]:
        """Documents of a form for a case, a person, or both, oldest first."""
        wanted = Q(form_id=form_id)
        if case_no:
            wanted &= Q(case_no=case_no)
        if id_no:
            names = (Q(**{f"answers__{slug}": id_no}) for slug in ID_KEYS)
            wanted &= reduce(or_, names)
        found = Issued.objects.filter(wanted).order_by("pk")
        return tuple(PastForm(one.form_id, one.case_no, one.answers) for one in found)

    def keep(self, issued: IssuedDocument) -> None:
        """Write the file by its hash, then the record."""
        document = issued.document
        before = Issued.objects.get(pk=issued.corrects) if issued.corrects else None
        edition = before.edition + 1 if before else 1
        self._write(self.path_of(document.sha256), document.docx)
        record = Issued.objects.create(
            form_id=document.form_id,
            version=document.version,
            case_no=document.case_no,
            file_name=_edition_name(document.file_name, edition),
            answers=as_json(issued.answers),
            sha256=document.sha256,
            issued_by=issued.issued_by,
            template_sha256=self._keep_part(document.printed.template, _TEMPLATE),
            spec_sha256=self._keep_part(document.printed.spec, _SPEC),
            texts=document.printed.texts,
            qr=document.printed.qr,
            edition=edition,
            corrects=before,
        )
        note_person(record)

    def path_of(self, sha256: str) -> Path:
        """Where a document with this hash lies."""
        return self.folder / sha256[:2] / f"{sha256}.docx"

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
        return Printed(template, spec, record.texts, record.qr), record.sha256

    def _keep_part(self, data: bytes, ending: str) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        _write_once(self._part(sha256, ending), data)
        return sha256

    def _part(self, sha256: str, ending: str) -> Path:
        return self.folder / "templates" / f"{sha256}{ending}"

    def _write(self, path: Path, data: bytes) -> None:
        _write_once(path, data)


@dataclass
class MemoryCaseStore:
    """Keeps everything in memory: for tests and trials."""

    counters: dict[str, int] = field(default_factory=dict)
    issued: list[IssuedDocument] = field(default_factory=list)

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

    def issued_for(self, form_id: str, case_no: str = "", id_no: str = "") -> tuple[PastForm, ...]:
        """Documents of a form for a case, a person, or both, oldest first."""
        return tuple(
            PastForm(form_id, one.document.case_no, one.answers)
            for one in self.issued
            if one.document.form_id == form_id
            and case_no in ("", one.document.case_no)
            and (not id_no or id_no in (one.answers.get(slug) for slug in ID_KEYS))
        )

    def keep(self, issued: IssuedDocument) -> None:
        """Remember the document."""
        self.issued.append(issued)


def _write_once(path: Path, data: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def _edition_name(file_name: str, edition: int) -> str:
    """A correction says in its name which edition it is."""
    return file_name if edition == 1 else file_name.replace(".docx", f"_第{edition}版.docx")


def case_number(prefix: str, number: int) -> str:
    """DB-103200-2018-0001."""
    return f"{prefix}-{number:04d}"


def as_json(answers: Any) -> Any:
    """Answers as JSON can hold them."""
    if isinstance(answers, dict):
        return {str(key): as_json(answer) for key, answer in answers.items()}
    if isinstance(answers, list | tuple):
        return [as_json(answer) for answer in answers]
    if isinstance(answers, dt.date | dt.datetime | Decimal):
        return str(answers)
    return answers
