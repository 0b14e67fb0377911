"""The peer of the load benchmark: a plain Django page with a list, sign-in asked for.

`python benchmarks/peers/load_peer.py PORT FOLDER` serves `/` with fifty rows of a table on SQLite,
through the middleware a new Django project has, by the server the product is served with.
The session that opens it is printed as the first line.
"""

import sys
from pathlib import Path

import django
from django.conf import settings

from minzheng.external.serving.connection_limits import Limits
from minzheng.external.serving.web_server import make_server

_ROWS = 50
_PAGE = """<!DOCTYPE html><html><head><title>{{ user.username }}</title></head><body><table>
{% for one in rows %}<tr><td>{{ one.pk }}</td><td>{{ one.codename }}</td><td>{{ one.name }}</td>
<td>{{ one.content_type_id }}</td></tr>{% endfor %}</table></body></html>"""


def main() -> None:
    """Make the tables and rows, and serve."""
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    _configure(folder)
    print(_fill(), flush=True)
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 # only when configured

    limits = Limits(connections=400, an_address=150, header_seconds=20, body_seconds=30)
    server = make_server(
        get_wsgi_application(), limits=limits, may_send=lambda headers: "", threads=6,
        host="127.0.0.1", port=port,
    )  # fmt: skip
    server.run()


def _configure(folder: Path) -> None:
    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ],
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [("django.template.loaders.locmem.Loader", {"list.html": _PAGE})],
                        )
                    ],
                },
            }
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "peer.sqlite3",
                "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL;"},
            }
        },
        USE_TZ=True,
    )
    django.setup()


def _fill() -> str:
    """Tables, rows, and the key of a session of somebody signed in."""
    from django.contrib.auth import get_user_model, login  # noqa: PLC0415 # only when configured
    from django.contrib.auth.models import Permission  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.http import HttpRequest  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    kind = Permission.objects.all()[0].content_type
    Permission.objects.bulk_create(
        Permission(name=f"测试第 {number} 行", codename=f"row-{number}", content_type=kind)
        for number in range(_ROWS)
    )
    request = HttpRequest()
    request.session = SessionStore()
    login(request, get_user_model().objects.create_user("peer"))
    request.session.save()
    return str(request.session.session_key)


def _list(request):
    from django.contrib.auth.decorators import login_required  # noqa: PLC0415
    from django.contrib.auth.models import Permission  # noqa: PLC0415
    from django.shortcuts import render  # noqa: PLC0415

    def show(asked):
        return render(asked, "list.html", {"rows": Permission.objects.all()[:_ROWS]})

    return login_required(show)(request)


def _urls():
    from django.urls import path  # noqa: PLC0415

    return [path("", _list)]


urlpatterns = _urls()

if __name__ == "__main__":
    main()
