"""What happens in the archive while it is watched."""

import pytest

from archive_indexer.models import ArchivedFile
from tests.archive_indexer.conftest import eventually

pytestmark = pytest.mark.django_db(transaction=True)


def test_litter_that_is_heard_of_is_not_taken_in(village):
    """Neither what Word leaves beside a file nor what lies in a hidden folder."""
    village.write("a.txt", "测试甲的材料")
    with village.watched():
        village.write("~$b.txt", "测试乙的材料")
        village.write(".trash/c.txt", "测试丙的材料")
        village.write("d.txt", "测试丁的材料")
        eventually(lambda: village.paths("测试丁的材料"))
        village.write("e.txt", "测试戊的材料")
        eventually(lambda: village.paths("测试戊的材料"))
    assert set(ArchivedFile.objects.values_list("path", flat=True)) == {"a.txt", "d.txt", "e.txt"}
