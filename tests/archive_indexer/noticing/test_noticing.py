"""What happens in the archive while it is watched."""

from pathlib import Path

import pytest

from archive_indexer.models import ArchivedFile
from archive_indexer.noticing.watcher import system_of
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


@pytest.mark.parametrize(
    ("place", "mounts", "kind"),
    [
        ("/srv/a", "x / ext4 rw\ny /srv cifs rw", "cifs"),
        ("/srvx/a", "x / ext4 rw\ny /srv cifs rw", "ext4"),
        ("/srv/a", "y /srv cifs rw\nx / ext4 rw", "cifs"),
        ("/srv/a", "x /srv ext4 rw\ny /srv cifs rw", "cifs"),  # mounted over the other
        ("/srv/a", "x /\ny\n\nz /srv", ""),
        ("/srv/a b/c", "x / ext4 rw\ny /srv/a\\040b nfs rw", "nfs"),
        ("\\\\host\\share", "", "cifs"),
        ("/srv", "", ""),
    ],
)
def test_a_folder_lies_on_the_innermost_of_what_is_mounted(place, mounts, kind):
    """A line that breaks off tells nothing."""
    assert system_of(Path(place), mounts) == kind
