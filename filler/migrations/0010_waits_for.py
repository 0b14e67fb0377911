"""A 送审稿 waits for the hand that writes on it next; what was issued before waits for nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filler", "0009_stopped_documents")]

    operations = [
        migrations.AddField(
            model_name="issued",
            name="waits_for",
            field=models.CharField(
                blank=True, db_index=True, default="", max_length=1, verbose_name="待谁填写"
            ),
        ),
    ]
