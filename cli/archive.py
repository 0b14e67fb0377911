"""What the archive commands share: the service, and a progress bar that tells its state."""

from collections.abc import Callable

from tqdm import tqdm

from archive_indexer.report import Report
from archive_indexer.service import Service
from county.config import TEMPLATES_FOLDER, Config
from filler.form_titles import read_form_titles


def make_service(config: Config, progress: Callable[[Report], None]) -> Service:
    """The service of this archive."""
    config.data_folder.mkdir(parents=True, exist_ok=True)
    return Service(config, progress, read_form_titles(TEMPLATES_FOLDER))


class ProgressBar:
    """A bar on the terminal; on a pipe it stays silent."""

    def __init__(self) -> None:
        self._bar = tqdm(total=0, unit="件", disable=None, dynamic_ncols=True, leave=False)

    def show(self, report: Report) -> None:
        """Move the bar to where the service stands."""
        done = report.done
        self._bar.total = done + report.waiting + report.settling
        self._bar.n = done
        self._bar.set_description_str(report.trouble or f"入库 {report.indexed} 件", refresh=False)
        self._bar.refresh()

    def close(self) -> None:
        """Take the bar off the screen."""
        self._bar.close()
