"""What the law of the day says: on what a work rests, what is asked, who decides, how long."""

from filler.form.form_data import Value
from filler.values.language import LawId, Slug, Text, Word, derivation
from filler.values.scope import Scope
from minzheng.county.publicity import REVIEW, VILLAGE


@derivation
def law_basis(scope: Scope, work: Text = "") -> Value:
    """The regulations the work of a dossier, else of the form's own, rests on that day."""
    code = work or scope.spec.dossier
    laws = scope.county.laws.of_work(code, scope.day)
    told = [f"{law}{law.articles[code]}" for law in laws]
    if len(told) == 1:
        return told[0]
    return "\n".join(f"{number}．{text}" for number, text in enumerate(told, 1)) or None


@derivation
def in_force(scope: Scope, law: LawId, slug: Slug) -> Value:
    """是 when a regulation is in force on a day of the form, else 否."""
    day, found = scope.date(slug), scope.county.laws.named(law)
    return "是" if day and found and found.holds_on(day) else "否"


@derivation
def decider(scope: Scope, scheme: Word, *slugs: Slug) -> Value:
    """Who decides of a scheme: 县民政局, or 镇人民政府 where the province says so.

    On the first of the days that is known: of a paper that is not decided yet, on its own day.
    """
    day = next((day for day in map(scope.date, slugs) if day), None)
    if day is None:
        return None
    by_town = scope.county.laws.is_decided_by_town(scope.literal_or_text(scheme), day)
    return "镇人民政府" if by_town else "县民政局"


@derivation
def publicity_note(scope: Scope) -> Value:
    """How long each kind of notice must hang on the reference date."""
    kinds = ((REVIEW, "审核公示"), (VILLAGE, "公布的事项张贴不少于"))
    told = ((words, scope.facts.publicity.told(scope.day, kind)) for kind, words in kinds)
    return "；".join(f"{words}{days.replace(' ', '')}" for words, days in told if days) or None


@derivation
def publicity_days(scope: Scope, kind: Text, slug: Slug = "") -> Value:
    """How long a kind of notice must hang, on a day: 不少于 15 天."""
    return scope.facts.publicity.told(scope.date(slug) if slug else scope.day, kind) or None
