"""How many papers of which form and case lie where: one grouped question to the database."""

from typing import Any, NamedTuple

from django.db.models import Aggregate, Count, Q, TextField
from django.db.models.fields.json import KeyTextTransform

from archive_indexer.models import ArchivedFile

_COLUMNS = ("town", "village", "dossier", "year", "case_no", "person")
#: Asked inside the group, so that the index is read in its order and no file is sorted.
_COUNTED = Q(present=True, state="indexed")


class PaperGroup(NamedTuple):
    """Papers of one case or person in one year."""

    town: str
    village: str
    dossier: str
    year: str
    case_no: str
    person: str
    forms: tuple[str, ...]  #: of every file its form, as often as it occurs; unknown ones are empty


class Notice(NamedTuple):
    """A paper that is public, and its title, which tells of whom it speaks."""

    town: str
    village: str
    year: str
    form_id: str
    title: str


class _Joined(Aggregate):
    """All values of a group in one text."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """PostgreSQL names it otherwise and wants the comma."""
        template = "STRING_AGG(%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template)


def count_papers(within: Q | None = None) -> list[PaperGroup]:
    """Indexed files of the archive, or of what passes a filter on place and dossier."""
    rows = ArchivedFile.objects.filter(within or Q()).values(*_COLUMNS)
    grouped = rows.annotate(
        files=Count("pk", filter=_COUNTED), forms=_Joined("form_id", filter=_COUNTED)
    )
    found = grouped.order_by(*_COLUMNS).values_list(*_COLUMNS, "files", "forms")
    return [
        PaperGroup(town, village, dossier, year, case_no, person, tuple(forms.split(",")))
        for town, village, dossier, year, case_no, person, files, forms in found
        if files
    ]


def find_notices(dossier: str, within: Q | None = None) -> list[Notice]:
    """Papers of the dossier of publicity, each title once a year."""
    title = KeyTextTransform("value", KeyTextTransform("title", "filing"))
    rows = ArchivedFile.objects.filter(within or Q(), _COUNTED, dossier=dossier)
    found = rows.annotate(title=title).values_list("town", "village", "year", "form_id", "title")
    return [
        Notice(town, village, year, form_id, title or "")
        for town, village, year, form_id, title in found.distinct()
    ]
