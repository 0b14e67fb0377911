"""What later papers and lists took from a paper that is being corrected: they are to be, too.

A paper that takes a value over is locked to it when it is made. When the source is corrected
afterwards, whatever took the old value is named, so that it does not stay behind unseen.
"""

from collections.abc import Iterator, Mapping

from filler.carry_over.case_agreement import compared_names
from filler.carry_over.earlier import Earlier, EarlierForm
from filler.carry_over.gather import in_words
from filler.carry_over.two_places import Disagreements, Place, place, told
from filler.form.case_history import PastForm
from filler.spec.taken_from import Gather, Listed
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.writing.chinese_text import normalise_name


def find_taken_since(scope: Scope, earlier: Earlier, corrected: PastForm | None) -> Disagreements:
    """Where a correction parts from what was taken from the paper it takes the place of."""
    if corrected is None:
        return Disagreements()
    since = _Since(scope, earlier, corrected)
    return Disagreements((), tuple((*since.by_papers(), *since.by_rosters(), *since.by_names())))


class _Since:
    """One correction beside what came after the paper it takes the place of."""

    def __init__(self, scope: Scope, earlier: Earlier, corrected: PastForm) -> None:
        self.scope, self.earlier, self.number = scope, earlier, corrected.number
        self.old: EarlierForm = earlier.read(corrected)

    def by_papers(self) -> Iterator[Problem]:
        """Papers of the case that took fields, or tell the day again."""
        rules, form_id = self.earlier.taking_over, self.scope.spec.id
        for take in (one for one in rules.takes if one.source == form_id):
            for past in self._takers(take.to):
                paper = self.earlier.read(past)
                fields = {**take.fields, **take.told}.items()
                for theirs, own in (one for one in fields if not self._is_compared(*one, take.to)):
                    yield from self._told(own, place(paper.scope, theirs, paper.source))

    def _is_compared(self, theirs: str, own: str, form_id: str) -> bool:
        """Whether both are held against each other as fields of one name."""
        same, forms = self.earlier.taking_over.same, self.earlier.forms
        name = compared_names(self.scope.spec, same).get(own)
        return name is not None and name == compared_names(forms[form_id], same).get(theirs)

    def _takers(self, form_id: str) -> Iterator[PastForm]:
        """The papers of a form that came after it, and before the next of its own kind."""
        case_no, issued = self.scope.case_no, self.earlier.history.issued_for
        others = (one.number for one in issued(self.scope.spec.id, case_no=case_no))
        last = min((one for one in others if one > self.number), default=0)
        for past in issued(form_id, case_no=case_no):
            if past.number > self.number and (not last or past.number < last):
                yield past

    def by_rosters(self) -> Iterator[Problem]:
        """The newest roster of the place whose row was gathered from it."""
        for gather in self.earlier.taking_over.gathers:
            own = {
                column: cell.slug
                for column, cell in gather.columns.items()
                if cell.slug and (cell.form_id or gather.source) == self.scope.spec.id
            }
            keys = {one: gather.columns[one].slug for one in gather.key if one in gather.columns}
            cells = self._row(gather, keys) if own else {}
            for column, slug in own.items() if cells else ():
                words = in_words(gather, column, self.scope.text(slug))
                yield from self._told(slug, cells[column], words)

    def by_names(self) -> Iterator[Problem]:
        """Lists that call its person as before."""
        for listed in self.earlier.taking_over.listed:
            if listed.source == self.scope.spec.id:
                told_by = {own: listed.columns.get(own, own) for own in listed.who}
                who = {own: slugs.split("|")[0] for own, slugs in told_by.items()}
                is_changed = any(self._old(slug) != self.scope.text(slug) for slug in who.values())
                cells = self._row(listed, who) if is_changed else {}
                for own, slug in who.items() if cells else ():
                    yield from self._told(slug, cells[own])

    def _row(self, rule: Gather | Listed, keys: Mapping[str, str]) -> Mapping[str, Place]:
        """The cells of the row that names its person as before, in the newest list that does."""
        where = {slug: self._old(slug) for slug in rule.match}
        who = {own: self._old(slug) for own, slug in keys.items()}
        if not all((*where.values(), *who.values())):
            return {}
        issued = self.earlier.history.issued_for(rule.to, where={**where, **rule.when})
        for past in reversed([one for one in issued if one.number > self.number]):
            paper = self.earlier.read(past)
            for row in paper.scope.rows(rule.rows):
                if all(row.text(own) == text for own, text in who.items()):
                    return {slug: place(row, slug, paper.source) for slug in row.columns}
        return {}

    def _old(self, slug: str) -> str:
        """What stood on the paper that is corrected."""
        return self.old.scope.text(slug)

    def _told(self, slug: str, other: Place, words: str = "") -> Iterator[Problem]:
        """A correction of a field, beside where what stood in it was taken to."""
        own = place(self.scope, slug)
        text, is_changed = words or own.text, self._old(slug) != own.text
        is_alike = normalise_name(text) == normalise_name(other.text)
        if is_changed and text and other.text and not is_alike:
            what = f"改成了“{own.shown}”，{told(other)}，取自更正前的这一份"
            yield Problem(own.label, what, "更正后那一份也要更正", own.address)
