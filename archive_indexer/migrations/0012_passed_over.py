from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0011_unread_parts")]

    operations = [
        migrations.AddField(
            model_name="walk", name="passed_over", field=models.JSONField(default=list)
        )
    ]
