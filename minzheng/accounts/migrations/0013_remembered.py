"""What several processes of the pages know together for a while."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_outside_names")]

    operations = [
        migrations.CreateModel(
            name="Remembered",
            fields=[
                ("key", models.CharField(max_length=250, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("ends_at", models.FloatField(db_index=True)),
            ],
        ),
    ]
