"""`minzheng check-template`: exit code, words and the marked copy."""

import docx

from minzheng.cli.main import main
from minzheng.county.config import TEMPLATES_FOLDER


def test_a_good_template_passes(capsys):
    """The form is known by the file's name."""
    assert main(["check-template", str(TEMPLATES_FOLDER / "01_dibao" / "DB-02.docx")]) == 0
    assert "按 DB-02" in capsys.readouterr().out


def test_faults_are_listed_and_marked(tmp_path, capsys):
    """Refused with 1, and a copy to open in Word."""
    document = docx.Document()
    document.add_paragraph("｛｛姓名｝｝")
    document.save(str(tmp_path / "新表.docx"))
    marked = tmp_path / "标出.docx"
    assert main(["check-template", str(tmp_path / "新表.docx"), "--marked", str(marked)]) == 1
    assert "第1段：“｛｛姓名｝｝”用了全角括号" in capsys.readouterr().out
    assert len(list(docx.Document(str(marked)).comments)) >= 1


def test_an_unknown_form_and_a_missing_file_are_said(capsys):
    """In Chinese, without a stack trace."""
    good = str(TEMPLATES_FOLDER / "01_dibao" / "DB-02.docx")
    assert main(["check-template", good, "--form", "XX-99"]) == 1
    assert "没有“XX-99”这张表" in capsys.readouterr().err
    assert main(["check-template", "没有.docx"]) == 1
    assert "文件或文件夹不存在" in capsys.readouterr().err
    assert main(["check-template"]) == 2
