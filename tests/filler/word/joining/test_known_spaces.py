"""What a root declares, and what it takes over from another."""

from lxml import etree

from filler.word.joining.known_spaces import knows_spaces, with_spaces

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def root(declared: str, ignorable: str = "", inside: str = "") -> etree._Element:
    passed = f' mc:Ignorable="{ignorable}"' if ignorable else ""
    return etree.fromstring(
        f'<a:r xmlns:a="urn:a" xmlns:mc="{MC}" {declared}{passed}>{inside}</a:r>'
    )


def test_a_root_knows_what_it_declares_itself():
    """And passes over; more does not matter."""
    wide = root('xmlns:b="urn:b" xmlns:c="urn:c"', "b c")
    narrow = root('xmlns:b="urn:b"', "b")
    assert knows_spaces(wide, narrow)
    assert not knows_spaces(narrow, wide)
    assert not knows_spaces(root('xmlns:b="urn:b"'), narrow)
    assert not knows_spaces(root('xmlns:b="urn:other"', "b"), narrow)


def test_what_another_declares_comes_along_with_what_stood_there():
    """So that its pieces may stand in the root and be passed over as before."""
    made = with_spaces(root("", inside="x<a:p/>"), root('xmlns:b="urn:b"', "b"))
    assert (made.text, [one.tag for one in made]) == ("x", ["{urn:a}p"])
    assert made.nsmap["b"] == "urn:b"
    assert made.get(f"{{{MC}}}Ignorable") == "b"


def test_a_prefix_keeps_its_own_meaning():
    """Where two mean different things by one, the root's holds, and is not passed over."""
    made = with_spaces(root('xmlns:b="urn:own"'), root('xmlns:b="urn:b"', "b"))
    assert made.nsmap["b"] == "urn:own"
    assert made.get(f"{{{MC}}}Ignorable") is None
