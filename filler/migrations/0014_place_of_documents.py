"""Where a document is of, as columns: a village is not sought in the answers any more."""

from django.db import migrations, models
from django.db.models import Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Left


def fill(apps, schema_editor):
    issued = apps.get_model("filler", "Issued")
    text = models.CharField()
    issued.objects.update(
        **{
            slug: Left(Coalesce(KT(f"answers__{slug}"), Value(""), output_field=text), 30)
            for slug in ("town", "village")
        }
    )


class Migration(migrations.Migration):
    dependencies = [("filler", "0013_documents_by_day")]

    operations = [
        migrations.AddField(
            model_name="issued",
            name="town",
            field=models.CharField(blank=True, default="", max_length=30, verbose_name="镇"),
        ),
        migrations.AddField(
            model_name="issued",
            name="village",
            field=models.CharField(blank=True, default="", max_length=30, verbose_name="村"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
        migrations.AddIndex(
            model_name="issued",
            index=models.Index(
                fields=["form_id", "town", "village"], name="issued_by_form_and_place"
            ),
        ),
    ]
