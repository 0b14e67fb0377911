"""The papers that `completeness.toml` asks for: forms that are there, and can be of such a case.

A paper that no form makes would be missing for ever, and every page would say so.
"""

from collections.abc import Iterator, Mapping

from filler.form.forms import FormSpec
from minzheng.county.county import County
from minzheng.county.errors import Problem
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.required_papers import FILE, RequiredPapers, Scheme, Step

_SCHEME = "scheme"


def find_missing_forms(
    forms: Mapping[str, FormSpec], required: RequiredPapers
) -> Iterator[Problem]:
    """Forms named in the table that are not there."""
    for where, form_id in _named(required):
        if form_id not in forms:
            yield Problem(FILE, f"{where}：没有“{form_id}”这张表", "改正编号，或删去", form_id)


def find_papers_of_others(forms: Mapping[str, FormSpec], county: County) -> Iterator[Problem]:
    """Forms of steps that can be no paper of such a case: none of their 救助项目 is its own."""
    for scheme in county.required.schemes.values():
        for step in scheme.steps:
            for form_id in sorted(step.all_forms & forms.keys()):
                if not _can_be_of(forms[form_id], step, scheme, county.dossiers):
                    where = f"{scheme.dossier}·{step.name}"
                    what = f"{where}：{form_id} 不是这个专档的表，也填不了这个项目"
                    yield Problem(FILE, what, "删去，或改成本专档的表", form_id)


def tell_papers_of_others(forms: Mapping[str, FormSpec], county: County) -> list[str]:
    """The same for whoever starts the program; a table of before goes on with it."""
    found = list(find_papers_of_others(forms, county))
    if not found:
        return []
    named = "；".join(one.what for one in found)
    return [f"{FILE} 有 {len(found)} 张表永远证明不了写着它的那一步，请删去：{named}"]


def _named(required: RequiredPapers) -> Iterator[tuple[str, str]]:
    for code, scheme in required.schemes.items():
        for step in scheme.steps:
            yield from ((f"{code}·{step.name}", one) for one in sorted(step.all_forms))
        yield from ((f"{code}·forbidden", one) for one in sorted(scheme.forbidden))
    for duty in required.yearly:
        yield from ((f"{duty.dossier}·{duty.name}", one) for one in sorted(duty.forms))


def _can_be_of(spec: FormSpec, step: Step, scheme: Scheme, dossiers: Dossiers) -> bool:
    """As a case number is given to the form, and as its lists are counted for cases."""
    words = next((one.choices for one in spec.fields if one.slug == _SCHEME), ())
    named = {found.code for word in words if (found := dossiers.by_word(word))}
    if spec.id in step.lists:
        told = {found.code for word in words for found, _ in dossiers.find_in(word)}
        return scheme.dossier in named | told | {spec.id.partition("-")[0]}
    return scheme.dossier in ({spec.case_code} if spec.case_code else named | {spec.dossier})
