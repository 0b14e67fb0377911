"""Everybody a document names is known; documents issued before are looked through once."""

import django.db.models.deletion
from django.db import migrations, models


def look_through(apps, schema_editor):
    from filler.records.named_people import named_in

    issued, named = apps.get_model("filler", "Issued"), apps.get_model("filler", "NamedPerson")
    rows = (
        named(issued_id=one.pk, **facts)
        for one in issued.objects.only("pk", "answers", "issued_at").iterator()
        for facts in named_in(one.answers, one.issued_at.date())
    )
    named.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("filler", "0007_taken_photos")]

    operations = [
        migrations.CreateModel(
            name="NamedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(db_index=True, max_length=50, verbose_name="姓名")),
                ("id_no", models.CharField(blank=True, db_index=True, max_length=18, verbose_name="身份证号")),
                ("born", models.DateField(db_index=True, null=True, verbose_name="出生日期")),
                ("town", models.CharField(blank=True, max_length=30, verbose_name="镇")),
                ("village", models.CharField(blank=True, max_length=30, verbose_name="村")),
                (
                    "issued",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="named", to="filler.issued"
                    ),
                ),
            ],
        ),
        migrations.RunPython(look_through, migrations.RunPython.noop),
    ]
