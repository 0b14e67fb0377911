"""Where a paper found in a scan seems to belong, with reasons for a keeper to judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from archive_indexer.disk.file_names import as_read, as_shown
from archive_indexer.documents import ExtractedPage, Filing, Guess
from archive_indexer.filing.classify import Known, classify
from archive_indexer.filing.village_people import VillagePeople
from archive_indexer.reading.manner import Manner
from filler.records.named_people import people_in
from filler.records.people_store import names_in_case, phones_in
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.county import County
from minzheng.county.form_marks import FormMarks
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.places import Places
from minzheng.inbox.archive_names import clean_title
from minzheng.inbox.inbox_folder import UPLOADED
from minzheng.inbox.known_forms import known_forms
from minzheng.inbox.papers import Cut, Place, Remark, Suggestion

_SURE = 0.95
#: Stands for a name that tells nothing: scanners number their files.
_NAMELESS = "扫描件"
_PARTS = ("town", "village", "dossier", "year", "person", "form_id", "case_no", "title")


@dataclass(frozen=True)
class Knowledge:
    """What a suggestion is made from."""

    known: Known

    @property
    def places(self) -> Places:
        """The county's towns and villages."""
        return self.known.places

    @property
    def dossiers(self) -> Dossiers:
        """The fifteen dossiers."""
        return self.known.dossiers

    @cached_property
    def form_titles(self) -> Mapping[str, str]:
        """Form id → title."""
        return {form_id: marks.title for form_id, marks in self.known.forms.items()}

    def title_of(self, page: ExtractedPage) -> str:
        """The form whose title a page bears; its table alone does not begin a paper."""
        form = classify(_NAMELESS, (page,), self._by_title).form_id
        return form.value if form else ""

    def file(self, folder: str, pages: Sequence[ExtractedPage]) -> Filing:
        """Where pages belong by their codes, their folder in the inbox and their text."""
        chosen = _chosen_by_people(folder)
        path = f"{as_read(chosen)}/{_NAMELESS}" if chosen else _NAMELESS
        return classify(path, pages, self.known)

    @cached_property
    def _by_title(self) -> Known:
        forms = {form_id: FormMarks(title) for form_id, title in self.form_titles.items()}
        return Known(self.known.county, forms)


def _chosen_by_people(folder: str) -> str:
    """The part of a folder that says something: what comes through the pages is laid by day."""
    parts = folder.split("/")
    return "/".join(parts[: parts.index(UPLOADED)]) if UPLOADED in parts else folder


def gather_knowledge(county: County, templates: Path = TEMPLATES_FOLDER) -> Knowledge:
    """What is known of the county, of the forms of its templates, of the people of its cases."""
    forms, families, places = known_forms(templates), county.paper_words.families, county.places
    manner = Manner(
        forms.signs, forms.layouts, forms.prints, families, places=places,
        sign_rows=forms.sign_rows,
    )  # fmt: skip
    people = VillagePeople(county.places, people_in, phones_in)
    return Knowledge(Known(county, forms.marks, names_in_case, people.near, manner))


def suggest(cut: Cut, pages: Sequence[ExtractedPage], folder: str, known: Knowledge) -> Suggestion:
    """The place of one paper; `pages` are those of the cut, in its order."""
    filing = known.file(folder, pages)
    guesses = {part: guess for part in _PARTS if (guess := getattr(filing, part))}
    place = Place(
        town=_value(guesses, "town"),
        village=_value(guesses, "village"),
        dossier=_value(guesses, "dossier"),
        year=_value(guesses, "year"),
        title=_title(guesses, known),
    )
    remarks = (*cut.remarks, *_of_place(place, guesses), *_of_folder(folder, place, known))
    is_sure = (
        cut.is_by_qr
        and place.is_complete
        and all(guesses[part].confidence >= _SURE for part in ("village", "dossier", "year"))
        and all(remark.weight == "tell" for remark in remarks)
    )
    return Suggestion(cut, place, guesses, remarks, is_sure)


def village_of_folder(folder: str, places: Places) -> tuple[str, str]:
    """The town and village a folder of the inbox is called after; else the county, of several."""
    path = as_read(folder)
    for found in places.under(path).find_in(path):
        if found.village:
            return found.town, found.village
    return places.county_under(path), ""


def _title(guesses: Mapping[str, Guess], known: Knowledge) -> str:
    """The form's or the paper's title, and whose it is; children are called by their case."""
    form, title = _value(guesses, "form_id"), guesses.get("title")
    head = known.form_titles.get(form, "") if form else ""
    if not head or "{" in head:
        head = title.value if title and title.because != "文件名" else ""
    whose = _value(guesses, "person")
    if _value(guesses, "dossier") in known.dossiers.apart_codes:
        whose = _value(guesses, "case_no")
    return clean_title("_".join(part for part in (head, whose) if part))


def _of_place(place: Place, guesses: Mapping[str, Guess]) -> list[Remark]:
    names = {"village": "村", "dossier": "专档", "year": "年度", "title": "题名"}
    missing = [name for part, name in names.items() if not getattr(place, part)]
    remarks = [Remark(f"认不出{'、'.join(missing)}，请补上")] if missing else []
    doubtful = [
        name
        for part, name in names.items()
        if part != "title" and part in guesses and guesses[part].confidence < _SURE
    ]
    if doubtful:
        remarks.append(Remark(f"{'、'.join(doubtful)}不是从编号认出的，请核对"))
    return remarks


def _of_folder(folder: str, place: Place, known: Knowledge) -> list[Remark]:
    town, village = village_of_folder(folder, known.places)
    if village and place.village and (town, village) != (place.town, place.village):
        return [
            Remark(f"放在收件箱的“{as_shown(folder)}”里，纸上却是{place.town}{place.village}的")
        ]
    return []


def _value(guesses: Mapping[str, Guess], part: str) -> str:
    guess = guesses.get(part)
    return guess.value if guess else ""
