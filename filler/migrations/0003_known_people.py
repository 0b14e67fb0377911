"""People are known from issued documents; those issued before are looked through once."""

import django.db.models.deletion
from django.db import migrations, models


def look_through(apps, schema_editor):
    from filler.records.person_facts import person_facts

    issued, known = apps.get_model("filler", "Issued"), apps.get_model("filler", "KnownPerson")
    rows = (
        known(issued_id=one.pk, **facts)
        for one in issued.objects.iterator()
        if (facts := person_facts(one.answers))
    )
    known.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("filler", "0002_batches")]

    operations = [
        migrations.AddField(
            model_name="issued",
            name="edition",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="第几版"),
        ),
        migrations.AddField(
            model_name="issued",
            name="corrects",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="filler.issued",
            ),
        ),
        migrations.CreateModel(
            name="KnownPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(db_index=True, max_length=50, verbose_name="姓名")),
                ("pinyin", models.CharField(db_index=True, max_length=200)),
                ("initials", models.CharField(db_index=True, max_length=50)),
                ("id_no", models.CharField(blank=True, db_index=True, max_length=18, verbose_name="身份证号")),
                ("phone", models.CharField(blank=True, db_index=True, max_length=20, verbose_name="联系电话")),
                ("town", models.CharField(blank=True, max_length=30, verbose_name="镇")),
                ("village", models.CharField(blank=True, max_length=30, verbose_name="村")),
                (
                    "issued",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="person", to="filler.issued"
                    ),
                ),
            ],
        ),
        migrations.RunPython(look_through, migrations.RunPython.noop),
    ]
