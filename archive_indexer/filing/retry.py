"""Try a file again that could not be read: after it was mended, or the program was."""

from archive_indexer.models import ArchivedFile, Content
from archive_indexer.stores import waiting_list


def try_again(files: "list[ArchivedFile]") -> int:
    """Forget why these files failed and let the service read them; gives their number."""
    failed = [file for file in files if file.present and file.state == "failed"]
    Content.objects.filter(pk__in=[file.sha256 for file in failed]).exclude(reason="").delete()
    numbers = [file.pk for file in failed]
    ArchivedFile.objects.filter(pk__in=numbers).update(state="waiting", reason="")
    waiting_list.add(dict.fromkeys(file.packed_in or file.path for file in failed))
    return len(failed)
