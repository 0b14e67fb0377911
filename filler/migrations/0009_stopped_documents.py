"""A document that may only be stored: nothing else is done with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filler", "0008_named_people")]

    operations = [
        migrations.AddField(
            model_name="issued",
            name="stopped_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="停止处理时间"),
        ),
    ]
