"""`minzheng roster`: the spreadsheet a village fills."""

from argparse import Namespace

import pytest
from openpyxl import load_workbook

from filler.errors import UnknownFormError
from minzheng.cli.forms.roster import run
from minzheng.cli.output import OutputFolderError
from minzheng.county.config import PROJECT_FOLDER, load_config

CONFIG = load_config(PROJECT_FOLDER / "config.toml")


def test_the_template_of_a_form_is_written(tmp_path, capsys):
    """It can be opened, and the clerk is told what comes next."""
    out = tmp_path / "花名册.xlsx"
    assert run(Namespace(form="zf-01", out=out), CONFIG) == 0
    assert load_workbook(out).worksheets
    assert "minzheng batch" in capsys.readouterr().out


def test_what_cannot_be_written_is_told(tmp_path):
    """A form that is not there, a folder that is not there."""
    with pytest.raises(UnknownFormError, match="没有“XX-99”这张表"):
        run(Namespace(form="XX-99", out=tmp_path / "a.xlsx"), CONFIG)
    with pytest.raises(OutputFolderError):
        run(Namespace(form="ZF-01", out=tmp_path / "none" / "a.xlsx"), CONFIG)
    assert list(tmp_path.iterdir()) == []
