"""The prefixes that a part declares, and which of them a reader may pass over."""

from typing import Any

from lxml import etree

_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"


def knows_spaces(root: Any, other: Any) -> bool:
    """Whether a root declares all that another does, and passes over what that passes over."""
    passed = set(root.get(_IGNORABLE, "").split())
    return root.nsmap.items() >= other.nsmap.items() and passed >= set(
        other.get(_IGNORABLE, "").split()
    )


def with_spaces(root: Any, other: Any) -> Any:
    """A root with what another declares besides; its own prefixes keep their meaning.

    What stood in the root stands in the one that is returned.
    """
    own = {prefix: uri for prefix, uri in other.nsmap.items() if prefix is not None}
    made: Any = etree.Element(root.tag, nsmap={**own, **dict(root.nsmap)})
    made.text = root.text
    made.attrib.update(root.attrib)
    made.extend(list(root))
    passed = root.get(_IGNORABLE, "").split()
    passed += [
        prefix
        for prefix in other.get(_IGNORABLE, "").split()
        if prefix not in passed and made.nsmap.get(prefix) == own.get(prefix)
    ]
    if passed:
        made.set(_IGNORABLE, " ".join(passed))
    return made
