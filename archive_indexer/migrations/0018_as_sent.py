from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0017_correction_deeds")]

    operations = [
        migrations.AddField("content", "as_sent", models.BooleanField(default=False)),
    ]
