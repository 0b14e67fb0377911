"""A photo may be read as it was sent, and not taken straight."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0003_uploads")]

    operations = [
        migrations.AddField("upload", "is_as_sent", models.BooleanField(default=False)),
    ]
