"""Documents are found by their person's number in one writing; those kept before as well."""

from django.db import migrations, models


def look_through(apps, schema_editor):
    from filler.form.case_history import person_number

    issued = apps.get_model("filler", "Issued")
    changed = []
    for one in issued.objects.only("pk", "answers").iterator():
        one.id_no = person_number(one.answers)
        if one.id_no:
            changed.append(one)
    issued.objects.bulk_update(changed, ["id_no"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("filler", "0004_printed_parts")]

    operations = [
        migrations.AddField(
            model_name="issued",
            name="id_no",
            field=models.CharField(blank=True, db_index=True, max_length=18, verbose_name="身份证号"),
        ),
        migrations.AddIndex(
            model_name="issued",
            index=models.Index(fields=["form_id", "case_no"], name="issued_by_form_and_case"),
        ),
        migrations.RunPython(look_through, migrations.RunPython.noop),
    ]
