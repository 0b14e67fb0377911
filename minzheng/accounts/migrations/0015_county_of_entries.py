"""Each entry of the log says of which county it is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0014_full_town_names"),
    ]

    operations = [
        # Django would write SQLite's table anew, and with the old one its triggers would go.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE accounts_auditentry "
                    "ADD COLUMN county varchar(60) NOT NULL DEFAULT ''",
                    "ALTER TABLE accounts_auditentry DROP COLUMN county",
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name="auditentry",
                    name="county",
                    field=models.CharField(blank=True, db_default="", default="", max_length=60, verbose_name="县"),
                ),
            ],
        )
    ]
