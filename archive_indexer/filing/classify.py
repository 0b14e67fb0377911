"""Where a paper belongs: the QR code speaks first, then the path, then the text.

Every part is a guess with its confidence and its reason, for a keeper to judge.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from archive_indexer.documents import ExtractedPage, Filing, Guess
from archive_indexer.filing.known_forms import KnownForms, find_paper
from archive_indexer.filing.name_or_label import NamesAndLabels
from archive_indexer.filing.page_code import CodeFound, find_code, form_page
from archive_indexer.filing.paper_people import PeopleFound, find_people, with_record
from archive_indexer.filing.paper_values import (
    ValueLabels,
    find_amounts,
    find_archive_no,
    find_dates,
    find_ids,
    value_labels,
)
from archive_indexer.reading.hand.name_odds import NOBODY, PeopleNear
from archive_indexer.reading.manner import AS_USUAL, Manner
from minzheng.county.county import County
from minzheng.county.form_marks import FormMarks
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.places import Places
from minzheng.county.town_names import own_name
from minzheng.county.writing.chinese_dates import parse_date
from minzheng.county.writing.chinese_text import to_simplified

_YEAR = re.compile(r"(?<!\d)((?:19[89]|20[0-4])\d)(?:年|年度|[-./_]|(?!\d))")
_DATE = re.compile(r"(?:19[89]\d|20[0-4]\d)\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}")
_HAN = re.compile("[㐀-鿿]")
_PERSON_FOLDER = re.compile(r"^(?:\d+[、.\-_ ]*)?([\u4e00-\u9fff·]{2,4})$")
_FOLDER_WORDS = re.compile(
    "年|镇|村|社区|组|档|表|册|单|新建|文件|资料|材料|照片|扫描|其他|公示|名单|副本"
)
_TITLE_END = re.compile("(?:表|书|册|单|公示|通知|记录|报告|协议|证明|方案|台账)[)）]*$")
_LONGEST_TITLE = 40

Finder = Callable[[], Guess | None]
#: Whom the documents issued in a case are about.
PeopleOf = Callable[[str], Sequence[str]]
#: Whom the records know in the village that the folders of a path name.
PeopleNearPath = Callable[[str], PeopleNear]


def nobody(case_no: str) -> Sequence[str]:
    """No case is known."""
    return ()


def nobody_near(path: str) -> PeopleNear:
    """No village is known."""
    return NOBODY


@dataclass(frozen=True)
class Known:
    """What a paper is compared with."""

    county: County
    forms: Mapping[str, FormMarks] = field(default_factory=dict)  #: by form id
    people_of: PeopleOf = nobody
    people_near: PeopleNearPath = nobody_near
    manner: Manner = AS_USUAL  #: what of the forms is looked at while pages are read

    @property
    def places(self) -> Places:
        """The county's towns and villages."""
        return self.county.places

    @property
    def dossiers(self) -> Dossiers:
        """The fifteen dossiers."""
        return self.county.dossiers

    @cached_property
    def form_finder(self) -> KnownForms:
        """The forms, ready to be compared with."""
        return KnownForms(self.forms)

    @cached_property
    def naming(self) -> NamesAndLabels:
        """What is a name; nothing that is printed on a form is one."""
        printed = (marks.labels | marks.words for marks in self.forms.values())
        towns = {town.own_name for town in self.places.towns}
        villages = {place.name for place in self.places.settlements}
        return NamesAndLabels.of(
            self.county.paper_words, frozenset().union(towns, villages, *printed)
        )

    @cached_property
    def value_labels(self) -> ValueLabels:
        """The labels of amounts, dates and 档号."""
        marks = self.forms.values()
        return value_labels(
            self.county.paper_words,
            (label for one in marks for label in one.amounts),
            (label for one in marks for label in one.dates),
        )


def classify(path: str, pages: Sequence[ExtractedPage], known: Known) -> Filing:
    """Guess what a file is and where it belongs: from its codes, its path and its text."""
    places, dossiers = known.places, known.dossiers
    text = to_simplified("\n".join(page.text for page in pages[:3]))
    path = to_simplified(path)
    found = find_code(pages)
    town, village = _place(found, places, path, text)
    people = _people(found, pages, known)
    ids, labels = find_ids(pages), known.value_labels
    form = found.guess(found.code.form_id) if found else known.form_finder.find(pages)
    paper = None if form else find_paper(pages, known.county.paper_words.papers)
    return Filing(
        town=town,
        village=village,
        dossier=_first(
            lambda: _dossier_of_code(found, dossiers),
            lambda: _dossier_in(PurePosixPath(path).parts[:-1], dossiers, 0.9, "文件夹名"),
            lambda: _dossier_in([PurePosixPath(path).name], dossiers, 0.8, "文件名"),
            lambda: _dossier_in(text.split("\n")[:8], dossiers, 0.6, "正文开头"),
        ),
        year=_first(
            lambda: found.guess(found.case["year"]) if found and found.case else None,
            lambda: _year_in(path, 0.9, "路径"),
            lambda: _year_of_text(text),
        ),
        person=people.chief or _person_in_path(path, places, dossiers),
        form_id=form,
        case_no=found.guess(found.code.case_no) if found and found.code.case_no else None,
        title=_title(found, text, path, known.form_finder, paper),
        form_version=found.guess(found.code.version) if found else None,
        form_page=form_page(found, pages),
        paper=paper,
        archive_no=find_archive_no(pages, path, labels),
        persons=people.persons,
        ids=ids,
        amounts=find_amounts(pages, labels),
        dates=find_dates(pages, labels),
    )


def _first(*finders: Finder) -> Guess | None:
    for find in finders:
        guess = find()
        if guess is not None:
            return guess
    return None


def _place(
    found: CodeFound | None, places: Places, path: str, text: str
) -> tuple[Guess | None, Guess | None]:
    case = found.case if found else None
    village = places.by_short_code(case["place"]) if case else None
    if found and village is not None:
        return found.guess(village.town), found.guess(village.name)
    county = places.county_under(path)
    town, in_village = _place_told(places.of(county) if county else places, path, text)
    if county and town is None:  # its own people are to find it, whatever town it is of
        return Guess(county, 0.95, f"路径中有“{own_name(county)}”"), None
    return town, in_village


def _place_told(places: Places, path: str, text: str) -> tuple[Guess | None, Guess | None]:
    in_path = _place_in(path, places, 0.95, "路径")
    if in_path[1] is not None:
        return in_path
    in_text = _place_in(text, places, 0.7, "正文")
    if in_path[0] and in_text[0] and in_path[0].value != in_text[0].value:
        return in_path
    return in_path[0] or in_text[0], in_text[1]


def _place_in(
    text: str, places: Places, sure: float, where: str
) -> tuple[Guess | None, Guess | None]:
    found = places.find_in(text)
    with_village = [place for place in found if place.village]
    if with_village:
        best = max(with_village, key=lambda place: text.count(place.written))
        reason = f"{where}中有“{best.written}”"
        return Guess(best.town, sure, reason), Guess(best.village, sure, reason)
    if found:
        return Guess(found[0].town, sure, f"{where}中有“{found[0].written}”"), None
    return None, None


def _dossier_of_code(found: CodeFound | None, dossiers: Dossiers) -> Guess | None:
    """The case's dossier, else the form's own."""
    if found is None:
        return None
    code = found.case["dossier"] if found.case else found.code.form_id.partition("-")[0]
    dossier = dossiers.by_code(code)
    return found.guess(dossier.code) if dossier else None


def _dossier_in(parts: Sequence[str], dossiers: Dossiers, sure: float, where: str) -> Guess | None:
    for part in parts:
        for dossier, word in dossiers.find_in(part):
            return Guess(dossier.code, sure, f"{where}中有“{word}”")
    return None


def _year_in(text: str, sure: float, where: str) -> Guess | None:
    match = _YEAR.search(text) or re.search(r"(20[0-4]\d)(?=[01]\d[0-3]\d)", text)
    return Guess(match[1], sure, f"{where}中有“{match[0]}”") if match else None


def _year_of_text(text: str) -> Guess | None:
    """The latest date on the paper: births and older papers come before it."""
    days = [parse_date(match[0]) for match in _DATE.finditer(text)]
    years = [day.year for day in days if day is not None]
    if years:
        return Guess(str(max(years)), 0.6, f"正文中最晚的日期在 {max(years)} 年")
    return _year_in(text, 0.5, "正文")


def _people(found: CodeFound | None, pages: Sequence[ExtractedPage], known: Known) -> PeopleFound:
    """Those read on the pages; of an issued document its case's record speaks first."""
    case_no = found.code.case_no if found else ""
    names = known.people_of(case_no) if case_no else ()
    return with_record(find_people(pages, known.naming), names, case_no)


def _person_in_path(path: str, places: Places, dossiers: Dossiers) -> Guess | None:
    near = places.under(path)
    for part in reversed(PurePosixPath(path).parts[:-1]):
        match = _PERSON_FOLDER.match(part)
        is_place = places.county_under(part) or near.find_in(part)
        if match and not (is_place or _FOLDER_WORDS.search(part) or dossiers.find_in(part)):
            return Guess(match[1], 0.7, f"文件夹名“{part}”")
    return None


def _title(
    found: CodeFound | None, text: str, path: str, forms: KnownForms, paper: Guess | None
) -> Guess:
    for line in text.split("\n")[:12]:
        title = line.replace(" ", "")
        if 4 <= len(title) <= _LONGEST_TITLE and _TITLE_END.search(title):
            return Guess(title, 0.8, "正文开头的标题")
    title_of_form = forms.title_of(found.code.form_id) if found else ""
    if found and title_of_form:
        return found.guess(title_of_form)
    stem = PurePosixPath(path).stem
    return paper if paper and not _HAN.search(stem) else Guess(stem, 0.5, "文件名")
