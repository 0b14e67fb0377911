"""Which part of the county a person sees."""

from dataclasses import dataclass

from accounts.models import Person, Role


@dataclass(frozen=True, slots=True)
class Area:
    """The whole county, a town, a village, or nothing."""

    town: str = ""
    village: str = ""
    is_nothing: bool = False

    def covers(self, town: str, village: str) -> bool:
        """Whether a paper of this town and village lies in the area."""
        if self.is_nothing:
            return False
        return self.town in ("", town) and self.village in ("", village)


def area_of(person: Person) -> Area:
    """A person's area; town and village accounts without one see nothing."""
    if person.role == Role.TOWN_CLERK:
        return Area(person.town, is_nothing=not person.town)
    if person.role == Role.VILLAGE_KEEPER:
        known = bool(person.town and person.village)
        return Area(person.town, person.village, is_nothing=not known)
    return Area()
