"""The numbers of footnotes and endnotes, which Word makes of itself."""

from lxml import etree

from archive_indexer.extract.office.list_numbers import value_of
from archive_indexer.extract.office.number_words import write_number
from archive_indexer.extract.office.parts import attribute_of, kept_nodes, local_name

_STRUCK_OUT = frozenset({"del", "moveFrom", "Fallback"})
_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}  #: where nothing else is said
_OFF = ("", "0", "false", "off")


def number_notes(
    notes: etree._Element, body: etree._Element, settings: etree._Element | None
) -> None:
    """Write its number into each note, where Word shows it.

    Notes that are counted anew on every page or in every section get none: where pages end is
    not known here.
    """
    kind = local_name(notes).removesuffix("s")
    if kind not in _FORMS:
        return
    marks = _marks(kind, body, settings)
    for place in list(notes.iter(f"{{*}}{kind}Ref")):
        note = next(place.iterancestors(f"{{*}}{kind}"), None)
        mark = marks.get(attribute_of(note, "id"), "") if note is not None else ""
        if mark:
            place.tag = f"{place.tag.partition('}')[0]}}}t"
            place.text = f"{mark} "


def _marks(kind: str, body: etree._Element, settings: etree._Element | None) -> dict[str, str]:
    """The number of each note by its id."""
    said = [
        one
        for root in (body, settings)
        for one in (root.iter(f"{{*}}{kind}Pr") if root is not None else ())
    ]
    if any(value_of(one.find("{*}numRestart")) not in ("", "continuous") for one in said):
        return {}
    forms = [value_of(one.find("{*}numFmt")) for one in said]
    starts = [value_of(one.find("{*}numStart")) for one in said]
    form = next(filter(None, forms), _FORMS[kind])
    first = int(next(filter(str.isdecimal, starts), "1"))
    own = (
        attribute_of(node, "id")
        for node in kept_nodes(body, _STRUCK_OUT)
        if local_name(node) == f"{kind}Reference"
        and attribute_of(node, "customMarkFollows") in _OFF
    )
    return {name: write_number(number, form) for number, name in enumerate(own, start=first)}
