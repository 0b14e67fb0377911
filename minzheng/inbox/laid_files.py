"""Which scan of the inbox a file of the archive was made of."""

from minzheng.inbox.models import LaidFile


def scan_of(path: str, sha256: str) -> LaidFile | None:
    """The record of a file laid from the inbox, wherever it was moved to since."""
    filed = LaidFile.objects.filter(sha256=sha256, paper__filed_at__isnull=False)
    found = filed.select_related("paper").order_by("pk")
    return found.filter(path=path).first() or found.first() if sha256 else None
