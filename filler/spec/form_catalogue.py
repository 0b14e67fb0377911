"""All forms of templates/, read and checked at start; every mistake is named at once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from filler.errors import CatalogueError, UnknownFormError
from filler.form.county_facts import CountyFacts, county_facts
from filler.form.forms import FormSpec
from filler.form.heading_words import HeadingWords
from filler.spec.fitting_values import find_misfits
from filler.spec.heading_file import HEADINGS_FILE, read_heading_words
from filler.spec.laws_of_forms import find_unlike_forms
from filler.spec.monthly import Months, find_wrong_months, read_months
from filler.spec.newer_copies import Brought, with_newer_parts
from filler.spec.offered import Offers, find_wrong_offers, read_offers
from filler.spec.read_when_asked import ReadWhenAsked
from filler.spec.required_forms import find_missing_forms
from filler.spec.spec_file import SpecReader
from filler.spec.spec_references import find_reference_problems, find_unknown_forms
from filler.spec.taken_from import TakingOver, find_wrong_takes, read_table, read_taking_over
from minzheng.county.config import TEMPLATES_FOLDER, current_config
from minzheng.county.county import County, read_county
from minzheng.county.errors import Problem
from minzheng.county.registry.eligibility import INCOME
from minzheng.county.settings.all_settings import Config
from minzheng.county.toml_files import explain

GROUPS_FILE = Path("shared/groups.toml")
_NOTHING_BROUGHT = Brought()
_PERSONAL_GROUPS = ("ORG", "APPL", "BANK", "MEM", "SUPP")


@dataclass(frozen=True)
class Catalogue:
    """Every form, and the facts of the county their rules look up."""

    by_id: Mapping[str, FormSpec]
    facts: CountyFacts
    taking_over: TakingOver = field(default_factory=TakingOver)
    offers: Offers = field(default_factory=Offers)
    months: Months = field(default_factory=Months)
    brought: Brought = field(default_factory=Brought)  #: beside the county's own copies.toml
    personal: frozenset[str] = frozenset()  #: slugs that tell of a person, whatever the form

    @property
    def county(self) -> County:
        """The county's tables."""
        return self.facts.county

    @property
    def forms(self) -> tuple[FormSpec, ...]:
        """All forms in the order of their ids."""
        return tuple(self.by_id[form_id] for form_id in sorted(self.by_id))

    def form(self, form_id: str) -> FormSpec:
        """The form with this id.

        Raises:
            UnknownFormError: naming the forms there are.
        """
        spec = self.by_id.get(form_id.strip().upper())
        if spec is None:
            known = "、".join(sorted(self.by_id))
            raise UnknownFormError(f"没有“{form_id}”这张表。现有：{known}。")
        return spec


class Copies(NamedTuple):
    """What copies.toml says: taken over, only offered, and looked at in a month."""

    taking_over: TakingOver = TakingOver()
    offers: Offers = Offers()
    months: Months = Months()
    brought: Brought = Brought()


def load_catalogue(
    folder: Path = TEMPLATES_FOLDER,
    facts: CountyFacts | None = None,
    *,
    needs_templates: bool = True,
) -> Catalogue:
    """Read every spec below a folder; each must have its Word template beside it.

    Raises:
        CatalogueError: with every mistake in every spec.
    """
    facts = facts or county_facts(current_config(), read_county())
    problems: list[Problem] = []
    shared = _shared_as_before(folder, facts, problems)
    forms: dict[str, FormSpec] = {}
    for file in spec_files(folder):
        where = file.relative_to(folder).as_posix()
        spec = shared.spec_of(file, where, problems)
        if spec:
            problems += find_reference_problems(spec, where, facts.county.terms)
            problems += _place_problems(spec, file, where, forms)
            if needs_templates and not spec.docx.exists():
                what = f"没有同名的 {spec.docx.name}"
                problems.append(Problem(where, what, "放入 Word 模板", "docx"))
            forms[spec.id] = spec
    copies = Copies()
    if folder == TEMPLATES_FOLDER:
        problems += [] if problems else find_unknown_forms(forms)
        problems += [] if problems else find_unlike_forms(forms, facts.county.laws)
        problems += [] if problems else find_missing_forms(forms, facts.county.required)
        copies = read_copies(facts.county.folder, forms, problems)
    if problems:
        raise CatalogueError(problems)
    return Catalogue(forms, facts, *copies, _personal_slugs(shared.groups))


def open_catalogue(folder: Path, facts: CountyFacts) -> Catalogue:
    """The forms below a folder that is known to be right: each is read when asked for."""
    shared = _read_shared(folder, facts, [])
    files = {file.stem: file for file in spec_files(folder)}
    forms = ReadWhenAsked(files, lambda file: _read_right(shared, file))
    copies = read_copies(facts.county.folder, forms, [], is_right=True)
    return Catalogue(forms, facts, *copies, _personal_slugs(shared.groups))


def spec_files(folder: Path) -> list[Path]:
    """The spec of every form, in their order."""
    others = (folder / GROUPS_FILE, folder / HEADINGS_FILE)
    return [file for file in sorted(folder.rglob("*.toml")) if file not in others]


class _Shared(NamedTuple):
    """What every spec may refer to."""

    groups: dict[str, Any]
    headings: dict[str, Any]
    words: HeadingWords
    lists: dict[str, tuple[str, ...]]
    right: dict[str, tuple[str, FormSpec]]  #: by the place of its file: what it said, as read

    def is_like(self, other: "_Shared") -> bool:
        """Whether a spec means the same under both."""
        return self[:2] == other[:2] and self.lists == other.lists

    def spec_of(self, file: Path, where: str, problems: list[Problem]) -> FormSpec | None:
        """One spec; what says the same as before is the very one that was read then."""
        text = _text_of(file, where, problems)
        before, known = self.right.get(where, ("", None))
        if known and text == before:
            docx = file.with_suffix(".docx")
            return known if docx == known.docx else replace(known, docx=docx)
        reader = self.reader_of(file, where)
        spec = reader.read(_parsed(text, where, problems))
        problems += reader.problems
        if spec and text and not reader.problems:
            self.right[where] = (text, spec)
        return spec

    def reader_of(self, file: Path, where: str) -> SpecReader:
        """What reads one spec."""
        return SpecReader(file, where, self.groups, self.lists, words=self.words)


#: By county, as it was read last. Specs are kept as they are where they did not change: one table
#: or form is replaced, and what was compiled of all others still holds.
_last: dict[str, _Shared] = {}


def _shared_as_before(folder: Path, facts: CountyFacts, problems: list[Problem]) -> _Shared:
    """What was read last, where it says the same."""
    read, last = _read_shared(folder, facts, problems), _last.get(facts.county.name)
    if last is not None and last.is_like(read):
        return last
    _last[facts.county.name] = read
    return read


def _read_shared(folder: Path, facts: CountyFacts, problems: list[Problem]) -> _Shared:
    lists = {
        "@towns": tuple(town.name for town in facts.places.towns),
        "@villages": tuple(dict.fromkeys(place.name for place in facts.places.settlements)),
        "@dossiers": tuple(dossier.short_name for dossier in facts.dossiers.all),
    } | {
        f"@over_income·{use}": facts.county.eligibility.reason_names(use, INCOME)
        for use in facts.county.eligibility.uses
    }
    groups = _read_toml(folder / GROUPS_FILE, str(GROUPS_FILE), problems)
    headings = _read_toml(folder / HEADINGS_FILE, str(HEADINGS_FILE), problems)
    return _Shared(groups, headings, read_heading_words(headings, problems), lists, {})


def _read_right(shared: _Shared, file: Path) -> FormSpec:
    """One spec; replaced by a wrong one since all were found right, it is refused."""
    problems: list[Problem] = []
    reader = shared.reader_of(file, file.name)
    spec = reader.read(_read_toml(file, file.name, problems))
    problems += reader.problems
    if spec is None or problems:
        raise CatalogueError(problems)
    return spec


def read_copies(
    registry: Path,
    forms: Mapping[str, FormSpec],
    problems: list[Problem],
    *,
    is_right: bool = False,
) -> Copies:
    """All that copies.toml says, as a start or an upload checks it; what it lacks goes along.

    `is_right`: the county's own part was looked at before.
    """
    own = read_table(registry, problems)
    problems += [] if is_right or problems else _faults_of(own, forms)
    table, brought = with_newer_parts(own, lambda one: _faults_of(one, forms))
    return _copies_of(table, brought)


def _faults_of(table: Mapping[str, Any], forms: Mapping[str, FormSpec]) -> list[Problem]:
    taking_over, offers, months, _ = _copies_of(table)
    found = [
        *find_wrong_takes(taking_over, table, forms),
        *find_wrong_offers(offers, forms),
        *find_wrong_months(months, forms),
    ]
    return found or list(find_misfits(forms, taking_over.takes, taking_over.gathers))


def _copies_of(table: Mapping[str, Any], brought: Brought = _NOTHING_BROUGHT) -> Copies:
    return Copies(read_taking_over(table), read_offers(table), read_months(table), brought)


def _personal_slugs(groups: dict[str, Any]) -> frozenset[str]:
    """What the next form of the same person may take over."""
    names = (name for name in _PERSONAL_GROUPS if name in groups)
    return frozenset(str(member.get("slug")) for name in names for member in groups[name])


def catalogue_of(config: Config, county: County, folder: Path | None = None) -> Catalogue:
    """The forms under the rules of a config and of a county.

    Raises:
        CatalogueError: with every mistake in every spec.
    """
    return load_catalogue(folder or TEMPLATES_FOLDER, county_facts(config, county))


def _place_problems(
    spec: FormSpec, file: Path, where: str, forms: dict[str, FormSpec]
) -> list[Problem]:
    problems = []
    if spec.id != file.stem:
        problems.append(Problem(where, f"id“{spec.id}”与文件名不符", "改成一致", "id"))
    if spec.id in forms:
        problems.append(Problem(where, f"id“{spec.id}”已被另一张表使用", "改用别的编号", "id"))
    return problems


def _read_toml(file: Path, where: str, problems: list[Problem]) -> dict[str, Any]:
    return _parsed(_text_of(file, where, problems), where, problems)


def _text_of(file: Path, where: str, problems: list[Problem]) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        problems.append(Problem(where, "不是 UTF-8 编码", "用记事本另存为 UTF-8"))
    return ""


def _parsed(text: str, where: str, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(where, explain(error), "改正该行"))
    return {}
