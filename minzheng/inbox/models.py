"""Tables of the inbox: scans dropped, papers found in them, files laid into the archive."""

from django.db import models
from django.utils import timezone


class Original(models.Model):
    """A scan as it was dropped; its row stays for ever."""

    class State(models.TextChoices):
        """How far a scan has come."""

        WAITING = "待识别"
        SORTED = "待确认"
        FAILED = "未能识别"
        IGNORED = "不处理"
        COPY = "重复"  #: the same content waits under another name
        REPLACED = "已被换掉"  #: other content lies under its name now
        DONE = "已处理"

    path = models.TextField(db_index=True)  #: relative to the inbox
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    mtime_ns = models.BigIntegerField()
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.WAITING, db_index=True
    )
    reason = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    is_missing = models.BooleanField(default=False)
    kind = models.CharField(max_length=20, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    town = models.CharField(max_length=60, blank=True)  #: by its folder in the inbox
    village = models.CharField(max_length=20, blank=True)
    done_path = models.TextField(blank=True)  #: where it was put, written down before
    done_at = models.DateTimeField(null=True, blank=True)


class Paper(models.Model):
    """One paper: pages of one or more scans, where it shall lie, and who decided."""

    class State(models.TextChoices):
        """How far a paper has come."""

        WAITING = "待确认"
        CONFIRMED = "已确认"  #: a copy is being laid into the archive
        FILED = "已归档"
        REFUSED = "不归档"

    state = models.CharField(
        max_length=8, choices=State.choices, default=State.WAITING, db_index=True
    )
    version = models.PositiveIntegerField(default=0)  #: rises with every change by people
    town = models.CharField(max_length=60, blank=True, db_index=True)
    village = models.CharField(max_length=20, blank=True, db_index=True)
    dossier = models.CharField(max_length=4, blank=True)
    year = models.CharField(max_length=4, blank=True)
    title = models.CharField(max_length=120, blank=True)
    form_id = models.CharField(max_length=10, blank=True)
    form_version = models.CharField(max_length=10, blank=True)
    case_no = models.CharField(max_length=30, blank=True, db_index=True)
    guesses = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)  #: pairs of weight and text
    number_remarks = models.JSONField(default=list)  #: the same, of printed page numbers
    is_sure = models.BooleanField(default=False)  #: known by our code through and through
    is_certain = models.BooleanField(default=False)  #: sure, and its pages add up
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)  #: why it is not filed
    target = models.TextField(blank=True)  #: in the archive, written down before it is laid
    trouble = models.TextField(blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "inbox_piece"  # as it was called when the first papers were kept


class PaperPage(models.Model):
    """A page of a scan in a paper; a page belongs to one paper at most."""

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="pages", db_column="piece_id"
    )
    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()  #: in the scan, from 1
    position = models.PositiveIntegerField()  #: in the paper, from 1
    is_coded = models.BooleanField(default=False)
    page_no = models.PositiveIntegerField(null=True)  #: as printed
    page_count = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "inbox_piecepage"
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(fields=["original", "number"], name="a_page_in_one_piece")
        ]


class LaidFile(models.Model):
    """A file in the archive and the pages of the scan it was made of."""

    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, related_name="files", db_column="piece_id"
    )
    path = models.TextField(db_index=True)  #: in the archive
    sha256 = models.CharField(max_length=64, db_index=True)
    original_sha256 = models.CharField(max_length=64)
    original_path = models.TextField()
    pages = models.JSONField()  #: numbers in the original, in the order of the file


class Upload(models.Model):
    """A scan sent from a page: how much of it has come, and what its sender said of it."""

    token = models.CharField(max_length=32, unique=True)
    by = models.CharField(max_length=150, db_index=True)
    name = models.CharField(max_length=255)  #: of the file as its sender calls it
    stamp = models.CharField(max_length=40, blank=True)  #: of the sender's file: its time
    size = models.BigIntegerField()
    town = models.CharField(max_length=60, blank=True)
    village = models.CharField(max_length=20, blank=True)
    bundle = models.CharField(max_length=32, blank=True)  #: files of one paper
    position = models.PositiveIntegerField(default=0)  #: in the bundle
    bundle_size = models.PositiveIntegerField(default=0)
    issued = models.PositiveBigIntegerField(null=True)  #: number of the document it is of
    case_no = models.CharField(max_length=30, blank=True)
    form_id = models.CharField(max_length=10, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    path = models.TextField(blank=True, db_index=True)  #: in the inbox, once all has come
    sha256 = models.CharField(max_length=64, blank=True)
    is_as_sent = models.BooleanField(default=False)  #: a photo that is not to be taken straight
    is_settled = models.BooleanField(default=False)  #: what was said of it stands on its paper
