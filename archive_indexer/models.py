"""Tables of the archive: files, contents read, pages, and what is waiting."""

from django.db import models
from django.utils import timezone


class ArchivedFile(models.Model):
    """A path in the archive: its content, where it belongs, and how far it has come."""

    path = models.TextField(unique=True)
    #: the path of the packed file or mail it lies in; empty when it lies on the disk itself
    packed_in = models.TextField(blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.BigIntegerField(default=0)
    mtime_ns = models.BigIntegerField(default=0)
    first_seen = models.DateTimeField(default=timezone.now)
    last_seen = models.DateTimeField(default=timezone.now)
    content_since = models.DateTimeField(default=timezone.now)  #: when this content came
    present = models.BooleanField(default=True, db_index=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True, db_index=True)  #: hashed again
    state = models.CharField(max_length=10, default="waiting", db_index=True)
    reason = models.TextField(blank=True)
    guessed = models.JSONField(default=dict)  #: as the file itself told
    guess_rules = models.PositiveSmallIntegerField(default=0, db_index=True)
    filing = models.JSONField(default=dict)  #: in force: the guess as keepers corrected it
    has_news = models.BooleanField(default=False, db_index=True)  #: the index must hear of it
    town = models.CharField(max_length=60, blank=True, db_index=True)
    village = models.CharField(max_length=20, blank=True, db_index=True)
    dossier = models.CharField(max_length=4, blank=True)
    year = models.CharField(max_length=4, blank=True)
    form_id = models.CharField(max_length=10, blank=True)
    case_no = models.CharField(max_length=30, blank=True, db_index=True)
    person = models.CharField(max_length=50, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=[
                    "town", "village", "dossier", "year", "case_no", "person", "form_id",
                    "present", "state",
                ],
                name="papers_by_case",
            ),
            models.Index(fields=["dossier", "person"], name="people_of_a_dossier"),
        ]  # fmt: skip


class Correction(models.Model):
    """What a keeper said of a content, or of all files of a folder; kept when taken back."""

    path = models.TextField(db_index=True)  #: where the file lay; of a folder, the folder
    is_folder = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    field = models.CharField(max_length=12)  #: place, dossier, year, form_id, persons …
    value = models.TextField(blank=True)  #: empty: there is none
    before = models.JSONField(default=dict)  #: what was believed, and why
    scope = models.JSONField(default=dict)  #: what its maker might see: it reaches no further
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    deed = models.CharField(max_length=32, blank=True, db_index=True)  #: many files at once
    taken_back_by = models.CharField(max_length=150, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)


class PastContent(models.Model):
    """What lay under a path before it was replaced."""

    file = models.ForeignKey(ArchivedFile, on_delete=models.CASCADE, related_name="past")
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    mtime_ns = models.BigIntegerField()
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    #: under which it is still found
    trace = models.ForeignKey(
        ArchivedFile, on_delete=models.SET_NULL, null=True, related_name="trace_of"
    )


class FixityFinding(models.Model):
    """A file that was not what it should be when it was hashed again."""

    file = models.ForeignKey(ArchivedFile, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=10)  #: altered, missing, unreadable
    found_at = models.DateTimeField(auto_now_add=True)
    sha256_before = models.CharField(max_length=64)
    sha256_after = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=150, blank=True)
    settled_how = models.CharField(max_length=200, blank=True)


class Content(models.Model):
    """A content read once, known by its hash, wherever it lies."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)
    rules = models.CharField(max_length=60)  #: readers and their numbers, `pdf=3 ocr=3`
    reason = models.TextField(blank=True)
    read_at = models.DateTimeField(auto_now=True)
    #: a person asked that it be read by the larger model alone; so it is from then on
    carefully = models.BooleanField(default=False)
    #: a photo whose sender chose it as it is: never taken straight, however often it is read
    as_sent = models.BooleanField(default=False)


class Withheld(models.Model):
    """A content whose text is withheld, all of it or one person's part of it.

    Its file stays an original; read anew, or put into a new index, it is withheld again. Of
    the person only keyed hashes are kept.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    person = models.CharField(max_length=64)  #: keyed hash of name and number
    #: where alone (`平利县·`); nothing: everywhere. The database knows it, too: rows that are
    #: saved out of a database of the version before name no county.
    county = models.CharField(max_length=60, blank=True, default="", db_default="")
    #: what this county withholds is not in what is kept: nobody else had the content
    is_left_out = models.BooleanField(default=False, db_default=False)
    is_whole = models.BooleanField()
    marks = models.JSONField(default=dict)  #: keyed hashes of the name, its length, numbers
    for_keeper = models.BooleanField(default=False)  #: the paper's file shall be removed
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "person", "county"], name="withheld_once_a_person"
            )
        ]


class PackedMember(models.Model):
    """A file inside a packed content: what it is called there and which content it has."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="members")
    name = models.TextField()
    steps = models.JSONField(default=list)  #: its number in each packed file on the way
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()


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
    signatures = models.JSONField(default=list)  #: label, box, state of each place
    unread = models.JSONField(default=list)  #: what of the page was not read
    fields = models.JSONField(default=list)  #: of our forms, read again as handwriting
    doubtful_fields = models.PositiveSmallIntegerField(default=0)  #: for a keeper to look at

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content", "number"], name="one_page_a_number")
        ]
        #: doubtful pages are counted at every look at the coverage page
        indexes = [
            models.Index(fields=["origin", "confidence"], name="pages_by_confidence"),
            models.Index(
                fields=["content", "number"],
                condition=models.Q(doubtful_fields__gt=0),
                name="pages_with_doubts",
            ),
        ]


class ConfirmedValue(models.Model):
    """What a keeper read in a field that the models doubted; it holds however often it is read."""

    sha256 = models.CharField(max_length=64, db_index=True)
    page = models.PositiveIntegerField()
    label = models.CharField(max_length=40)
    box = models.JSONField()  #: left, top, right, bottom as parts of the upright page
    before = models.TextField(blank=True)  #: the models' guess
    value = models.TextField(blank=True)  #: empty: nobody can read it
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)


class WaitingFile(models.Model):
    """A path that must be looked at, kept until that is done."""

    path = models.TextField(unique=True)
    since = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lane = models.PositiveSmallIntegerField(default=0)
    claimed = models.BooleanField(default=False)
    #: who claimed it; nobody, when it was the service itself
    taken_by = models.ForeignKey(
        "ReadingWorker", on_delete=models.SET_NULL, null=True, related_name="taken"
    )
    taken_at = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)  #: a worker failed at it and another shall wait
    trouble = models.TextField(blank=True)  #: why workers gave it up; for the service to keep

    class Meta:
        indexes = [models.Index(fields=["lane", "claimed", "id"], name="next_in_lane")]


class ReadingWorker(models.Model):
    """A `minzheng worker` on some machine; its row goes when it ends, or falls silent."""

    name = models.CharField(max_length=60)
    machine = models.CharField(max_length=100)
    process = models.PositiveIntegerField()
    started_at = models.DateTimeField()  #: by the clock of the database, as all that follows
    heartbeat_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)  #: files read since it started
    trouble = models.TextField(blank=True)


class ContentInHand(models.Model):
    """A content that a worker is reading: copies of it wait, and are not read beside it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    worker = models.ForeignKey(ReadingWorker, on_delete=models.CASCADE, related_name="in_hand")
    path = models.TextField()


class Walk(models.Model):
    """One full walk over the archive."""

    started = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    files = models.PositiveIntegerField(default=0)
    unreadable = models.JSONField(default=list)  #: folders that could not be read
    passed_over = models.JSONField(default=list)  #: links and bins: seen and not followed
    trouble = models.TextField(blank=True)


class ServiceState(models.Model):
    """What the service is doing and remembers; one row."""

    updated_at = models.DateTimeField(default=timezone.now)
    report = models.JSONField(default=dict)
    mounts = models.JSONField(default=list)  #: folders that are shares of their own
    reading_terms = models.JSONField(default=dict)  #: by what workers elsewhere have to read
    checked_on = models.DateField(null=True)
    checked_bytes = models.BigIntegerField(default=0)  #: hashed again on that day


class ItemNumber(models.Model):
    """The 件号 a content was given in its village's cabinet; given once, never changed."""

    town = models.CharField(max_length=60)
    village = models.CharField(max_length=20)
    dossier = models.CharField(max_length=4)
    year = models.CharField(max_length=4)
    period = models.CharField(max_length=4)  #: Y, D30, D10
    number = models.PositiveIntegerField()  #: from 1 within these
    part = models.PositiveSmallIntegerField(default=1)  #: of an item that is several files
    box = models.PositiveIntegerField()  #: counted within the village's dossier
    pages = models.PositiveIntegerField(default=1)  #: when it was put into its box
    sha256 = models.CharField(max_length=64, db_index=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "village", "dossier", "year", "period", "number", "part"],
                name="one_item_a_number",
            ),
            models.UniqueConstraint(
                fields=["town", "village", "dossier", "year", "sha256"],
                name="one_number_a_paper",
            ),
        ]
