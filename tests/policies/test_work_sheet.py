"""The first sheet of a dossier tells its steps, its points, its terms."""

from dataclasses import replace

from minzheng.policies.work_sheet import WorkSheet, WorkStep, read_sheet


def test_a_sheet_tells_its_steps_with_their_forms(policies):
    """The name stands before the colon, the forms among the papers."""
    sheet = read_sheet(policies.forms["DB-00"])
    first = sheet.steps[0]
    assert (first.name, first.who, first.forms) == ("申请", "申请人", ("DB-01", "COM-01"))
    assert first.how.startswith("提交申请书")
    assert sheet.demands
    assert "30个工作日" in sheet.limit


def test_papers_that_are_no_forms_are_none():
    """核对报告 is a paper of the office that checks."""
    assert WorkStep("核对", "", "镇", "受理后", "核对报告").forms == ()


def test_a_spec_that_draws_no_sheet_gives_an_empty_one(policies, tmp_path):
    """It is a county's own form."""
    (tmp_path / "XX-00.toml").write_text('id = "XX-00"', encoding="utf-8")
    spec = policies.forms["DB-00"]
    assert read_sheet(_moved(spec, tmp_path / "XX-00.docx")) == WorkSheet()


def _moved(spec, docx):
    return replace(spec, docx=docx)
