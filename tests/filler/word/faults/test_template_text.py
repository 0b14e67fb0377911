"""Every paragraph of a template is read once, and called as a person would."""

from tests.filler.word_files import add_xml, new_document, problems_of, with_lines


def test_header_and_footer_are_checked():
    """They are places, too."""
    document = new_document()
    document.sections[0].header.paragraphs[0].text = "{ name }"
    document.sections[0].footer.paragraphs[0].text = "｛｛name｝｝"
    found = problems_of(document)
    assert [one.split("：")[0] for one in found] == ["页眉", "页脚"]


def test_a_text_box_is_read_once():
    """Word stores it twice, for old readers."""
    box = "<w:txbxContent><w:p><w:r><w:t>{ name }</w:t></w:r></w:p></w:txbxContent>"
    fallback = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    document = with_lines("甲")
    add_xml(document.paragraphs[0], f"<w:r>{fallback}</w:r>")
    found = problems_of(document)
    assert len(found) == 1
    assert found[0].startswith("第1段的文本框：")
