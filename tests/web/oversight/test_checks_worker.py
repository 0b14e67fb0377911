"""The thread that keeps the checks up to date."""

import threading

import pytest

from minzheng.inspection.models import ReadPaper
from minzheng.web.oversight import checks_worker
from minzheng.web.oversight.checks_worker import ChecksWorker, sweep_if_due
from tests.web.conftest import put_paper


@pytest.mark.django_db
def test_what_is_new_is_looked_at_once():
    """Until something comes again."""
    assert sweep_if_due()  # the first day
    assert not sweep_if_due()
    put_paper("钟宝镇", "旧城村", "死亡登记", form_id="BZ-01")
    assert sweep_if_due() and ReadPaper.objects.count() == 1
    assert not sweep_if_due()


def test_it_looks_until_it_is_stopped(monkeypatch):
    """A look that fails is written down, and the next one is made."""
    looked, twice = [], threading.Event()

    def look() -> bool:
        looked.append(1)
        if len(looked) > 1:
            twice.set()
        raise OSError

    monkeypatch.setattr(checks_worker, "sweep_if_due", look)
    monkeypatch.setattr(checks_worker, "close_old_connections", lambda: None)
    worker = ChecksWorker(seconds=0.01)
    worker.start()
    assert twice.wait(240)
    worker.stop()
    assert not worker._thread.is_alive()
