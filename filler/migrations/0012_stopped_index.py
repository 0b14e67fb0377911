"""How many documents of a form were stopped is asked at every look at a register."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filler", "0011_waits_for")]

    operations = [
        migrations.AddIndex(
            model_name="issued",
            index=models.Index(
                condition=models.Q(stopped_at__isnull=False),
                fields=["form_id"],
                name="issued_stopped",
            ),
        ),
    ]
