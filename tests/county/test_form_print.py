"""The print of a form, as it is compared."""

from minzheng.county.form_print import as_form_print, as_print


def test_signs_that_look_alike_are_one_and_spaces_none():
    """A scan tells neither the breadth of a colon nor that of a gap."""
    assert as_print("申请人 (签字):\n") == "申请人（签字）："


def test_every_piece_stands_on_a_line_of_its_own_once():
    """So that a whole line is told from a part of one; nothing is nothing."""
    assert as_form_print(["姓名", " ", "申请 理由", "姓名"]) == "\n姓名\n申请理由\n"
    assert as_form_print(["", " "]) == ""
