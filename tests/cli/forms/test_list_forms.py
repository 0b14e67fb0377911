"""`minzheng forms`: what it lists and what it says when there is nothing."""

from minzheng.cli.main import main


def test_all_forms_are_listed_by_dossier(capsys):
    """Each with its id, kind and name; the shared ones last."""
    assert main(["forms"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "01 低保"
    assert "  DB-01   制式  最低生活保障申请书" in lines
    assert lines.index("各专档共用") > lines.index("15 综合管理")


def test_words_find_some(capsys):
    """By name, number or initials, several words together."""
    assert main(["forms", "低保", "申请书"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["01 低保", "  DB-01   制式  最低生活保障申请书"]
    assert [line.split()[0] for line in lines[2:]] == ["12", "ZF-09"]
    assert main(["forms", "gsd"]) == 0
    assert "COM-05" in capsys.readouterr().out


def test_nothing_found_names_the_nearest(capsys):
    """With status 1."""
    assert main(["forms", "低保对像花名册"]) == 1
    assert "DB-03 低保对象花名册" in capsys.readouterr().err
    assert main(["forms", "qqqq"]) == 1
    assert "不带词运行可看全部" in capsys.readouterr().err
