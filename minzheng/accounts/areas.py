"""Which papers a person sees: of which places, of which dossiers."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Q

from minzheng.accounts.models import Grant, Person, Role
from minzheng.county.county import County
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.places import Places
from minzheng.county.town_names import EVERY_COUNTY, county_of, is_county, lies_in, shown
from minzheng.database.place_rows import of_place

#: They keep accounts and log: of the whole system, unless a county is said.
ABOVE_ROLES = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Area:
    """Everything, a county, a town, a village, or nothing; without the forbidden dossiers."""

    town: str = ""  #: of several counties one is `平利县·`, and all are `·`
    village: str = ""
    is_nothing: bool = False
    forbidden: frozenset[str] = field(default_factory=frozenset)  #: codes of dossiers

    def covers(self, town: str, village: str, dossier: str = "") -> bool:
        """Whether a paper of this town, village and dossier may be seen."""
        if self.is_nothing or dossier in self.forbidden:
            return False
        return lies_in(town, self.town) and self.village in ("", village)

    def as_filter(self) -> Q:
        """The same for tables with the columns `town`, `village` and `dossier`."""
        if self.is_nothing:
            return Q(pk__lt=0)  # no row; a question made once must be SQL all the same
        place = of_place(self.town, self.village)
        return place & ~Q(dossier__in=self.forbidden) if self.forbidden else place

    @property
    def is_everything(self) -> bool:
        """Whether no place is kept from it."""
        return not self.is_nothing and self.town in ("", EVERY_COUNTY) and not self.village

    @property
    def is_within_town(self) -> bool:
        """Whether it reaches no further than a town."""
        return bool(self.town) and not is_county(self.town)

    @property
    def own_town(self) -> str:
        """The only town it holds, for what is asked of one town; nothing for a county."""
        return self.town if self.is_within_town else ""

    def narrowed(self, town: str, village: str) -> tuple[str, str]:
        """What is asked for within it: its own town and village, where it has no more."""
        return self.own_town or town or self.town, self.village or village

    @property
    def county(self) -> str:
        """The county it lies in (`平利县·`); nothing where there is but one, or above them."""
        return county_of(self.town)

    @property
    def label(self) -> str:
        """The area in words, as pages show it."""
        if self.is_nothing:
            return "未指定范围"
        if self.town == EVERY_COUNTY:
            return "全部县（区）"
        return f"{shown(self.town)}{self.village}" or "全县"


def area_of(person: Person, county: County) -> Area:
    """A person's area; town and village accounts without one see nothing."""
    forbidden = forbidden_to(person, county.dossiers)
    return Area(person.town, person.village, lacks_area(person, county.places), forbidden)


def narrowed_to_chosen(area: Area, county: str) -> Area:
    """An area that reaches over several counties, within the one that was chosen of them."""
    return replace(area, town=county) if county and lies_in(county, area.town) else area


def put_accounts_under(county: str) -> None:
    """Where one county becomes one of several: whoever was of all of it is of `平利县·`.

    Whoever keeps accounts and log of the whole system still does: of all counties.
    """
    whole = Person.objects.filter(town="")
    whole.filter(role__in=ABOVE_ROLES).update(town=EVERY_COUNTY)
    whole.update(town=county)
    for one in Grant.objects.exclude(wanted={}):
        if one.wanted.get("town") == "":
            is_above = one.wanted.get("role") in ABOVE_ROLES
            one.wanted = one.wanted | {"town": EVERY_COUNTY if is_above else county}
            one.save(update_fields=["wanted"])


def lacks_area(person: Person, places: Places) -> bool:
    """Whether nobody said yet of which county, town or village this account is."""
    if places.counties and not person.town:
        return True  # with several counties even all of them are named
    has_town = bool(person.town) and not is_county(person.town)
    return (person.role == Role.TOWN_CLERK and not has_town) or (
        person.role == Role.VILLAGE_KEEPER and not (has_town and person.village)
    )


def forbidden_to(person: Person, dossiers: Dossiers) -> frozenset[str]:
    """Dossiers a person does not see: those set apart and not given, and those taken away."""
    apart = dossiers.apart_codes - frozenset(person.given_dossiers)
    return apart | frozenset(person.withheld_dossiers)


def set_dossiers(person: Person, codes: Iterable[str], dossiers: Dossiers) -> None:
    """Let a person see just these dossiers."""
    wanted = frozenset(codes)
    person.given_dossiers = sorted(wanted & dossiers.apart_codes)
    ordinary = {one.code for one in dossiers.all} - dossiers.apart_codes
    person.withheld_dossiers = sorted(ordinary - wanted)
