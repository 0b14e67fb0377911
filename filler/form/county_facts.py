"""What the values and rules of a form know of the county, handed in from the edge."""

from dataclasses import dataclass, field

from minzheng.county.config import Config
from minzheng.county.publicity import Publicity
from minzheng.county.registry.case_changes import CaseLaw, load_case_law
from minzheng.county.registry.dossiers import Dossiers, load_dossiers
from minzheng.county.registry.places import Places, load_places
from minzheng.county.registry.working_days import Calendar, load_calendar


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """Places, dossiers, working days, what ends a case, how long a notice hangs."""

    publicity: Publicity
    places: Places = field(default_factory=load_places)
    dossiers: Dossiers = field(default_factory=load_dossiers)
    calendar: Calendar = field(default_factory=load_calendar)
    case_law: CaseLaw = field(default_factory=load_case_law)


def county_facts(config: Config) -> CountyFacts:
    """The county as its tables and the settings in use tell."""
    calendar = load_calendar()
    publicity = Publicity(config.publicity_days, config.publicity_counting, calendar)
    return CountyFacts(publicity, calendar=calendar)
