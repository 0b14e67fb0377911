"""A saved search may be shared with the colleagues of its owner's area."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_second_factor")]

    operations = [
        migrations.AddField(
            "savedsearch",
            "shared_with",
            models.CharField(blank=True, max_length=10, verbose_name="分享给", default=""),
            preserve_default=False,
        ),
    ]
