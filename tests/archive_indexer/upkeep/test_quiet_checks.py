"""In the quiet a little of the archive is hashed again each day."""

from dataclasses import replace

import pytest
from django.utils import timezone

from archive_indexer.models import ArchivedFile, FixityFinding
from archive_indexer.noticing.presence import Presence
from archive_indexer.stores import service_state
from archive_indexer.upkeep.quiet_checks import QuietChecks
from tests.archive_indexer.conftest import eventually
from tests.archive_indexer.upkeep.test_fixity import replace_unseen

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_service_checks_in_the_quiet(village):
    """Old checks are renewed while nothing is to be done, and findings are counted."""
    file = village.write("a.txt", "测试甲的材料")
    village.run()
    replace_unseen(file, "测试乙的材料")
    ArchivedFile.objects.update(checked_at=None)
    checks = QuietChecks(village.config, Presence(village.archive))
    checks.go_on(False)
    assert not FixityFinding.objects.exists()

    def found() -> bool:
        checks.go_on(True)
        return checks.found == 1

    eventually(found)
    checks.stop()


def test_no_more_is_hashed_than_a_day_may_take(village):
    """What was hashed today counts; what is younger than a week is not due."""
    village.write("a.txt", "测试甲的材料")
    village.run()
    ArchivedFile.objects.update(checked_at=None)
    config, presence = replace(village.config, verify_mb_a_day=1), Presence(village.archive)
    today = timezone.localdate()
    service_state.add_checked(today, 1 << 20)
    checks = QuietChecks(config, presence)
    checks._is_quiet.set()
    assert checks._check_slice() == 0
    assert ArchivedFile.objects.get().checked_at is None
    checks = QuietChecks(replace(config, verify_mb_a_day=2), presence)
    checks._is_quiet.set()
    assert checks._check_slice() == 0
    checked = ArchivedFile.objects.get().checked_at
    assert checked is not None
    assert service_state.checked_bytes(today) == (1 << 20) + len("测试甲的材料".encode())
    checks._check_slice()
    assert ArchivedFile.objects.get().checked_at == checked


def test_an_archive_that_is_away_is_no_finding(village):
    """Nothing may be concluded from it."""
    village.write("a.txt", "测试甲的材料")
    village.run()
    ArchivedFile.objects.update(checked_at=None)
    checks = QuietChecks(village.config, Presence(village.archive, [""]))
    checks._is_quiet.set()
    assert checks._check_slice() == 0
    assert not FixityFinding.objects.exists()
