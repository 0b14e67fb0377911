"""Contents are read again only when a rule they were read by has changed."""

from archive_indexer.reading_rules import RULES, is_current, rules_of


def test_rules_in_force_are_current():
    """For kinds with and without numbers of their own, with and without pictures."""
    for kind in ("pdf", "png", "docx"):
        for has_ocr in (True, False):
            assert is_current(rules_of(kind, has_ocr))


def test_pages_read_from_pictures_by_older_rules_are_read_again():
    """Whatever the kind; what was not read from a picture stays."""
    older = RULES["ocr"] - 1
    assert not is_current(f"png=3 ocr={older}")
    assert not is_current(f"pdf={RULES['pdf']} ocr={older}")
    assert is_current("docx=3")
