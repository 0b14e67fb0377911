"""The papers of one village, as its checks look at them: records first, scans second."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from minzheng.inspection.checks.papers import PAIRS, Mention, Paper, Row, mentions_on

#: Papers of a case that may be issued many times, each of its own day.
_MANY = frozenset({"COM-09", "DB-05", "CB-05", "COM-03", "COM-07", "TK-02", "TK-05", "LS-06"})


class VillagePapers:
    """All papers of a village, and of its town, read once.

    A scan that bears the code of an issued document is that document: what was typed holds,
    and the scan tells of seals and signatures.
    """

    def __init__(self, town: str, village: str, papers: Iterable[Paper]) -> None:
        self.town, self.village = town, village
        self.papers: Sequence[Paper] = tuple(papers)
        self.kept: dict[str, Any] = {}  #: what a check has made of them, for the next

    @property
    def place(self) -> tuple[str, str]:
        """Town and village."""
        return self.town, self.village

    @cached_property
    def _scans_of(self) -> dict[tuple[str, str], list[Paper]]:
        found: dict[tuple[str, str], list[Paper]] = defaultdict(list)
        for one in self.papers:
            if one.is_scan and one.case_no:
                found[one.form_id, one.case_no].append(one)
        return found

    @cached_property
    def _by_form(self) -> dict[str, list[Paper]]:
        """What counts of each form: a record, else a scan; copies of a scan count once."""
        recorded = {(one.form_id, one.case_no) for one in self.papers if not one.is_scan}
        found: dict[str, list[Paper]] = defaultdict(list)
        seen: set[tuple[str, str]] = set()
        for one in self.papers:
            name = (one.form_id, one.case_no)
            if one.is_scan and one.case_no:
                is_told = name in recorded or (name in seen and one.form_id not in _MANY)
                if is_told:
                    continue
                seen.add(name)
            found[one.form_id].append(one)
        return found

    def of(self, *forms: str) -> Iterator[Paper]:
        """The papers of some forms that count."""
        return chain.from_iterable(self._by_form.get(form_id, ()) for form_id in forms)

    @property
    def counting(self) -> Iterator[Paper]:
        """All papers that count."""
        return chain.from_iterable(self._by_form.values())

    def scans_of(self, paper: Paper) -> list[Paper]:
        """The scans of a document that was issued here; of a scan itself and its copies."""
        if not paper.case_no:
            return [paper] if paper.is_scan else []
        return self._scans_of.get((paper.form_id, paper.case_no), [])

    def rows_here(self, paper: Paper) -> Iterator[Row]:
        """The rows of a list that are this village's."""
        for row in paper.rows:
            told = row.get("village", "")
            if paper.village or told == self.village:
                yield row

    @cached_property
    def by_case(self) -> dict[str, list[Paper]]:
        """The papers of each case that count."""
        found: dict[str, list[Paper]] = defaultdict(list)
        for one in self.counting:
            if one.case_no and one.village == self.village:
                found[one.case_no].append(one)
        return found

    @cached_property
    def mentions(self) -> dict[str, list[Mention]]:
        """Everybody the village's papers name by number."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for paper in self.counting:
            for one in mentions_on(paper):
                if paper.village or one.row.get("village") == self.village:
                    found[one.id_no].append(one)
        return found

    @cached_property
    def number_of(self) -> dict[str, str]:
        """The ID number of a name, where only one person of the village bears it."""
        found: dict[str, set[str]] = defaultdict(set)
        for id_no, mentions in self.mentions.items():
            for one in mentions:
                if one.name:
                    found[one.name].add(id_no)
        return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}

    def id_of(self, row: Row) -> str:
        """Whose row of a list it is: by its number, else by its name."""
        if row.get("id_no"):
            return row["id_no"]
        return self.number_of.get(name_in(row), "")


def name_in(row: Row) -> str:
    """The name in a row of any list."""
    names = (row[name] for name, _, _ in PAIRS if row.get(name))
    return next(names, "")
