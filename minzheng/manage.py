"""Django's own commands, for the county's machine room: `minzheng/manage.py check --deploy`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    execute_from_command_line(sys.argv)
