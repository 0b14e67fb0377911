"""What the inbox knows of the county, its forms and the cases issued."""

from archive_indexer.filing.classify import Known
from filler.records.people_store import names_in_case
from filler.spec.marks_of_forms import read_form_marks
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.paper_words import load_paper_words
from minzheng.county.registry.places import load_places
from minzheng.inbox.suggest import Knowledge


def gather_knowledge() -> Knowledge:
    """Places, dossiers, words of papers, forms, people of cases."""
    marks = read_form_marks(TEMPLATES_FOLDER)
    known = Known(load_places(), load_dossiers(), load_paper_words(), marks, names_in_case)
    return Knowledge(known)
