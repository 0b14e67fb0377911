"""Tables of the archive: files, contents read, pages, and what is waiting."""

from django.db import models


class ArchivedFile(models.Model):
    """A path in the archive: its content, where it belongs, and how far it has come."""

    path = models.TextField(unique=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.BigIntegerField(default=0)
    mtime_ns = models.BigIntegerField(default=0)
    first_seen = models.DateTimeField(auto_now_add=True)
    last_seen = models.DateTimeField(auto_now=True)
    present = models.BooleanField(default=True, db_index=True)
    state = models.CharField(max_length=10, default="waiting", db_index=True)
    reason = models.TextField(blank=True)
    filing = models.JSONField(default=dict)
    town = models.CharField(max_length=20, blank=True, db_index=True)
    village = models.CharField(max_length=20, blank=True, db_index=True)
    dossier = models.CharField(max_length=4, blank=True)
    year = models.CharField(max_length=4, blank=True)


class Content(models.Model):
    """A content read once, known by its hash, wherever it lies."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)
    reading_version = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    read_at = models.DateTimeField(auto_now=True)


class Page(models.Model):
    """A page of a content: text, lines with boxes, QR codes."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    lines = models.BinaryField(default=bytes)  #: zlib-compressed JSON
    origin = models.CharField(max_length=12)
    confidence = models.FloatField(default=1.0)
    codes = models.JSONField(default=list)
    turns = models.PositiveSmallIntegerField(default=0)
    seals = models.JSONField(default=list)  #: box, colour, words of each

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content", "number"], name="one_page_a_number")
        ]


class WaitingFile(models.Model):
    """A path that must be looked at, kept until that is done."""

    path = models.TextField(unique=True)
    since = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.FloatField(default=0)  #: seconds since the epoch
    claimed = models.BooleanField(default=False)


class Walk(models.Model):
    """One full walk over the archive."""

    started = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    files = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)
