"""What the values and rules of a form know of the county, handed in from the edge."""

from dataclasses import dataclass, field

from minzheng.county.config import Config
from minzheng.county.registry.dossiers import Dossiers, load_dossiers
from minzheng.county.registry.places import Places, load_places
from minzheng.county.registry.working_days import Calendar, load_calendar


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """Places, dossiers, working days and how long something is made public."""

    publicity_days: int
    publicity_counting: str  #: `natural` or `working`
    places: Places = field(default_factory=load_places)
    dossiers: Dossiers = field(default_factory=load_dossiers)
    calendar: Calendar = field(default_factory=load_calendar)


def county_facts(config: Config) -> CountyFacts:
    """The county as its tables and the settings in use tell."""
    return CountyFacts(config.publicity_days, config.publicity_counting)
