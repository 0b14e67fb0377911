"""The web service as WSGI servers want it."""

import os

from django.core.wsgi import get_wsgi_application

from minzheng.external.files.file_rights import keep_to_ourselves

keep_to_ourselves()  # before the settings make the data folder
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
application = get_wsgi_application()
