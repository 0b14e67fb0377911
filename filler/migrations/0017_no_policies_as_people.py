"""Names of policies and of checks were noted as people; they are forgotten.

Nobody is noted anew: who was erased must not come back.
"""

from django.db import migrations


def forget_policies(apps, schema_editor):
    issued, named = apps.get_model("filler", "Issued"), apps.get_model("filler", "NamedPerson")
    visits = issued.objects.filter(form_id="ZF-01").values_list("answers", flat=True)
    policies = {
        row["p_name"]
        for answers in visits.iterator()
        for row in answers.get("policies") or ()
        if isinstance(row, dict) and isinstance(row.get("p_name"), str)
    }
    noted = named.objects.filter(id_no="")
    noted.filter(issued__form_id="ZF-01", name__in=policies).delete()
    checks = issued.objects.filter(form_id="ZH-12B").values_list("pk", "answers")
    for number, answers in checks.iterator():
        noted.filter(issued=number, name=str(answers.get("check_name", ""))[:50]).delete()


class Migration(migrations.Migration):
    dependencies = [("filler", "0016_full_town_names")]

    operations = [migrations.RunPython(forget_policies, migrations.RunPython.noop)]
