"""Every check by its id, and on what it looks: a village, a town, a person, all meetings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from minzheng.inspection.checks import amounts, cases, copies, lists, notices, one_person
from minzheng.inspection.checks.asked import Asked
from minzheng.inspection.checks.decided import Held, what_is_held
from minzheng.inspection.checks.one_person import OnePerson
from minzheng.inspection.checks.papers import Paper
from minzheng.inspection.checks.village_papers import VillagePapers
from minzheng.inspection.doubts import Doubt

#: Titles of a village's files by dossier and year.
Titles = Mapping[tuple[str, str], Sequence[str]]
OfVillage = Callable[[VillagePapers, Asked], Iterator[Doubt]]
OfHeld = Callable[[VillagePapers, Sequence[Held], Asked], Iterator[Doubt]]

_OF_VILLAGE: tuple[tuple[str, OfVillage], ...] = (
    ("notices_without_seal", notices.notices_without_seal),
    ("notices_too_short", notices.notices_too_short),
    ("dates_reversed", cases.dates_reversed),
    ("signatures_missing", cases.signatures_missing),
    ("papers_missing", cases.papers_missing),
    ("numbers_wrong", cases.unsound_numbers),
    ("relatives_not_filed", cases.relatives_not_filed),
    ("meetings_irregular", lists.meetings_irregular),
    ("relief_irregular", lists.relief_sheets_irregular),
    ("notices_tell_too_much", notices.notices_tell_too_much),
    ("levels_differ", notices.levels_differ),
    ("age_bands_wrong", lists.age_bands_wrong),
    ("certificates_ended", lists.certificates_ended),
    ("not_yet_helped", lists.not_yet_helped),
    ("paid_without_approval", cases.paid_without_approval),
    ("letters_without_receipt", cases.letters_without_receipt),
    ("agreements_ended", cases.agreements_ended),
    ("copies_differ", copies.copies_differ),
)
_OF_HELD: tuple[tuple[str, OfHeld], ...] = (
    ("amounts_differ", amounts.amounts_differ),
    ("people_differ", amounts.people_differ),
    ("paid_before_decision", amounts.paid_before_decision),
    ("reviews_overdue", cases.reviews_overdue),
)
_OF_PERSON: tuple[tuple[str, Callable[[OnePerson, Asked], Iterator[Doubt]]], ...] = (
    ("paid_after_death", one_person.paid_after_death),
    ("held_twice", one_person.held_twice),
    ("numbers_wrong", one_person.numbers_wrong),
    ("relief_irregular", one_person.relief_repeated),
)
_OF_SHEETS: tuple[tuple[str, Callable[[Sequence[Paper], Asked], Iterator[Doubt]], str], ...] = (
    ("problems_left_open", lists.problems_left_open, "ZF-03"),
    ("relief_irregular", lists.funds_below_nothing, "LS-05"),
)
_DIRECTORIES = "boxes_and_directories"
#: Every id of the registry that a function here answers.
IDS = frozenset(
    {name for name, _ in (*_OF_VILLAGE, *_OF_HELD, *_OF_PERSON)}
    | {name for name, _, _ in _OF_SHEETS}
    | {_DIRECTORIES, "meetings_irregular"}
)


@dataclass(frozen=True, slots=True)
class Checker:
    """All checks of a county on a day."""

    asked: Asked  #: of no check in particular

    def of_village(self, papers: VillagePapers, titles: Titles) -> Iterator[Doubt]:
        """What the papers of a village tell."""
        held = what_is_held(papers)
        for name, find in _OF_VILLAGE:
            yield from self._run(name, partial(find, papers))
        for name, find_held in _OF_HELD:
            yield from self._run(name, partial(find_held, papers, held))
        yield from self._run(_DIRECTORIES, partial(lists.directories_differ, papers, titles))

    def of_town(self, papers: Iterable[Paper]) -> Iterator[Doubt]:
        """What the ledgers of a town tell."""
        kept = tuple(papers)
        for name, find, form_id in _OF_SHEETS:
            sheets = [one for one in kept if one.form_id == form_id]
            if sheets:
                yield from self._run(name, partial(find, sheets))

    def of_person(self, person: OnePerson) -> Iterator[Doubt]:
        """What all papers of the county tell of a person."""
        for name, find in _OF_PERSON:
            yield from self._run(name, partial(find, person))

    def of_minutes(self, minutes: Sequence[Paper]) -> Iterator[Doubt]:
        """What the minutes of all meetings tell, beside one another."""
        yield from self._run("meetings_irregular", partial(lists.minutes_alike, minutes))

    def _run(self, name: str, find: Callable[[Asked], Iterator[Doubt]]) -> Iterator[Doubt]:
        """A check the registry has taken out finds nothing; one paper's doubt counts once."""
        check = self.asked.county.checks.named(name)
        if check is None:
            return
        told: set[str] = set()
        for one in find(replace(self.asked, check=check)):
            if one.key not in told:
                told.add(one.key)
                yield one
