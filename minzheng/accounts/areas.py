"""Which papers a person sees: of which places, of which dossiers."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from minzheng.accounts.models import Person, Role
from minzheng.county.registry.dossiers import Dossiers


@dataclass(frozen=True, slots=True)
class Area:
    """The whole county, a town, a village, or nothing; without the forbidden dossiers."""

    town: str = ""
    village: str = ""
    is_nothing: bool = False
    forbidden: frozenset[str] = field(default_factory=frozenset)  #: codes of dossiers

    def covers(self, town: str, village: str, dossier: str = "") -> bool:
        """Whether a paper of this town, village and dossier may be seen."""
        if self.is_nothing or dossier in self.forbidden:
            return False
        return self.town in ("", town) and self.village in ("", village)

    def as_filter(self) -> Q:
        """The same for tables with the columns `town`, `village` and `dossier`."""
        if self.is_nothing:
            return Q(pk__in=[])
        place = Q()
        if self.town:
            place &= Q(town=self.town)
        if self.village:
            place &= Q(village=self.village)
        return place & ~Q(dossier__in=self.forbidden) if self.forbidden else place

    @property
    def label(self) -> str:
        """The area in words, as pages show it."""
        return "未指定范围" if self.is_nothing else f"{self.town}{self.village}" or "全县"


def area_of(person: Person, dossiers: Dossiers) -> Area:
    """A person's area; town and village accounts without one see nothing."""
    forbidden = forbidden_to(person, dossiers)
    return Area(person.town, person.village, lacks_area(person), forbidden)


def lacks_area(person: Person) -> bool:
    """Whether nobody said yet of which town or village this account is."""
    return (person.role == Role.TOWN_CLERK and not person.town) or (
        person.role == Role.VILLAGE_KEEPER and not (person.town and person.village)
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
