from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive_indexer", "0002_page_turns")]

    operations = [
        migrations.AddField(
            model_name="page", name="seals", field=models.JSONField(default=list)
        ),
    ]
