"""`minzheng reissue`: an issued document made again, the same to the letter."""

from argparse import Namespace

from filler.errors import UnknownDocumentError
from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from filler.reissue import reissue
from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.cli.output import refuse_unwritable, write_file
from minzheng.county.settings.all_settings import Config


def run(args: Namespace, config: Config) -> int:
    """Make the document from its kept template, spec and texts; write it down."""
    refuse_unwritable(args.out)
    bring_up_to_date()
    issued = _find(args.number)
    store = DatabaseCaseStore(config.issued_folder)
    write_file(args.out, reissue(*store.printed(issued.pk)))
    what = f"重出 {issued.form_id} {issued.case_no} 文书号 {issued.pk}"
    write_down(config, Action.DOWNLOAD, what)
    which = f"{issued.form_id} {issued.case_no}，表的版本 V{issued.version}"
    print(f"已重出 {which}，与当时一字不差：{args.out}")
    return 0


def _find(wanted: str) -> Issued:
    """The issued document of a number."""
    found = (
        Issued.objects.filter(pk=int(wanted), stopped_at=None).first()
        if wanted.isdecimal()
        else None
    )
    if found is None:
        raise UnknownDocumentError(f"没有文书号为“{wanted}”的文书。文书号在“已出具”的文书页上。")
    return found
