"""People may sign in with the office's own sign-in."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_shared_searches")]

    operations = [
        migrations.AddField(
            "person",
            "outside_name",
            models.CharField("统一登录名", blank=True, default="", max_length=150),
            preserve_default=False,
        ),
        migrations.AddField(
            "person",
            "outside_subject",
            models.CharField(blank=True, default="", max_length=255),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "person",
            models.UniqueConstraint(
                Lower("outside_name"),
                condition=models.Q(("outside_name", ""), _negated=True),
                name="one_account_an_outside_name",
                violation_error_message="这个统一登录名已经是另一个账号的。",
            ),
        ),
    ]
