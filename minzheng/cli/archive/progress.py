"""What the archive commands share: the service, and a progress bar that tells its state."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from tqdm import tqdm

from archive_indexer.extract.effort import ReadScan
from archive_indexer.service import Service
from archive_indexer.stores.service_state import Report, say_seconds
from minzheng.county.county import County
from minzheng.county.settings.all_settings import Config
from minzheng.inbox.service import InboxService, beside
from minzheng.inbox.suggest import gather_knowledge


def make_service(config: Config, county: County, progress: Callable[[Report], None]) -> Service:
    """The service of this archive; while it watches, the inbox is kept beside it."""
    config.data_folder.mkdir(parents=True, exist_ok=True)
    knowledge, report = gather_knowledge(county), Report()

    def keep_inbox(read: ReadScan) -> AbstractContextManager[None]:
        inbox = InboxService(config, read, knowledge)
        inbox.is_archive_quiet = lambda: report.doing == "quiet"
        return beside(inbox)

    return Service(config, progress, knowledge.known, report=report, beside=keep_inbox)


_DOING: dict[str, str] = {
    "walking": "巡查",
    "reading": "识别",
    "quiet": "看守中",
    "away": "等网络盘",
    "stopped": "已停止",
}


def describe(report: Report) -> str:
    """What stands behind the bar: figures, time left, the last trouble."""
    parts = [f"入库 {report.indexed}", f"等待 {report.waiting + report.settling}"]
    if report.failed:
        parts.append(f"未能识别 {report.failed}")
    if report.per_minute:
        parts.append(f"每分钟 {report.per_minute:g} 件")
    if report.seconds_left:
        parts.append(f"还要 {say_seconds(report.seconds_left)}")
    if report.altered:
        parts.append(f"核对异常 {report.altered}")
    if trouble := report.trouble or report.last_trouble:
        parts.append(f"注意：{trouble}")
    return "，".join(parts)


class ProgressBar:
    """A bar on the terminal; on a pipe it stays silent."""

    def __init__(self) -> None:
        self._bar = tqdm(
            total=0,
            unit="件",
            disable=None,
            dynamic_ncols=True,
            leave=False,
            bar_format="{desc} {percentage:3.0f}%|{bar:20}| {n_fmt}/{total_fmt} {postfix}",
        )

    def show(self, report: Report) -> None:
        """Move the bar to where the service stands."""
        done = report.done
        self._bar.total = done + report.waiting + report.settling
        self._bar.n = done
        self._bar.set_description_str(_DOING[report.doing], refresh=False)
        self._bar.set_postfix_str(describe(report), refresh=False)
        self._bar.refresh()

    def close(self) -> None:
        """Take the bar off the screen."""
        self._bar.close()
