"""The code on every page."""

import pytest

from minzheng.county.form_code import FormCode, find_line, read_qr


def test_a_code_printed_is_read_back():
    """What the filler prints the indexer reads."""
    code = FormCode("DB-01", "1", "DB-103200-2018-0001")
    assert read_qr(code.qr_text()) == code
    assert find_line(f"x {code.line()} 第1页/共2页") == code


def test_a_blank_form_has_no_case():
    """A blank form's code has no case number."""
    assert read_qr(FormCode("DB-01", "1").qr_text()) == FormCode("DB-01", "1")
    assert find_line("COM-03 v2 第1页") == FormCode("COM-03", "2")


def test_other_codes_are_not_ours():
    """A payment QR or plain text is no form code."""
    assert read_qr("https://example.invalid/pay") is None
    assert find_line("没有编号的一页") is None


def test_the_qr_stays_in_alphanumeric_mode():
    """Only characters of the QR alphanumeric mode are used."""
    text = FormCode("DB-01", "1", "DB-103200-2018-0001").qr_text()
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@pytest.mark.parametrize(
    ("text", "form_id", "version", "case_no"),
    [
        ("DB-01 v1 DB-103200-2018-0001", "DB-01", "1", "DB-103200-2018-0001"),
        ("COM-03S v1.2", "COM-03S", "1.2", ""),
    ],
)  # fmt: skip
def test_a_line_may_lack_its_case(text, form_id, version, case_no):
    """The form and its version are there."""
    code = find_line(text)
    assert (code.form_id, code.version, code.case_no) == (form_id, version, case_no)
    assert read_qr(code.qr_text()).case_no == case_no
