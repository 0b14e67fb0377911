from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0010_page_signatures")]

    operations = [
        migrations.AddField(
            model_name="page", name="unread", field=models.JSONField(default=list)
        )
    ]
