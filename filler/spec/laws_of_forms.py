"""Which forms rest on which law: told by their specs, and by the rows of `laws.toml`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from filler.form.form_data import Answers
from filler.form.forms import Call, FormSpec
from filler.spec.spec_references import calls_of
from minzheng.county.errors import Problem
from minzheng.county.registry.checks import Check
from minzheng.county.registry.laws import Law, Laws, unlike

#: Words whose first argument is a scheme whose laws they print.
_OF_SCHEME = "policy_note"
_OF_WORK = "law_basis"
_OF_DECIDER = "decider"
#: Words whose first argument is a law.
_OF_LAW = frozenset({"in_force", "demanded_until", "not_demanded", "supporters_sign"})


def laws_of(spec: FormSpec, laws: Laws) -> frozenset[str]:
    """The ids of all laws, of whatever day, that a form prints or asks about."""
    return frozenset(
        law_id for call in calls_of(spec) for law_id in _laws_of_call(call, spec, laws)
    )


def find_unlike_forms(forms: Mapping[str, FormSpec], laws: Laws) -> Iterator[Problem]:
    """Rows whose forms are not just those that rest on them; laws that are not there."""
    known = {law.id for law in laws.all}
    resting: dict[str, set[str]] = {}
    for spec in forms.values():
        for law_id in laws_of(spec, laws):
            resting.setdefault(law_id, set()).add(spec.id)
    for law_id in sorted(resting.keys() - known):
        what = f"依据“{law_id}”，registry/laws.toml 中没有"
        yield Problem("、".join(sorted(resting[law_id])), what, "改正 id，或补上这部法规", "law")
    for law in laws.all:
        yield from unlike(law, "forms", law.forms, frozenset(resting.get(law.id, ())))


def touched(old: Laws, new: Laws, doubts: Iterable[Check] = ()) -> tuple[str, ...]:
    """What is to be looked at when rows of the table change: each law with what rests on it."""
    resting: dict[str, list[str]] = {}
    for check in doubts:
        for law_id in check.laws:
            resting.setdefault(law_id, []).append(f"{check.no} {check.name}")
    before, after = ({law.id: law for law in laws.all} for laws in (old, new))
    changed = [law_id for law_id in {**before, **after} if before.get(law_id) != after.get(law_id)]
    told = (
        _told(before.get(one) or after[one], after.get(one), resting.get(one, ()))
        for one in changed
    )
    return tuple(filter(None, told))


def _told(law: Law, now: Law | None, doubts: Sequence[str]) -> str:
    forms = sorted(law.forms | (now.forms if now else frozenset()))
    checks = sorted(law.checks | (now.checks if now else frozenset()))
    rests = "；".join(
        f"{what}{'、'.join(names)}"
        for what, names in (
            (f"文书 {len(forms)} 种：", forms),
            (f"检查 {len(checks)} 项：", checks),
            (f"疑点核对 {len(doubts)} 项：", doubts),
        )
        if names
    )
    return f"换{law}，涉及{rests or '不到文书和检查'}"


def _laws_of_call(call: Call, spec: FormSpec, laws: Laws) -> Iterable[str]:
    if call.name in _OF_LAW and call.args:
        return [call.args[0]]
    if call.name == _OF_WORK:
        work = call.args[0] if call.args else spec.dossier
        return [law.id for law in laws.all if work in law.articles]
    if call.name == _OF_SCHEME and call.args:
        schemes = _schemes(call.args[0], spec)
        return [law.id for law in laws.all if not schemes.isdisjoint(law.schemes)]
    return ()


def schemes_decided(spec: FormSpec, answers: Answers) -> frozenset[str]:
    """Of which schemes a form with these answers holds the decision; what may be, where blank."""
    args = [call.args[0] for call in calls_of(spec) if call.name == _OF_DECIDER and call.args]
    given = [(arg, str(answers.get(arg) or "").strip()) for arg in args]
    return frozenset().union(*({text} if text else _schemes(arg, spec) for arg, text in given))


def _schemes(arg: str, spec: FormSpec) -> frozenset[str]:
    """The word itself, or all that its field may say."""
    field = next((one for one in spec.fields if one.slug == arg), None)
    return frozenset(field.choices) if field else frozenset({arg})
