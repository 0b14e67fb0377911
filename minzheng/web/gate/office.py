"""What every page knows: whose system it is, and who is signed in."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.http import HttpRequest

from archive_indexer.documents import Visible
from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.index.index_place import index_place
from minzheng.accounts.areas import Area, area_of, narrowed_to_chosen
from minzheng.accounts.audit_log import AuditLog
from minzheng.accounts.models import Person
from minzheng.accounts.rights import Right, may
from minzheng.county.config import REGISTRY_FOLDER, TEMPLATES_FOLDER, current_config
from minzheng.county.county import County, bureau_of, read_county
from minzheng.county.masking import mask_numbers_in, may_hold_number
from minzheng.county.settings.all_settings import Config
from minzheng.county.shipped import shipped
from minzheng.county.town_names import EVERY_COUNTY, county_of, is_county, lies_in, shown
from minzheng.external.checked_county import checked_county
from minzheng.external.files.changed_files import MadeOfFiles
from minzheng.web.gate.whose_county import MadeForCounty, county_in_view

if TYPE_CHECKING:
    from filler.spec.form_catalogue import Catalogue
    from minzheng.inbox.suggest import Knowledge
    from minzheng.policies.chapters import Policies
    from minzheng.registers.read_registers import ReadRegisters

Made = TypeVar("Made")
CHOSEN = "chosen_county"  #: of a session

#: Loaded when first asked for: a search on the command line masks names, and reads no form.
_FORMS, _KNOWLEDGE = "filler.spec.form_catalogue", "minzheng.inbox.suggest"
_REGISTER_FILE = "minzheng.registers.register_file"
_READ_REGISTERS = "minzheng.registers.read_registers"
_POLICIES = "minzheng.policies.chapters"


@cache
def config() -> Config:
    """The settings this service was started with."""
    return current_config()


@cache
def archive_index() -> ArchiveIndex:
    """The index of the archive, one for all requests: it remembers what it has read.

    Raises:
        IndexBrokenError: when it must be made anew.
    """
    return index_place(config()).opened()


def _read_county() -> County:
    if apps.is_installed("minzheng.web"):
        return read_county(program=shipped("registry"))
    return checked_county(config(), shipped("registry"))  # a command, which ends soon


_county = MadeOfFiles(_read_county, REGISTRY_FOLDER)


def _scope() -> str:
    """The county that is looked at; nothing of it is asked where there is but one."""
    return county_in_view() if _county.now().places.counties else ""


def _read_forms() -> "Catalogue":
    made: Catalogue = import_module(_FORMS).catalogue_of(config(), county())
    return made


def _gather_knowledge() -> "Knowledge":
    made: Knowledge = import_module(_KNOWLEDGE).gather_knowledge(county())
    return made


def _open_registers() -> "ReadRegisters":
    catalogue = forms()
    table = import_module(_REGISTER_FILE).load_registers(
        county().folder, catalogue.by_id, county().terms, shipped("registry")
    )
    opened: ReadRegisters = import_module(_READ_REGISTERS).ReadRegisters(
        table, catalogue.by_id, catalogue.facts
    )
    return opened


def _gather_policies() -> "Policies":
    made: Policies = import_module(_POLICIES).Policies(county(), forms().by_id)
    return made


def made_for_county(make: Callable[[], Made]) -> MadeForCounty[Made]:
    """What is made of the tables and forms, for the county that is looked at."""
    return MadeForCounty(make, REGISTRY_FOLDER, TEMPLATES_FOLDER, scope=_scope)


_knowledge = made_for_county(_gather_knowledge)
_forms = made_for_county(_read_forms)
_registers = made_for_county(_open_registers)
_policies = made_for_county(_gather_policies)


def county() -> County:
    """The county of whoever is looking, as its tables say now; of several all, when none is meant.

    Raises:
        RegistryError: with every mistake in every table, when none was right yet.
    """
    return _county.now().of(_scope())


def forms() -> "Catalogue":
    """All forms as they are now.

    Raises:
        CatalogueError: with every mistake in every spec, when none was right yet.
    """
    return _forms.now()


def knowledge() -> "Knowledge":
    """What suggestions are made from: the county and its forms as they are now."""
    return _knowledge.now()


def registers() -> "ReadRegisters":
    """The registers as their table says now, over what is issued and filed.

    Raises:
        RegistryError: with every mistake in every register, when none was right yet.
    """
    return _registers.now()


def policies() -> "Policies":
    """The policies of the county as its tables and forms tell of them now."""
    return _policies.now()


@cache
def audit_log() -> AuditLog:
    """The log of what people did."""
    return AuditLog(config().data_folder, lambda: _county.now().places.codes)


def mask_numbers(text: str, *, is_excerpt: bool = False) -> str:
    """A text with every personal number masked; codes of villages are nobody's."""
    if not may_hold_number(text, is_excerpt=is_excerpt):
        return text
    return mask_numbers_in(text, _county.now().places.codes, is_excerpt=is_excerpt)


def signed_in(request: HttpRequest) -> Person:
    """Who is signed in; the middleware let nobody else through."""
    if not isinstance(request.user, Person):
        raise TypeError("nobody is signed in")
    return request.user


def signs_in_outside(person: Person) -> bool:
    """Whether the office's own sign-in says who this is, and no password of ours."""
    return bool(person.outside_name) and config().has_outside_sign_in


def area(request: HttpRequest) -> Area:
    """The area of the person who is signed in, within the county that was chosen."""
    return narrowed_to_chosen(area_of(signed_in(request), _county.now()), chosen_county(request))


def visible(request: HttpRequest) -> Visible:
    """What of the archive the person who is signed in may find."""
    place = area(request)
    return Visible(place.town, place.village, place.forbidden, place.is_nothing)


def office(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    person = getattr(request, "user", None)
    rights = {right.name: may(person, right) for right in Right if isinstance(person, Person)}
    return {"office": config(), "person": person, "may": rights, **_county_on_page(request)}


def counties_above(person: Person) -> tuple[str, ...]:
    """The counties that somebody who stands above them may choose from."""
    every = _county.now().places.counties
    if not every or not is_county(person.town):
        return ()
    below = tuple(one for one in every if lies_in(one, person.town) and one != person.town)
    return below


def chosen_county(request: HttpRequest) -> str:
    """The county somebody above chose to look at; nothing when it is all of them."""
    chosen = str(request.session.get(CHOSEN, "")) if hasattr(request, "session") else ""
    return chosen if chosen and chosen in counties_above(signed_in(request)) else ""


def county_of_request(request: HttpRequest) -> str:
    """The county a request looks at: the account's own, or the one that was chosen."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return ""
    own = person.town if is_county(person.town) else county_of(person.town)
    return chosen_county(request) or ("" if own == EVERY_COUNTY else own)


def _county_on_page(request: HttpRequest) -> dict[str, Any]:
    """What a page says of counties; in an office of one county nothing."""
    person = getattr(request, "user", None)
    if not _county.now().places.counties or not isinstance(person, Person):
        return {}
    return {
        "county_name": county_name(),
        "bureau_name": bureau(),
        "county_chosen": chosen_county(request),
        "counties": [(one, shown(one)) for one in counties_above(person)],
    }


def county_name() -> str:
    """What the county of whoever is looking is called."""
    return county().name or config().county


def bureau() -> str:
    """Whose papers are made: the bureau of the county of whoever is looking."""
    return bureau_of(county(), config().bureau)
