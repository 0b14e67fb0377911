"""Tables of the filler: case numbers given and documents issued."""

from django.db import models


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
    sha256 = models.CharField(max_length=64, db_index=True)
    issued_by = models.CharField("出具人", max_length=100)
    issued_at = models.DateTimeField("出具时间", auto_now_add=True)

    class Meta:
        ordering = ["-issued_at", "-id"]
