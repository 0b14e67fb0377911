"""What people call the columns and rows of a roster, besides the labels of a form."""

from dataclasses import dataclass

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class HeadingWords:
    """The words of `templates/shared/headings.toml`, for every form."""

    same: tuple[Words, ...] = ()  #: headings that mean the same
    endings: tuple[Words, ...] = ()  #: ends of headings that mean the same
    beginnings: tuple[Words, ...] = ()  #: of headings, that mean the same person
    people: Words = ()  #: may stand before a heading about the one the form is about
    members: Words = ()  #: the same of a row of a table: 成员姓名
    totals: Words = ()  #: with one of them begins a row that adds up
    notes: Words = ()  #: with one of them begins a row that explains or is signed
    groups: Words = ()  #: with one of them may end the heading over several columns
    examples: Words = ()  #: with one of them begins a row that shows how to fill in
    same_as_above: Words = ()  #: what is written in place of what stands above
    relations: Words = ()  #: columns that say who somebody is in a household
    heads: Words = ()  #: what stands there at the one a household is listed by
    left: Words = ()  #: headings of parts of a list whose people receive nothing more
    newer: Words = ()  #: before a heading: what is true now
    former: Words = ()  #: in brackets behind a heading: what was true before


NO_WORDS = HeadingWords()
