"""Tables of the filler: case numbers given and documents issued."""

from django.db import models

from filler.answer_field import AnswerField

#: Answers that stand in columns, too.
PLACE = ("town", "village")
_PLACE = 30


class CaseCounter(models.Model):
    """The last number given under a prefix such as `DB-103200-2018`."""

    prefix = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)


class Issued(models.Model):
    """One issued document; never changed, never overwritten."""

    form_id = models.CharField("表格", max_length=10)
    version = models.CharField("版本", max_length=10)
    case_no = models.CharField("案件编号", max_length=30, db_index=True)
    file_name = models.CharField("文件名", max_length=255)
    answers = models.JSONField("填写内容")
    id_no = models.CharField("身份证号", max_length=18, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    issued_by = models.CharField("出具人", max_length=100)
    issued_at = models.DateTimeField("出具时间", auto_now_add=True)
    template_sha256 = models.CharField("模板", max_length=64, blank=True)
    spec_sha256 = models.CharField("说明文件", max_length=64, blank=True)
    texts = models.JSONField("印出的内容", default=dict)
    qr = models.CharField("二维码", max_length=100, blank=True)
    stopped_at = models.DateTimeField("停止处理时间", null=True, blank=True)  #: stored, no more
    waits_for = models.CharField("待谁填写", max_length=1, blank=True, default="", db_index=True)
    edition = models.PositiveSmallIntegerField("第几版", default=1)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    town = AnswerField("镇", max_length=60, blank=True, default="")
    village = AnswerField("村", max_length=_PLACE, blank=True, default="")

    class Meta:
        ordering = ["-issued_at", "-id"]
        #: how many were stopped is asked at every look at a register
        indexes = [
            models.Index(fields=["form_id", "case_no"], name="issued_by_form_and_case"),
            models.Index(fields=["stopped_at", "-issued_at", "-id"], name="issued_newest"),
            models.Index(fields=["form_id", "town", "village"], name="issued_by_form_and_place"),
            #: which forms and issuers there are, without a look at the documents themselves
            models.Index(fields=["stopped_at", "issued_by", "form_id"], name="issued_by_whom"),
            models.Index(
                fields=["form_id"],
                condition=models.Q(stopped_at__isnull=False),
                name="issued_stopped",
            ),
        ]


class Batch(models.Model):
    """One roster turned into documents: how far it is, and what it shall become."""

    class State(models.TextChoices):
        """Where a batch stands."""

        CHECKING = "核对中"
        CHECKED = "已核对"
        WAITING = "排队中"
        RUNNING = "进行中"
        DONE = "已完成"
        FAILED = "没有完成"

    key = models.CharField(max_length=400, unique=True)
    form_id = models.CharField("表格", max_length=10)
    roster_name = models.CharField("花名册", max_length=255)
    issued_by = models.CharField("出具人", max_length=100)
    created_at = models.DateTimeField("开始时间", auto_now_add=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.CHECKING)
    wants_merge = models.BooleanField("合并成一份", default=True)
    wants_pdf = models.BooleanField("PDF", default=False)
    stage = models.CharField("正在做", max_length=40, blank=True)
    done = models.PositiveIntegerField("已做", default=0)
    of = models.PositiveIntegerField("共", default=0)
    total = models.PositiveIntegerField("户数", default=0)
    refused = models.PositiveIntegerField("要更正", default=0)
    message = models.TextField("说明", blank=True)
    settled_at = models.DateTimeField("做完时间", null=True)  #: checked, issued or given up

    class Meta:
        ordering = ["-created_at", "-id"]


class BatchRow(models.Model):
    """A record of a batch that was issued: kept in the same transaction as its document."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    key = models.CharField(max_length=64)
    person = models.CharField(max_length=64, blank=True)  #: digest of the ID number
    position = models.PositiveIntegerField()
    issued = models.OneToOneField(Issued, models.PROTECT)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["batch", "key"], name="issued_once_a_batch")]


class KnownPerson(models.Model):
    """Whom an issued document is about, as it tells; one row a document."""

    issued = models.OneToOneField(Issued, models.CASCADE, related_name="person")
    name = models.CharField("姓名", max_length=50, db_index=True)
    pinyin = models.CharField(max_length=200, db_index=True)
    initials = models.CharField(max_length=50, db_index=True)
    id_no = models.CharField("身份证号", max_length=18, blank=True, db_index=True)
    phone = models.CharField("联系电话", max_length=20, blank=True, db_index=True)
    town = models.CharField("镇", max_length=60, blank=True)
    village = models.CharField("村", max_length=30, blank=True)


class NamedPerson(models.Model):
    """Everybody an issued document names, row by row; the one it is about as well."""

    issued = models.ForeignKey(Issued, models.CASCADE, related_name="named")
    name = models.CharField("姓名", max_length=50, db_index=True)
    id_no = models.CharField("身份证号", max_length=18, blank=True, db_index=True)
    born = models.DateField("出生日期", null=True, db_index=True)
    town = models.CharField("镇", max_length=60, blank=True)
    village = models.CharField("村", max_length=30, blank=True)


class TakenPhoto(models.Model):
    """Who sent a photo in: until it stands in a document, nobody else is shown it."""

    sha256 = models.CharField(max_length=64, db_index=True)
    by = models.CharField("送入人", max_length=150)
    at = models.DateTimeField("送入时间", auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "by"], name="taken_once_a_person")]


class Draft(models.Model):
    """A form that is not finished: as somebody typed it, for that person only.

    What was issued leaves its row empty, so that a late message of the same page does not
    bring it back, and the same page sent again leads to the document.
    """

    token = models.CharField(max_length=32, unique=True)  #: of the page it was typed on
    form_id = models.CharField("表格", max_length=10)
    by = models.CharField("填写人", max_length=150)
    asked = models.CharField("从哪里填起", max_length=200, blank=True)  #: of the page's address
    answers = models.JSONField("填写内容", default=dict)
    rows_shown = models.JSONField(default=dict)
    is_checked = models.BooleanField(default=False)  #: its problems were shown
    saved_at = models.DateTimeField("存下时间", db_index=True)
    done_at = models.DateTimeField("出具时间", null=True)
    document = models.ForeignKey(Issued, models.CASCADE, null=True, related_name="+")
    sent = models.CharField(max_length=64, blank=True, default="")  #: what was issued, as a hash

    class Meta:
        ordering = ["-saved_at", "-id"]
        indexes = [models.Index(fields=["by", "form_id"], name="draft_by_writer")]
