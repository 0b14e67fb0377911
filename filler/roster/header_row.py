"""A header row: which column holds which field, and how sure that is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from filler.roster.columns import Headings, is_own_heading, is_person_heading
from filler.roster.composed import day_apart, fields_together, is_part_of_day, surname_apart


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The columns of a header, from 1, and what must be told of them."""

    columns: Mapping[str, int]  #: slug → column
    guessed: Mapping[int, str]  #: column → slug, where a heading only resembles one
    again: Mapping[int, str]  #: column → slug that an earlier column holds
    unclear: Mapping[int, str]  #: column → slug that several columns may mean
    together: Mapping[int, tuple[str, ...]]  #: column → the slugs of all that stands in it
    parts: Mapping[str, tuple[int, ...]]  #: slug → all columns in which it stands


def match_header(
    texts: Sequence[str],
    above: Sequence[str],
    known: Headings,
    *,
    is_joined: bool = False,
    hidden: frozenset[int] = frozenset(),
) -> HeaderRow:
    """What the headings of a row mean; above them may stand a group's name.

    Args:
        texts: the headings.
        above: the texts of the row above.
        known: the headings of the table it may belong to.
        is_joined: of a second sheet, where a heading may say to whom a row belongs.
        hidden: columns, from 0, that nobody sees: they hold what no other column does.
    """
    found = _Found({}, {}, {}, {})
    together = {} if is_joined else dict(_together(texts, known))
    for column, slugs in together.items():
        if not any(slug in found.columns for slug in slugs):
            found.columns.update(dict.fromkeys(slugs, column))
    seen = [column for column in range(1, len(texts) + 1) if column - 1 not in hidden]
    rest = [column for column in range(1, len(texts) + 1) if column - 1 in hidden]
    for group in filter(None, (seen, rest)):
        for is_guess, find in _ways(known, above, is_joined=is_joined):
            claims: dict[str, list[int]] = {}
            for column in group:
                heading = texts[column - 1]
                slug = "" if found.has(column) or not heading else find(column, heading)
                if slug:
                    claims.setdefault(slug, []).append(column)
            for slug, columns in claims.items():
                found.take(slug, columns, is_guess=is_guess)
    _leave_between_rivals(found, texts, known)
    parts = dict(_parts(found, texts, known))
    used = {column for columns in parts.values() for column in columns}
    again = {column: slug for column, slug in found.again.items() if column not in used}
    own = {at: slugs for at, slugs in together.items() if found.columns.get(slugs[0]) == at}
    return HeaderRow(found.columns, found.guessed, again, found.unclear, own, parts)


def _together(texts: Sequence[str], known: Headings) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Columns in which several fields stand, where no other column is one of them."""
    alone = {known.find(one) or known.find_word(one) for one in texts if one}
    for column, heading in enumerate(texts, start=1):
        slugs = fields_together(heading, known) if heading else ()
        others = alone - {known.find_word(heading)}
        if slugs and not others.intersection(slugs):
            yield column, slugs


def _parts(
    found: "_Found", texts: Sequence[str], known: Headings
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A name whose 姓 and 名 stand apart, days whose 年, 月 and 日 do."""
    apart = surname_apart(texts)
    name = known.find_whole("姓名")
    if apart and name and name not in found.columns:
        found.columns[name] = apart[0]
        yield name, apart
    for slug, column in found.columns.items():
        field = known.fields.get(slug)
        if field is not None and field.type == "date" and day_apart(texts, column):
            yield slug, (column, column + 1, column + 2)


def _leave_between_rivals(found: "_Found", texts: Sequence[str], known: Headings) -> None:
    """Of two columns that may be meant neither is read.

    The head's name was guessed, and one that nobody knows may be whom the form is about; or the
    account and a new one are given.
    """
    for slug, column in list(found.columns.items()):
        newer = [
            other
            for other, heading in enumerate(texts, start=1)
            if not found.has(other) and known.is_newer(texts[column - 1], heading)
        ]
        if newer:
            del found.columns[slug]
            found.guessed.pop(column, None)
            found.unclear.update(dict.fromkeys((column, *newer), slug))
    for column, slug in list(found.guessed.items()):
        rivals = [
            other
            for other, heading in enumerate(texts, start=1)
            if not found.has(other) and known.is_rival(texts[column - 1], heading)
        ]
        if rivals:
            del found.columns[slug], found.guessed[column]
            found.unclear.update(dict.fromkeys((column, *rivals), slug))


Way = Callable[[int, str], str]


def _ways(known: Headings, above: Sequence[str], *, is_joined: bool) -> Iterator[tuple[bool, Way]]:
    """From what is certain to what is guessed."""

    def in_group(column: int, heading: str) -> str:
        group = above[column - 1] if column <= len(above) else ""
        if group and is_part_of_day(heading):
            return known.find(group) or known.find_word(group)
        return known.find_in_group(group, heading) if group and group != heading else ""

    def unless_kept(find: Callable[[str], str]) -> Way:
        """Headings that hold no answer, or join two sheets, mean nothing else."""

        def way(_: int, heading: str) -> str:
            joins = is_joined and is_person_heading(heading)
            is_kept = joins or is_own_heading(heading) or known.keeps(heading)
            return "" if is_kept else find(heading)

        return way

    yield False, in_group
    yield False, lambda _, heading: known.find_whole(heading)
    yield False, unless_kept(known.find)
    yield False, unless_kept(known.find_whole_word)
    yield False, unless_kept(known.find_word)
    yield True, unless_kept(known.find_of_person)
    yield True, unless_kept(known.find_near)
    yield True, unless_kept(known.find_by_ending)


@dataclass(slots=True)
class _Found:
    columns: dict[str, int]
    guessed: dict[int, str]
    again: dict[int, str]
    unclear: dict[int, str]

    def has(self, column: int) -> bool:
        told = column in self.again or column in self.unclear
        return told or column in self.columns.values()

    def take(self, slug: str, columns: list[int], *, is_guess: bool) -> None:
        """The first column holds the field, unless it is a guess between several."""
        if slug in self.columns:
            if not is_guess:
                self.again.update(dict.fromkeys(columns, slug))
        elif is_guess and len(columns) > 1:
            self.unclear.update(dict.fromkeys(columns, slug))
        else:
            self.columns[slug] = columns[0]
            self.again.update(dict.fromkeys(columns[1:], slug))
            if is_guess:
                self.guessed[columns[0]] = slug
