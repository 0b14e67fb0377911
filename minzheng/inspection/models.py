"""Tables of the checks: papers as they were read, doubts, what became of each."""

from django.db import models
from django.utils import timezone


class ReadPaper(models.Model):
    """What the checks read of a document or a file; made again whenever that changes."""

    issued = models.PositiveBigIntegerField(null=True, unique=True)  #: number of the document
    file = models.PositiveBigIntegerField(null=True, unique=True)  #: number of the file
    stamp = models.TextField()  #: of what it was read, and by which rules
    form_id = models.CharField(max_length=10, db_index=True)
    town = models.CharField(max_length=60)
    village = models.CharField(max_length=30)
    dossier = models.CharField(max_length=4)
    year = models.CharField(max_length=4)
    case_no = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    day = models.DateField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["town", "village"], name="read_papers_of_a_village")]


class ReadPerson(models.Model):
    """A person on a paper that was read, and what its row says."""

    paper = models.ForeignKey(ReadPaper, models.CASCADE, related_name="people")
    id_no = models.CharField(max_length=18, db_index=True)
    name = models.CharField(max_length=50)
    part = models.CharField(max_length=10)
    row = models.JSONField(default=dict)


class Finding(models.Model):
    """A doubt that a check found; known for good by its key, whatever is read again."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "待核实"
        TRUE = "属实"
        UNTRUE = "不属实"
        MENDED = "已整改"

    key = models.CharField(max_length=32, unique=True)
    check_id = models.CharField(max_length=40, db_index=True)
    unit = models.CharField(max_length=80, db_index=True)  #: which part of the work found it
    town = models.CharField("镇", max_length=60, blank=True)
    village = models.CharField("村", max_length=30, blank=True)
    dossier = models.CharField("专档", max_length=4, blank=True)
    seen_with = models.TextField(blank=True)  #: places and dossiers of all its papers
    year = models.CharField("年度", max_length=4, blank=True)
    case_no = models.CharField("案件编号", max_length=30, blank=True)
    about = models.CharField("对象", max_length=200)
    what = models.TextField("哪里对不上")
    papers = models.JSONField(default=list)
    form_id = models.CharField(max_length=10, blank=True)
    is_warning = models.BooleanField(default=False)
    facts = models.CharField(max_length=32)  #: digest of what its papers say now
    state = models.CharField("状态", max_length=4, choices=State.choices, default=State.OPEN)
    decided_facts = models.CharField(max_length=32, blank=True)  #: of when its state was given
    first_found = models.DateTimeField("发现时间", default=timezone.now)
    last_found = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True)  #: its papers no longer show it

    class Meta:
        indexes = [
            models.Index(fields=["town", "village", "state"], name="findings_of_a_place"),
            models.Index(fields=["check_id", "state"], name="findings_of_a_check"),
        ]


class Verdict(models.Model):
    """What somebody said of a doubt; kept for good, the latest holds."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="verdicts")
    state = models.CharField("状态", max_length=4, choices=Finding.State.choices)
    note = models.TextField("说明", blank=True)
    proof = models.CharField("整改依据", max_length=60, blank=True)  #: 文书 12, 文件 34
    facts = models.CharField(max_length=32)
    what = models.TextField(blank=True)  #: what did not fit when it was said
    by = models.CharField("核实人", max_length=150)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]


class Sweep(models.Model):
    """How far the checks have come; one row."""

    day = models.DateField(null=True)  #: for which all was looked at
    rules = models.CharField(max_length=64, blank=True)  #: digest of the rules it was by
    at = models.DateTimeField(null=True)
    papers = models.PositiveIntegerField(default=0)
    is_whole = models.BooleanField(default=False)  #: no sweep was begun and not ended
