"""★ The gate before every issued document: whether an account may be told of it.

History, cases, people, photos, pages, batches and the interface ask here before a value of a
document can reach a message; nothing else decides it.
"""

from filler.models import Issued
from filler.records.case_store import Sees
from minzheng.accounts.areas import Area


def may_see(issued: Issued, place: Area, username: str) -> bool:
    """Whether a document is one's own or of one's area; never of a dossier one does not see."""
    if {code_of(issued.case_no), code_of(issued.form_id)} & place.forbidden:
        return False
    town, village = (str(issued.answers.get(slug, "")) for slug in ("town", "village"))
    return issued.issued_by == username or place.covers(town, village)


def gate_of(place: Area, username: str) -> Sees:
    """The gate of an account, for whatever reads documents in its name."""
    return lambda issued: may_see(issued, place, username)


def code_of(name: str) -> str:
    """The dossier that a case number or the id of a form begins with."""
    return name.partition("-")[0]
