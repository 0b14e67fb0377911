"""What the inbox knows of the county, its forms and the cases issued."""

from collections.abc import Mapping

from archive_indexer.filing.classify import Known
from filler.records.people_store import names_in_case
from filler.spec.marks_of_forms import read_form_marks
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.form_marks import FormMarks
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.places import load_places
from minzheng.inbox.suggest import Knowledge


def gather_knowledge(forms: Mapping[str, FormMarks] | None = None) -> Knowledge:
    """Places, dossiers, forms (those given, else those of the templates), people of cases."""
    marks = read_form_marks(TEMPLATES_FOLDER) if forms is None else forms
    return Knowledge(Known(load_places(), load_dossiers(), marks, names_in_case))
