"""What was done from the machine itself, in the same audit log as what was done on pages."""

import getpass

from minzheng.accounts.audit_log import Action, AuditLog, Deed
from minzheng.county.registry.places import load_places
from minzheng.county.settings.all_settings import Config


def write_down(config: Config, action: Action, what: str, result: str = "成功") -> None:
    """Put a deed of the command line in the log, under the machine's user."""
    deed = Deed(machine_user(), "", "本机", action, what, result)
    AuditLog(config.data_folder, lambda: load_places().codes).record(deed)


def machine_user() -> str:
    """Whose hand a deed of the command line is, as log and pages name it.

    A service of Windows and a user of a container may have no name.
    """
    try:
        return f"命令行 {getpass.getuser()}"
    except (ImportError, KeyError, OSError):
        return "命令行"
