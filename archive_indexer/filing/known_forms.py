"""Which of the known forms a page is when its code is lost: by its heading and its labels.

A heading stands high on the first page in large letters; a title in running text proves
little. Labels are the printed texts of a form's cells: rare ones weigh more than common ones.
Common papers that are no forms are known by the words that stand on them.
"""

import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive_indexer.documents import ExtractedPage, Guess
from minzheng.county.form_marks import FormMarks
from minzheng.county.registry.paper_words import PaperKind
from minzheng.county.writing.chinese_text import to_simplified

_SHORTEST_TITLE = 3
_PAGES = 3  #: that are looked at
_HEADING_PART = 0.35  #: of the page, from its top
_LARGE = 1.2  #: of the middle height of lines
_HEAD_LINES = 6  #: of a text without places
_HEAD_CHARACTERS = 200
_LEAST_LABELS = 6
_LEAST_SCORE = 0.6
_LEAST_LEAD = 0.08
_LEAST_EXPLAINED = 0.7
_SURE, _SUREST = 0.8, 0.95  #: of a common paper
_GAP = re.compile(r"(?:\\\{[^}]*\\\})+")  #: of an escaped title: what changes from paper to paper
_LONGEST_GAP = 20  #: characters of each


@dataclass(frozen=True, slots=True)
class _Title:
    form_id: str
    fixed: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Score:
    form_id: str
    found: int
    of: int
    value: float


class KnownForms:
    """All forms, ready to be compared with pages."""

    def __init__(self, forms: Mapping[str, FormMarks]) -> None:
        self._forms = forms
        self._titles = [
            _Title(form_id, fixed, _pattern(marks.title))
            for form_id, marks in forms.items()
            if len(fixed := _fixed(marks.title)) >= _SHORTEST_TITLE
        ]
        self._titles.sort(key=lambda title: -len(title.fixed))
        carriers = Counter(label for marks in forms.values() for label in marks.labels)
        self._weights = {label: math.log(1 + len(forms) / n) for label, n in carriers.items()}

    def title_of(self, form_id: str) -> str:
        """What a form is called, without what changes from paper to paper."""
        return _fixed(self._forms[form_id].title) if form_id in self._forms else ""

    def find(self, pages: Sequence[ExtractedPage]) -> Guess | None:
        """The form that some pages are, with the reason."""
        some = [page for page in pages if page.text.strip()][:_PAGES]
        scores = self._scores(some)
        by_title = self._by_title(some[:1], scores)
        return by_title or _by_layout(scores)

    def _by_title(self, first: Sequence[ExtractedPage], scores: Sequence[_Score]) -> Guess | None:
        if not first:
            return None
        value = {score.form_id: score.value for score in scores}
        heading, head = heading_of(first[0]), _squeeze(first[0].text)[:_HEAD_CHARACTERS]
        for text, sure, where in ((heading, 0.9, "标题"), (head, 0.7, "开头的文字")):
            fitting = [title for title in self._titles if title.pattern.search(text)]
            if fitting:
                # of titles that hold one another the longest, of equal ones the better layout
                longest = [one for one in fitting if len(one.fixed) == len(fitting[0].fixed)]
                best = max(longest, key=lambda one: value.get(one.form_id, 0.0))
                agrees = value.get(best.form_id, 0.0) >= 0.5
                because = f"第 {first[0].number} 页{where}“{best.fixed}”"
                return Guess(
                    best.form_id,
                    0.97 if agrees and sure > 0.8 else sure,
                    f"{because}，栏目也相符" if agrees else because,
                )
        return None

    def _scores(self, pages: Iterable[ExtractedPage]) -> list[_Score]:
        """How well the labels of each form fit, best first."""
        text = to_simplified(_squeeze("".join(page.text for page in pages)))
        found = {label for label in self._weights if label in text}
        seen = self._weigh(found)
        scores = []
        for form_id, marks in self._forms.items():
            its = marks.labels & found
            if len(its) >= _LEAST_LABELS:
                of_form, of_page = self._weigh(its) / self._weigh(marks.labels), 0.0
                of_page = self._weigh(its) / seen
                scores.append(_Score(form_id, len(its), len(marks.labels), (of_form + of_page) / 2))
        return sorted(scores, key=lambda score: -score.value)

    def _weigh(self, labels: Iterable[str]) -> float:
        return sum(self._weights[label] for label in labels)


def heading_of(page: ExtractedPage) -> str:
    """The heading of a page: large lines at its top, or its first lines."""
    lines = [line for line in page.lines if line.text.strip() and line.source != "unread"]
    if not lines:
        return _squeeze("\n".join(page.text.split("\n")[:_HEAD_LINES]), "\n")
    usual = statistics.median(line.box[3] - line.box[1] for line in lines)
    large = [
        line.text
        for line in lines
        if line.box[1] < _HEADING_PART and line.box[3] - line.box[1] > _LARGE * usual
    ]
    return _squeeze("".join(large))


def _by_layout(scores: Sequence[_Score]) -> Guess | None:
    if not scores or scores[0].value < _LEAST_SCORE:
        return None
    best = scores[0]
    if len(scores) > 1 and best.value - scores[1].value < _LEAST_LEAD:
        return None
    because = f"版式：{best.of} 个栏目名中有 {best.found} 个相符"
    return Guess(best.form_id, round(min(0.9, best.value), 2), because)


def _pattern(title: str) -> re.Pattern[str]:
    """What is searched for: gaps beside one another are one, and none stands at an end.

    Each way to share out a text among gaps would be tried at every place of it.
    """
    escaped = re.escape(re.sub(r"\s", "", title))
    inner = _GAP.sub(lambda gap: "\0" * gap[0].count("{"), escaped).strip("\0")
    return re.compile(re.sub("\0+", lambda gap: f".{{0,{_LONGEST_GAP * len(gap[0])}}}", inner))


def _fixed(title: str) -> str:
    """What of a title is printed on every paper: `{dossier}` alone tells nothing."""
    return re.sub(r"\{[^}]*\}|\s", "", title)


def _squeeze(text: str, kept: str = "") -> str:
    return "".join(one for one in text if one == kept or not one.isspace())


def find_paper(pages: Sequence[ExtractedPage], kinds: Sequence[PaperKind]) -> Guess | None:
    """The common paper of which most words stand on one page: 户口簿."""
    found = [
        (kind.count_in(text), kind, page.number)
        for page in pages[:_PAGES]
        if (text := to_simplified("".join(page.text.split())))
        for kind in kinds
    ]
    count, kind, number = max(found, key=lambda one: one[0], default=(0, None, 0))
    if kind is None or not count:
        return None
    sure = _SUREST if count == len(kind.words) else _SURE
    return Guess(kind.name, sure, f"第 {number} 页上有{kind.name}的字")
