"""What the archive commands share."""

import pytest

from archive_indexer.stores.service_state import Report
from minzheng.cli.archive.progress import ProgressBar, describe, make_service
from minzheng.county.county import read_county
from minzheng.county.settings.all_settings import Config


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (Report(indexed=3, waiting=4, settling=1), "入库 3，等待 5"),
        (Report(failed=2), "入库 0，等待 0，未能识别 2"),
        (
            Report(per_minute=12, seconds_left=600.0),
            "入库 0，等待 0，每分钟 12 件，还要 10 分钟",
        ),
        (Report(altered=1), "入库 0，等待 0，核对异常 1"),
        (Report(last_trouble="磁盘满过"), "入库 0，等待 0，注意：磁盘满过"),
        (Report(trouble="磁盘已满", last_trouble="磁盘满过"), "入库 0，等待 0，注意：磁盘已满"),
    ],
)
def test_a_report_in_words(report, said):
    """Only what there is to say; present trouble before past."""
    assert describe(report) == said


def test_a_bar_stands_where_the_service_stands():
    """Of all that is to be done, so much is done."""
    bar = ProgressBar()
    bar.show(Report(doing="reading", indexed=3, failed=1, waiting=5, settling=1))
    assert (bar._bar.n, bar._bar.total) == (4, 10)
    bar.close()


@pytest.mark.parametrize("doing", ["walking", "reading", "quiet", "away", "stopped"])
def test_every_state_has_a_word(doing):
    """A service may be in any of them."""
    bar = ProgressBar()
    bar.show(Report(doing=doing))
    bar.close()


def test_the_service_and_the_inbox_beside_it_know_the_same_county(tmp_path):
    """Read once, at the edge."""
    config = Config(tmp_path / "config.toml", tmp_path / "archive", tmp_path / "data")
    county = read_county()
    service = make_service(config, county, lambda _: None)
    assert service.known.county is county
    assert "DB-01" in service.known.forms
    assert config.data_folder.is_dir()
