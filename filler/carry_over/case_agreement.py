"""The papers of one case say the same of the same thing: `[same]` of registry/copies.toml.

What two papers both tell is compared, whatever the forms: a field counts as the same thing by
its name. What is each paper's own (its own days, opinions, remarks) is not compared; what may
have changed in the meantime is pointed out; all else is refused.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from filler.carry_over.earlier import Earlier, EarlierForm
from filler.carry_over.two_places import Disagreements, Place, disagreement, place, told
from filler.form.case_history import PastForm
from filler.form.forms import Field, FormSpec
from filler.form.opinions import hands_of
from filler.form.taken import TakenOver
from filler.spec.taken_from import SameThings
from filler.values.scope import RowScope, Scope
from minzheng.county.errors import Problem
from minzheng.county.writing.chinese_text import normalise_name

#: Long texts are each paper's own words; the pen's room holds nothing.
_NOT_COMPARED = frozenset({"longtext", "rows", "photo", "annex", "sign", "seal", "print", "multi"})


@lru_cache(maxsize=1024)
def compared_names(spec: FormSpec, same: SameThings) -> Mapping[str, str]:
    """The fields of a form that other papers of its case may tell, too: slug → name."""
    names = {
        field.slug: same.name_of(spec.id, field.slug)
        for field in spec.fields
        if field.type not in _NOT_COMPARED and field.slug not in hands_of(spec)
    }
    return {slug: name for slug, name in names.items() if name}


def find_disagreeing_papers(scope: Scope, taken: TakenOver, earlier: Earlier) -> Disagreements:
    """Where a form and other papers of its case tell the same thing differently."""
    found = Disagreements()
    newest: dict[str, EarlierForm] = {}
    for past in _other_papers(scope, earlier):
        newest[past.form_id] = earlier.read(past)
    papers = sorted(newest.values(), key=lambda one: one.source.number)
    agreement = _Agreement(scope, taken, earlier)
    return found.plus((agreement.with_papers(papers), agreement.with_tables(papers)))


def _other_papers(scope: Scope, earlier: Earlier) -> Iterator[PastForm]:
    """The papers of the case, and those that the form names by their number."""
    same = earlier.taking_over.same
    names = compared_names(scope.spec, same)
    told = {scope.text(slug): name for slug, name in names.items() if name in same.refers}
    for case_no in dict.fromkeys((scope.case_no, *told)):
        for past in earlier.history.issued_for("", case_no=case_no) if case_no else ():
            spec = earlier.forms.get(past.form_id)
            is_own = case_no == scope.case_no
            if spec and (is_own or told[case_no] in compared_names(spec, same).values()):
                yield past


class _Agreement:
    """One form beside the other papers of its case."""

    def __init__(self, scope: Scope, taken: TakenOver, earlier: Earlier) -> None:
        self.scope, self.taken, self.earlier = scope, taken, earlier
        self.same = earlier.taking_over.same
        self.names = compared_names(scope.spec, self.same)

    def with_papers(self, papers: list[EarlierForm]) -> Disagreements:
        """Single fields: refused against every paper, pointed out against the newest."""
        problems: list[Problem] = []
        last: dict[str, Problem | None] = {}
        is_again = any(self._is_same_form(one) and not self._is_later(one) for one in papers)
        for paper in papers:
            told_before = self._taken_from_us(paper) if is_again else frozenset()
            for own, other in self._pairs(paper, told_before):
                differs = not _is_alike(own, other)
                if self._is_marked(own.slug, paper):
                    last[own.slug] = self._only_told(own, other) if differs else None
                elif differs and self.taken.single.get(own.slug, ("", None))[1] != paper.source:
                    problems.append(disagreement(own, other))
        return Disagreements(tuple(problems), tuple(filter(None, last.values())))

    def _taken_from_us(self, paper: EarlierForm) -> frozenset[str]:
        """What a paper took from this form: of a second review it tells what the first said."""
        takes = (
            take
            for take in self.earlier.taking_over.takes
            if (take.to, take.source) == (paper.scope.spec.id, self.scope.spec.id)
        )
        taken = frozenset(slug for take in takes for slug in take.fields.values())
        return frozenset(slug for slug in taken if self.names.get(slug) not in self.same.identity)

    def _is_same_form(self, paper: EarlierForm) -> bool:
        return paper.scope.spec.id == self.scope.spec.id

    def _is_later(self, paper: EarlierForm) -> bool:
        return self.earlier.is_later(paper.source.number)

    def _pairs(
        self, paper: EarlierForm, told_before: frozenset[str]
    ) -> Iterator[tuple[Place, Place]]:
        """What both tell, where both tell something."""
        theirs = compared_names(paper.scope.spec, self.same)
        slug_of = {name: slug for slug, name in theirs.items()}
        is_same_form = self._is_same_form(paper)
        for slug, name in self.names.items():
            if name not in slug_of or (is_same_form and name not in self.same.identity):
                continue
            if slug in told_before:
                continue
            own, other = place(self.scope, slug), place(paper.scope, slug_of[name], paper.source)
            if own.text and other.text:
                yield own, other

    def _is_marked(self, slug: str, paper: EarlierForm) -> bool:
        """Whether a difference is only pointed out; a later paper never refuses a correction."""
        return self.names[slug] in self.same.marked or self._is_later(paper)

    def _only_told(self, own: Place, other: Place) -> Problem:
        later = other.paper and self.earlier.is_later(other.paper.number)
        do = "更正后那一份也要更正" if later else "核对；确有变化的照实填写，并写明情况"
        return Problem(own.label, f"填的是“{own.shown}”，{told(other)}", do, own.address)

    def with_tables(self, papers: list[EarlierForm]) -> Disagreements:
        """Rows of one person in two papers: what differs is pointed out."""
        warnings: list[Problem] = []
        for table, key in self.same.tables.items():
            ours = self.scope.fields.get(table)
            if ours is None or not _has_column(ours, key):
                continue
            others = [
                paper
                for paper in papers
                if table in paper.scope.fields
                and _has_column(paper.scope.fields[table], key)
                and paper.scope.spec.id != self.scope.spec.id
            ]
            for paper in others[-1:]:
                warnings += self._rows(table, key, paper)
        return Disagreements((), tuple(warnings))

    def _rows(self, table: str, key: str, paper: EarlierForm) -> Iterator[Problem]:
        theirs = {row.text(key): row for row in paper.scope.rows(table)}
        for row in self.scope.rows(table):
            other = theirs.pop(row.text(key), None)
            if other is None:
                own = place(row, key)
                what = f"“{own.shown}”不在 {paper.source} 的“{_label(paper, table)}”里"
                yield Problem(own.label, what, "核对是否同一户的人", own.address)
            else:
                yield from self._cells(row, other, paper)
        for row in theirs.values():
            label = self.scope.fields[table].label
            what = f"少了 {paper.source} 里的“{place(row, key).shown}”"
            yield Problem(label, what, "核对是否漏填", table)

    def _cells(self, row: RowScope, other: RowScope, paper: EarlierForm) -> Iterator[Problem]:
        for slug, column in row.columns.items():
            if slug not in other.columns or column.type in _NOT_COMPARED or slug in self.same.own:
                continue
            own, their = place(row, slug), place(other, slug, paper.source)
            if own.text and their.text and not _is_alike(own, their):
                yield self._only_told(own, their)


def _has_column(table: Field, slug: str) -> bool:
    return any(column.slug == slug for column in table.columns)


def _label(paper: EarlierForm, table: str) -> str:
    return paper.scope.fields[table].label


def _is_alike(own: Place, other: Place) -> bool:
    """Whether two places tell the same, however it is written."""
    return own.text == other.text or normalise_name(own.text) == normalise_name(other.text)
