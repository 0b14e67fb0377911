"""A process that lays what was confirmed, to be killed at any moment."""

import sys

import django


def main() -> None:
    django.setup()
    from minzheng.county.county import read_county  # noqa: PLC0415
    from minzheng.inbox.service import InboxService  # noqa: PLC0415
    from minzheng.inbox.suggest import gather_knowledge  # noqa: PLC0415  # models need the settings
    from minzheng.web.gate.office import config  # noqa: PLC0415

    def read_nothing(file):
        raise AssertionError("everything was read before")

    InboxService(config(), read_nothing, gather_knowledge(read_county())).run_once()


if __name__ == "__main__":
    sys.exit(main())
