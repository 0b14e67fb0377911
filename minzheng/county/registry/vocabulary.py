"""What a question may name: places, dossiers, words that mean the same or look alike."""

from dataclasses import dataclass

from minzheng.county.registry.dossiers import Dossiers, load_dossiers
from minzheng.county.registry.places import Places, load_places
from minzheng.county.registry.synonyms import Groups, load_lookalikes, load_synonyms


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the county, by which a question is understood."""

    places: Places
    dossiers: Dossiers
    synonyms: Groups
    lookalikes: Groups  #: characters that a reader takes for one another


def load_vocabulary() -> Vocabulary:
    """The words as the tables of the registry say them now.

    Raises:
        RegistryError: a table is wrong.
    """
    return Vocabulary(load_places(), load_dossiers(), load_synonyms(), load_lookalikes())
