"""What the inbox knows of the county, its forms and the cases issued."""

from county.config import TEMPLATES_FOLDER, Config
from county.dossiers import load_dossiers
from county.places import load_places
from filler.case_store import DatabaseCaseStore
from filler.form_titles import read_form_titles
from inbox.suggest import Knowledge


def knowledge_of(config: Config) -> Knowledge:
    """Places, dossiers, titles of forms, and for whom a case was issued."""
    store = DatabaseCaseStore(config.data_folder / "issued")

    def person_of(form_id: str, case_no: str) -> str:
        issued = store.issued_for(form_id, case_no)
        return str(issued[-1].answers.get("name", "")) if issued else ""

    return Knowledge(load_places(), load_dossiers(), read_form_titles(TEMPLATES_FOLDER), person_of)
