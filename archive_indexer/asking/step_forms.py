"""Which forms a question is about: by their titles, by a work and a step of it: 五保户年审."""

from collections.abc import Iterable, Iterator, Sequence

from archive_indexer.asking.fitting import NamedForm, forms_hinted, forms_named
from minzheng.county.county import County
from minzheng.county.registry.dossiers import Dossier
from minzheng.county.registry.required_papers import Scheme, Step
from minzheng.county.writing.chinese_text import fold_for_search

_MOST = 3
_MOST_OFFERED = 4
_SURE = 0.8  #: of what was asked, that a title must say to be meant without a doubt


def fitting_forms(
    asked: Sequence[Sequence[str]], forms: Sequence[NamedForm], county: County
) -> tuple[NamedForm, ...]:
    """Those whose title says it; else those of the step that is named, and those it hints at.

    Args:
        asked: the question in terms, in the ways it may be put, the likeliest first.
        forms: those one may see.
        county: its dossiers, steps and words.
    """
    named = _each_once(forms_named(terms, forms, county.synonyms, least=_SURE) for terms in asked)
    if named:
        return named[:_MOST_OFFERED]
    partly = _each_once(forms_named(terms, forms, county.synonyms) for terms in asked)
    hinted = partly or _each_once(forms_hinted(terms, forms, county.synonyms) for terms in asked)
    found = _each_once((forms_of_steps(asked, forms, county), hinted))
    return found[:_MOST_OFFERED]


def _each_once(found: Iterable[tuple[NamedForm, ...]]) -> tuple[NamedForm, ...]:
    """What any way of asking names, the likeliest way first."""
    return tuple(dict.fromkeys(one for some in found for one in some))


def forms_of_steps(
    asked: Sequence[Sequence[str]], forms: Sequence[NamedForm], county: County
) -> tuple[NamedForm, ...]:
    """The forms of the step of the work that is named, its own before those of all works."""
    known = {one.form_id: one for one in forms}
    for terms in asked:
        said = "，".join(terms)
        numbers = dict.fromkeys(
            number
            for dossier in _dossiers_in(said, county)
            if (scheme := county.required.schemes.get(dossier.code))
            for step in _steps_in(said, scheme, county)
            for number in _ordered(step, dossier)
        )
        found = [known[one] for one in numbers if one in known]
        if found:
            return tuple(found[:_MOST])
    return ()


def _dossiers_in(said: str, county: County) -> list[Dossier]:
    """Those of the longest words that the question has."""
    named: dict[str, list[Dossier]] = {}
    for dossier in county.dossiers.all:
        for word in (dossier.short_name, *dossier.words, *dossier.matters, *dossier.asked):
            if (folded := fold_for_search(word)) in said:
                named.setdefault(folded, []).append(dossier)
    longest = max(map(len, named), default=0)
    found = (one for word, some in named.items() if len(word) == longest for one in some)
    return list(dict.fromkeys(found))


def _steps_in(said: str, scheme: Scheme, county: County) -> Iterator[Step]:
    """Steps that are named by themselves, or by a word of titles that tells them."""
    for name, words in county.required.title_words:
        told = (name, *words)
        if any(fold_for_search(word) in said for word in told):
            step = next(filter(None, map(scheme.step_named, told)), None)
            if step:
                yield step


def _ordered(step: Step, dossier: Dossier) -> list[str]:
    """The dossier's own forms before those of all."""
    own = dossier.code
    numbers = [*sorted(step.forms), *sorted(step.lists - step.forms)]
    return sorted(numbers, key=lambda one: not one.startswith(own))
