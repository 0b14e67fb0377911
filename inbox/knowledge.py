"""What the inbox knows of the county, its forms and the cases issued."""

from collections.abc import Mapping

from archive_indexer.classify import Known
from county.config import TEMPLATES_FOLDER
from county.dossiers import load_dossiers
from county.form_marks import FormMarks
from county.places import load_places
from filler.form_marks import read_form_marks
from filler.people_store import names_in_case
from inbox.suggest import Knowledge


def gather_knowledge(forms: Mapping[str, FormMarks] | None = None) -> Knowledge:
    """Places, dossiers, forms (those given, else those of the templates), people of cases."""
    marks = read_form_marks(TEMPLATES_FOLDER) if forms is None else forms
    return Knowledge(Known(load_places(), load_dossiers(), marks, names_in_case))
