"""Processes that lay what was confirmed, to be killed at any moment.

Each is forked, when a line asks for it, from one that has loaded what lays and has read what is
known of our forms, which is most of what one takes that begins anew. Its number is said; another
line asks how it ended.
"""

import os
import sys

import django
from django.db import connections


def main() -> None:
    """Whoever is forked comes back when its work is done, and ends as a process does."""
    django.setup()
    from minzheng.inbox.service import InboxService  # noqa: PLC0415
    from minzheng.web.gate.office import config  # noqa: PLC0415  # models need the settings
    from tests.inbox.conftest import Desk, coded, confirm_all, knowledge  # noqa: PLC0415

    def read_nothing(file):
        raise AssertionError("everything was read before")

    def begin(papers: int) -> None:
        """The table of a batch whose papers are all confirmed."""
        desk = Desk(config())
        for folder in (desk.inbox, desk.archive):
            folder.mkdir()
        cases = [f"DB-103200-2018-{number:04d}" for number in range(1, papers + 1)]
        desk.pdf("a.pdf", *(coded("DB-01", case, text=case) for case in cases))
        desk.run()
        confirm_all()

    def lay() -> None:
        InboxService(config(), read_nothing, knowledge()).run_once()

    knowledge()
    connections.close_all()
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            return begin(int(line)) if line.strip() else lay()
        print(child, flush=True)
        sys.stdin.readline()  # until then its number is nobody else's
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
