"""A group of records issued together: numbered and known at once, written to the database once.

Each statement costs more than a rule does, so what a group issues waits for its end. A
question that a waiting document could answer has the waiting ones written first.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filler.form.case_history import PastForm, same_number
from filler.form.form_data import IssuedDocument
from filler.models import BatchRow, CaseCounter, Issued, KnownPerson, NamedPerson
from filler.records.case_store import DatabaseCaseStore, Sees, case_number
from filler.records.named_people import facts_of_named
from filler.records.person_facts import person_facts
from minzheng.database.new_rows import write_column, write_objects, write_rows
from minzheng.external.files.whole_file import OpenDrafts
from minzheng.prepared import Prepared

_ANYWHERE: Mapping[str, str] = {}
#: Numbers asked for at once, whether they are free.
_AHEAD = 50
_PERSON = ("issued", "name", "pinyin", "initials", "id_no", "phone", "town", "village")
_NAMED = ("issued", "name", "id_no", "born", "town", "village")
_ROW = ("batch", "key", "person", "position", "issued")


@dataclass(slots=True)
class Record:
    """A record of a batch, and its document once it is issued."""

    batch: int
    key: str
    person: str
    position: int
    issued: Issued | None = None


@dataclass
class Group:
    """What a group has issued and not written yet, and what it asked beforehand.

    Nobody else writes while its transaction runs: what was asked at its beginning holds.
    """

    drafts: OpenDrafts = field(default_factory=OpenDrafts)  #: files that are not on disk yet
    waiting: list[tuple[Record, Issued]] = field(default_factory=list)  #: in their order
    counters: dict[str, int] = field(default_factory=dict)  #: prefix → the last number given
    free: set[str] = field(default_factory=set)  #: case numbers that nobody has
    strangers: set[str] = field(default_factory=set)  #: of whom no document was issued
    parts: dict[tuple[bytes, str], str] = field(default_factory=dict)  #: kept already → digest

    def begin(self, people: Iterable[str]) -> None:
        """Ask once of which of these ID numbers nothing was issued."""
        asked = {same_number(one) for one in people if one}
        found = Issued.objects.filter(id_no__in=asked) if asked else Issued.objects.none()
        self.strangers = asked - set(found.order_by().values_list("id_no", flat=True))

    def add(self, record: Record, document: Issued) -> None:
        """Let a document wait."""
        record.issued = document
        self.waiting.append((record, document))
        self.free.discard(document.case_no)
        self.strangers.discard(document.id_no)

    def write(self) -> None:
        """Write what waits: documents, whom they name, the records, the numbers given."""
        waiting, self.waiting = self.waiting, []
        documents = [document for _, document in waiting]
        write_objects(Issued, documents)
        about = ((one.pk, person_facts(one.answers)) for one in documents)
        people = [(pk, *map(facts.get, _PERSON[1:])) for pk, facts in about if facts]
        write_rows(KnownPerson, _PERSON, people)
        named = ((one.pk, facts) for one in documents for facts in facts_of_named(one))
        write_rows(NamedPerson, _NAMED, [(pk, *map(facts.get, _NAMED[1:])) for pk, facts in named])
        write_rows(
            BatchRow,
            _ROW,
            [(one.batch, one.key, one.person, one.position, made.pk) for one, made in waiting],
        )
        given = ((last, prefix) for prefix, last in self.counters.items())
        write_column(CaseCounter, "last", "prefix", given)

    def forget(self) -> None:
        """Nothing of it is kept."""
        self.drafts.drop()
        for kept in (self.waiting, self.counters, self.free, self.strangers, self.parts):
            kept.clear()


_LAST: Prepared[tuple[int]] = Prepared(
    lambda prefix: CaseCounter.objects.select_for_update().filter(prefix=prefix).values_list("last")
)
_BETWEEN: Prepared[tuple[str]] = Prepared(
    lambda first, last: (
        Issued.objects.filter(case_no__gte=first, case_no__lte=last)
        .order_by()
        .values_list("case_no")
    )
)


class GroupStore(DatabaseCaseStore):
    """Keeps one record of a group; one that is alone has its number at once."""

    def __init__(
        self, folder: Path, sees: Sees | None, record: Record, group: Group, *, is_alone: bool
    ) -> None:
        super().__init__(folder, sees)
        self._record, self._group, self._is_alone = record, group, is_alone

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Of a record that fails nothing waits, and its number is given again."""
        group, counters = self._group, dict(self._group.counters)
        try:
            yield
        except BaseException:
            group.waiting = [one for one in group.waiting if one[0] is not self._record]
            group.counters = counters
            raise

    def next_case_no(self, prefix: str) -> str:
        """The next number; nobody else is given one under this prefix before the group ends."""
        counters = self._group.counters
        if prefix not in counters:
            found = _LAST.first(prefix)
            counters[prefix] = found[0] if found else self._begin(prefix)
            self._look_ahead(prefix, counters[prefix])
        counters[prefix] += 1
        return case_number(prefix, counters[prefix])

    def has_case(self, case_no: str) -> bool:
        """Whether a document of this case was issued."""
        if case_no in self._group.free:
            return False
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
        if number in self._group.strangers:
            return ()
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
        document = self._unsaved(issued)
        self._group.add(self._record, document)
        if self._is_alone:
            self._group.write()
        return document.pk or 0

    def _begin(self, prefix: str) -> int:
        locked = CaseCounter.objects.select_for_update()
        return locked.get_or_create(prefix=prefix)[0].last

    def _look_ahead(self, prefix: str, last: int) -> None:
        """Ask once which of the next numbers are free: some are given by hand."""
        numbers = [case_number(prefix, last + more) for more in range(1, _AHEAD + 1)]
        if len(numbers[0]) == len(numbers[-1]):  # they follow one another in every order of texts
            taken = [number for (number,) in _BETWEEN.all(numbers[0], numbers[-1])]
        else:
            found = Issued.objects.filter(case_no__in=numbers).order_by()
            taken = list(found.values_list("case_no", flat=True))
        self._group.free |= set(numbers).difference(taken)

    def _waiting(self) -> Iterator[Issued]:
        return (document for _, document in self._group.waiting)

    def _keep_part(self, data: bytes, ending: str) -> str:
        """A group is of few forms: their templates are looked for once."""
        parts = self._group.parts
        if (data, ending) not in parts:
            parts[data, ending] = super()._keep_part(data, ending)
        return parts[data, ending]

    def _write(self, place: str, data: bytes) -> None:
        """Leave the file for the end of the group; twins have one file."""
        self._group.drafts.add(place, data)
