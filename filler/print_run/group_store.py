"""A group of records issued together: numbered and known at once, written to the database once.

Each statement costs more than a rule does, so what a group issues waits for its end. A
question that a waiting document could answer has the waiting ones written first.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filler.form.case_history import PastForm, same_number
from filler.form.form_data import IssuedDocument
from filler.models import BatchRow, CaseCounter, Issued, KnownPerson, NamedPerson
from filler.records.case_store import DatabaseCaseStore, Sees, case_number
from filler.records.named_people import named_people_of
from filler.records.people_store import known_person_of
from minzheng.external.files.whole_file import Draft, draft_of

_ANYWHERE: Mapping[str, str] = {}


@dataclass
class Group:
    """What a group has issued and not written yet."""

    drafts: dict[Path, Draft] = field(default_factory=dict)  #: files that are not on disk yet
    rows: list[BatchRow] = field(default_factory=list)  #: with their documents, in their order
    counters: dict[str, int] = field(default_factory=dict)  #: prefix → the last number given

    def write(self) -> None:
        """Write what waits: documents, whom they name, the records, the numbers given."""
        rows, self.rows = self.rows, []
        documents = Issued.objects.bulk_create(row.issued for row in rows)
        for row, document in zip(rows, documents, strict=True):
            row.issued = document
        KnownPerson.objects.bulk_create(filter(None, map(known_person_of, documents)))
        NamedPerson.objects.bulk_create(
            person for document in documents for person in named_people_of(document)
        )
        BatchRow.objects.bulk_create(rows)
        for prefix, last in self.counters.items():
            CaseCounter.objects.filter(prefix=prefix).update(last=last)

    def forget(self) -> None:
        """Nothing of it is kept."""
        for draft in self.drafts.values():
            draft.drop()
        self.drafts.clear()
        self.rows.clear()
        self.counters.clear()


class GroupStore(DatabaseCaseStore):
    """Keeps one record of a group; one that is alone has its number at once."""

    def __init__(
        self, folder: Path, sees: Sees | None, row: BatchRow, group: Group, *, is_alone: bool
    ) -> None:
        super().__init__(folder, sees)
        self._row, self._group, self._is_alone = row, group, is_alone

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Of a record that fails nothing waits, and its number is given again."""
        group, counters = self._group, dict(self._group.counters)
        try:
            yield
        except BaseException:
            group.rows = [row for row in group.rows if row is not self._row]
            group.counters = counters
            raise

    def next_case_no(self, prefix: str) -> str:
        """The next number; nobody else is given one under this prefix before the group ends."""
        counters = self._group.counters
        if prefix not in counters:
            locked = CaseCounter.objects.select_for_update()
            counters[prefix] = locked.get_or_create(prefix=prefix)[0].last
        counters[prefix] += 1
        return case_number(prefix, counters[prefix])

    def has_case(self, case_no: str) -> bool:
        """Whether a document of this case was issued."""
        is_waiting = any(one.case_no == case_no for one in self._waiting())
        return is_waiting or super().has_case(case_no)

    def is_corrected(self, number: int) -> bool:
        """Whether another document took the place of an issued one."""
        is_waiting = any(one.corrects_id == number for one in self._waiting())
        return is_waiting or super().is_corrected(number)

    def issued_for(
        self, form_id: str, case_no: str = "", id_no: str = "", where: Mapping[str, str] = _ANYWHERE
    ) -> tuple[PastForm, ...]:
        """Newest editions for a case, a person, and with the same answers, oldest first."""
        number = same_number(id_no) if id_no else ""
        if any(
            form_id in ("", one.form_id)
            and case_no in ("", one.case_no)
            and number in ("", one.id_no)
            and all(one.answers.get(slug) == text for slug, text in where.items())
            for one in self._waiting()
        ):
            self._group.write()
        return super().issued_for(form_id, case_no, id_no, where)

    def keep(self, issued: IssuedDocument) -> int:
        """Let the document and its record wait; what waits has no number yet."""
        self._row.issued = self._unsaved(issued)
        self._group.rows.append(self._row)
        if self._is_alone:
            self._group.write()
        return self._row.issued.pk or 0

    def _waiting(self) -> Iterator[Issued]:
        return (row.issued for row in self._group.rows)

    def _write(self, path: Path, data: bytes) -> None:
        """Leave the file for the end of the group; twins have one file."""
        drafts = self._group.drafts
        if path.exists() or path in drafts:
            return
        draft = drafts[path] = draft_of(path)
        try:
            stream = draft.open()
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = draft.open()
        with stream:
            stream.write(data)
