"""What the inbox knows of the county, its forms and the cases issued."""

from pathlib import Path

from archive_indexer.classify import Known
from county.config import TEMPLATES_FOLDER
from county.registry import County
from filler.form_marks import read_form_marks
from filler.people_store import names_in_case
from inbox.suggest import Knowledge


def gather_knowledge(county: County, templates: Path = TEMPLATES_FOLDER) -> Knowledge:
    """The county, the forms of its templates, the people of its cases."""
    return Knowledge(Known(county, read_form_marks(templates), names_in_case))
