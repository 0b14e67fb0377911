"""Who may write whose opinion: registry/desks.toml says it by role.

Where registry/laws.toml says that the towns decide of a scheme, they write the county's part.
"""

import datetime as dt

from filler.form.form_data import Answers
from filler.form.forms import FormSpec
from filler.form.opinions import DECIDER, LEVELS, hands_of, levels_of
from filler.form.printings import deciding_level, written_by
from filler.spec.laws_of_forms import schemes_decided
from filler.values.read_answers import under_slugs
from minzheng.county.county import County
from minzheng.county.errors import Problem

_TOWN, _COUNTY = "t", "c"


def levels_for(
    spec: FormSpec, answers: Answers, role: str, county: County, day: dt.date
) -> frozenset[str]:
    """The levels a role may write for on a form that is issued on a day."""
    own = county.desks.levels_of(role)
    schemes = schemes_decided(spec, answers)
    by_town = [one for one in schemes if county.laws.is_decided_by_town(one, day)]
    return own | {_COUNTY} if _TOWN in own and by_town else own


def strange_hand(
    spec: FormSpec, answers: Answers, role: str, county: County, day: dt.date
) -> Problem | None:
    """Why a role may not issue a form with these answers: they hold another one's opinion."""
    if not levels_of(spec):
        return None
    given, desks = under_slugs(spec, answers), county.desks
    own = levels_for(spec, given, role, county, day)
    for level in (*LEVELS, DECIDER):
        writes = deciding_level(spec, given) if level == DECIDER else level
        written = written_by(spec, given, level)
        if written and writes not in own:
            name = desks.name_of(writes)
            what = f"由{name}填写，您的账号是{role}"
            do = f"这一级的各项留空，出具送审稿；{name}填写后成为定稿"
            return Problem(written[0].label, what, do, written[0].slug)
    return None


def left_to_others(spec: FormSpec, own: frozenset[str]) -> frozenset[str]:
    """The fields of a form that somebody with these levels does not write."""
    deciders = {deciding_level(spec, {}), *levels_of(spec)[-1:]}
    may_decide = bool(own & deciders)
    return frozenset(
        slug
        for slug, level in hands_of(spec).items()
        if not (may_decide if level == DECIDER else level in own)
    )
