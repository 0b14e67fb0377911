"""The administrator's page of the backup: make one now, see the plan and what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from archive_indexer.errors import BackupError
from archive_indexer.upkeep.backup_key import make_key_file
from archive_indexer.upkeep.backup_news import note_backup
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import config, signed_in
from minzheng.web.upkeep.backups_shown import backups


@require_safe
@needs(Right.ADMINISTER)
def show(request: HttpRequest) -> HttpResponse:
    """The plan, the last backup, those that lie there."""
    return render(request, "backups.html", {"backups": backups(config())})


@require_safe
@needs(Right.ADMINISTER, is_poll=True)
def live(request: HttpRequest) -> HttpResponse:
    """The same, asked for while one is being made."""
    return render(request, "backups_live.html", {"backups": backups(config())})


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER, is_rated=True)
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for a backup; the service begins it within seconds."""
    note(request, "立即备份")
    if backups(config()).may_begin:
        note_backup(config().data_folder, "asked", signed_in(request).username)
        messages.success(request, "几秒钟内开始备份，可以离开这一页。")
    return redirect("backups")


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER)
def make_key(request: HttpRequest) -> HttpResponse:
    """Lay a new key on the server; it is never shown or sent: whoever has it reads everything."""
    note(request, "生成备份钥匙")
    settings = config()
    if settings.backup_folder is not None:
        try:
            make_key_file(settings.backup_key_file, settings.backup_folder, timezone.localdate())
            messages.success(request, f"钥匙在服务器上的 {settings.backup_key_file}。")
        except (BackupError, OSError) as error:
            messages.error(request, str(error))
    return redirect("backups")
