"""How pages are read: what is known of our forms, and whether with the larger model alone."""

from dataclasses import dataclass, field

from archive_indexer.reading.hand.name_odds import NOBODY, PeopleNear
from minzheng.county.form_layout import FormLayouts
from minzheng.county.form_print import FormPrints
from minzheng.county.registry.places import Places
from minzheng.county.sign_fields import SignFields
from minzheng.county.sign_rows import SignRows


@dataclass(frozen=True, slots=True)
class Manner:
    """What every page of a file is read by."""

    sign_fields: SignFields = field(default_factory=dict)  #: where our forms are signed
    layouts: FormLayouts = field(default_factory=dict)  #: where their answers stand
    prints: FormPrints = field(default_factory=dict)  #: what stands on every copy of them
    families: tuple[str, ...] = ()  #: commonest first: names written by hand are held against them
    people: PeopleNear = NOBODY  #: whom the records know where the file belongs
    is_as_sent: bool = False  #: a photo is not taken straight: its sender wants it as it is
    as_sent_inside: frozenset[str] = frozenset()  #: SHA-256 of such photos in a packed file
    is_careful: bool = False  #: a person asked for it: dearer, for pages that are hard to read
    places: Places | None = None  #: of the county: what is written by hand is held against them
    sign_rows: SignRows = field(default_factory=dict)  #: what is printed where they are signed


AS_USUAL = Manner()
