"""What the values and rules of a form know of the county, handed in from the edge."""

from dataclasses import dataclass, field

from minzheng.county.county import County, bureau_of
from minzheng.county.publicity import Publicity
from minzheng.county.registry.case_changes import CaseLaw, load_case_law
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.places import Places
from minzheng.county.registry.working_days import Calendar
from minzheng.county.settings.all_settings import Config
from minzheng.external.files.file_properties import PRODUCT


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """The county's tables, what ends a case, how long a notice hangs, whose papers these are."""

    county: County
    publicity: Publicity
    bureau: str = PRODUCT
    case_law: CaseLaw = field(default_factory=load_case_law)
    county_name: str = ""  #: as papers say it, where their town says no other
    #: Words that stand for a number of the registry: the same for thousands of forms.
    term_names: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Gather what each form asks for."""
        names = frozenset(term.name for term in self.county.terms.all)
        object.__setattr__(self, "term_names", names)

    @property
    def places(self) -> Places:
        """The county's towns and villages."""
        return self.county.places

    @property
    def dossiers(self) -> Dossiers:
        """The county's dossiers."""
        return self.county.dossiers

    @property
    def calendar(self) -> Calendar:
        """The county's working days."""
        return self.county.calendar


def county_facts(config: Config, county: County) -> CountyFacts:
    """The county as its tables and the settings in use tell."""
    publicity = Publicity(
        config.publicity_days, config.publicity_counting, county.calendar, county.terms
    )
    return CountyFacts(
        county,
        publicity,
        bureau_of(county, config.bureau),
        load_case_law(county.folder),
        county.name or config.county,
    )
