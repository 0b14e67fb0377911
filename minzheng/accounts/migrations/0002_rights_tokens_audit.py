"""Rights by dossier, password rules, tokens and the audit log; the lock is now django-axes'."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

SQLITE = (
    """
    CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON accounts_auditentry
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END
    """,
    # The law asks for six months (网络安全法 21); what is older may be taken out as a whole.
    """
    CREATE TRIGGER audit_entry_kept BEFORE DELETE ON accounts_auditentry
    WHEN OLD.at > datetime('now', '-6 months')
    BEGIN SELECT RAISE(ABORT, 'audit entries are kept six months'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit entries are append-only'; END $$
    """,
    """
    CREATE FUNCTION audit_entry_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.at > now() - interval '6 months' THEN
        RAISE EXCEPTION 'audit entries are kept six months';
      END IF;
      RETURN OLD;
    END $$
    """,
    """
    CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()
    """,
    """
    CREATE TRIGGER audit_entry_kept BEFORE DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_keep()
    """,
    """
    CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()
    """,
)


def guard_entries(apps, schema_editor):
    known = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in known.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RemoveField("person", "failed_sign_ins"),
        migrations.RemoveField("person", "locked_until"),
        migrations.AddField("person", "given_dossiers", models.JSONField("另外授权的专档", blank=True, default=list)),
        migrations.AddField("person", "withheld_dossiers", models.JSONField("不得查看的专档", blank=True, default=list)),
        migrations.AddField("person", "password_changed_at", models.DateTimeField("密码更换时间", default=django.utils.timezone.now)),
        migrations.AddField("person", "must_change_password", models.BooleanField("下次登录须改密码", default=False)),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=60, verbose_name="用途")),
                ("start", models.CharField(max_length=12, verbose_name="开头几位")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("issued_by", models.CharField(max_length=150, verbose_name="签发人")),
                ("issued_at", models.DateTimeField(auto_now_add=True, verbose_name="签发时间")),
                ("expires_at", models.DateTimeField(verbose_name="到期时间")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="作废时间")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="最近使用")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["-issued_at", "-pk"]},
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name="序号")),
                ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
                ("person", models.CharField(db_index=True, max_length=150, verbose_name="用户名")),
                ("role", models.CharField(max_length=10, verbose_name="角色")),
                ("address", models.CharField(max_length=45, verbose_name="来源地址")),
                ("action", models.CharField(db_index=True, max_length=10, verbose_name="操作")),
                ("what", models.CharField(max_length=300, verbose_name="内容")),
                ("result", models.CharField(max_length=10, verbose_name="结果")),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"ordering": ["-number"]},
        ),
        migrations.RunPython(guard_entries, migrations.RunPython.noop),
    ]
