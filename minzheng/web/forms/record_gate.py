"""★ The gate before every issued document: whether an account may be told of it.

History, cases, people, photos, pages, batches and the interface ask here before a value of a
document can reach a message; nothing else decides it.
"""

from dataclasses import dataclass

from filler.form.form_data import Answers
from filler.form.photo_names import photos_named_in
from filler.models import Issued
from filler.records.case_store import Sees
from filler.records.photo_takers import has_taken
from minzheng.accounts.areas import Area
from minzheng.prepared import Prepared

#: What the gate asks of a document; a case may hold a hundred, with all their answers.
_ASKED = ("stopped_at", "case_no", "form_id", "issued_by", "town", "village")
_OF_CASE: Prepared[Issued] = Prepared(
    lambda case_no: Issued.objects.filter(case_no=case_no).only(*_ASKED)
)


def may_see(issued: Issued, place: Area, username: str) -> bool:
    """Whether a document is one's own or of one's area; never of a dossier one does not see.

    One whose processing was stopped is shown to nobody.
    """
    if issued.stopped_at or {code_of(issued.case_no), code_of(issued.form_id)} & place.forbidden:
        return False
    return issued.issued_by == username or place.covers(*_place_of(issued))


def may_see_whole(case_no: str, place: Area, username: str) -> bool:
    """Whether there is no document of a case that one may not see."""
    return all(may_see(one, place, username) for one in _OF_CASE.all(case_no))


def may_see_any(case_no: str, place: Area, username: str) -> bool:
    """Whether there is a document of a case that one may see."""
    return any(may_see(one, place, username) for one in _OF_CASE.all(case_no))


def _place_of(issued: Issued) -> tuple[str, str]:
    """Town and village of a document; of one that is not written yet, as its answers say."""
    if issued.pk is None:
        return str(issued.answers.get("town", "")), str(issued.answers.get("village", ""))
    return issued.town, issued.village


def may_see_photo(sha256: str, place: Area, username: str) -> bool:
    """Whether a photo was sent in by oneself, or is the photo of a document one may see.

    That its hash stands in some answer is not enough: anybody can write it there.
    """
    if has_taken(sha256, username):
        return True
    found = Issued.objects.filter(answers__icontains=sha256).defer("texts")
    return any(
        may_see(one, place, username)
        and any(photo.sha256 == sha256 for photo in photos_named_in(one.answers))
        for one in found
    )


def names_strange_photo(answers: Answers, place: Area, username: str) -> bool:
    """Whether answers name a photo that their writer may not see, in whatever field."""
    named = {photo.sha256 for photo in photos_named_in(answers)}
    return not all(may_see_photo(one, place, username) for one in named)


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate of an account."""

    place: Area
    username: str

    def __call__(self, issued: Issued) -> bool:
        """Whether the account may be told of a document."""
        return may_see(issued, self.place, self.username)

    @property
    def county(self) -> str:
        """Beyond it not even that there is something may be told."""
        return self.place.county


def gate_of(place: Area, username: str) -> Sees:
    """The gate of an account, for whatever reads documents in its name."""
    return Gate(place, username)


def code_of(name: str) -> str:
    """The dossier that a case number or the id of a form begins with."""
    return name.partition("-")[0]
