"""Who sent a photo in is remembered: sent by key, too, where there is no session."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filler", "0006_batch_settled_at")]

    operations = [
        migrations.CreateModel(
            name="TakenPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("by", models.CharField(max_length=150, verbose_name="送入人")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="送入时间")),
            ],
        ),
        migrations.AddConstraint(
            model_name="takenphoto",
            constraint=models.UniqueConstraint(fields=("sha256", "by"), name="taken_once_a_person"),
        ),
    ]
