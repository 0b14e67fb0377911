"""Django's settings, all taken from config.toml."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from minzheng.county.config import current_config
from minzheng.database.settings import database_settings
from minzheng.external.files.whole_file import write_whole
from minzheng.external.shared_folder import confirm_joined

CONFIG = current_config()
if CONFIG.machine == "pages":
    confirm_joined(CONFIG.data_folder)
CONFIG.data_folder.mkdir(parents=True, exist_ok=True)


def _secret_key(file: Path) -> str:
    """The key that signs sessions: made once, readable by its owner only."""
    if not file.exists():
        write_whole(file, secrets.token_urlsafe(50).encode(), is_forced=True, is_private=True)
    return file.read_text(encoding="ascii")


SECRET_KEY = _secret_key(CONFIG.data_folder / "secret_key")
DEBUG = False
#: Served on all addresses or by a proxy, a machine is called by names it does not know.
_ANYWHERE = CONFIG.host in ("0.0.0.0", "::") or CONFIG.https == "yes"
ALLOWED_HOSTS = ["*"] if _ANYWHERE else ["127.0.0.1", "localhost", "[::1]", CONFIG.host]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "minzheng.accounts",
    "filler",
    "archive_indexer",
    "minzheng.inbox",
    "minzheng.inspection",
    "minzheng.web",
]
AUTH_USER_MODEL = "accounts.Person"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "minzheng.accounts.passwords.ThreeKindsValidator"},
    {
        "NAME": "minzheng.accounts.passwords.GuessableValidator",
        "OPTIONS": {"words": [CONFIG.county, CONFIG.county[:-1], CONFIG.bureau]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

#: How wrong passwords slow down: minzheng/accounts/sign_in_tries.py.
AUTHENTICATION_BACKENDS = [
    "minzheng.accounts.sessions.AccountBackend",
    "django.contrib.auth.backends.ModelBackend",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "minzheng.web.gate.security_headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "minzheng.web.gate.shared_run.SharedFolderFirst",
    "minzheng.web.gate.bodies.RefusedBodies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "minzheng.web.gate.kept_posts.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "minzheng.web.gate.access.AccessRules",
]
#: Nothing from outside, no script or style inside a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
ROOT_URLCONF = "minzheng.web.urls"
WSGI_APPLICATION = "minzheng.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(Path(__file__).parent.glob("*/pages")),  # a subject holds its pages
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "minzheng.web.gate.office.office",
            ],
            "builtins": ["minzheng.web.templatetags.pages", "django.templatetags.static"],
            "loaders": [
                ("django.template.loaders.cached.Loader", ["minzheng.web.page_source.Loader"])
            ],
        },
    }
]

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

LOGIN_URL = "sign-in"
CSRF_FAILURE_VIEW = "minzheng.web.gate.errors.form_expired"
SESSION_ENGINE = "minzheng.accounts.sessions"
SESSION_COOKIE_AGE = CONFIG.session_minutes * 60
#: web.access saves a session when a person asks; a page that asks by itself keeps none awake.
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
#: Behind a proxy that speaks https, cookies travel encrypted only.
_ENCRYPTED = CONFIG.https == "yes"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _ENCRYPTED
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _ENCRYPTED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _ENCRYPTED
SECURE_REFERRER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = []
if CONFIG.host in ("127.0.0.1", "localhost", "::1") and not _ENCRYPTED:
    # Nothing leaves the machine; on a network without https these four warn.
    SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
X_FRAME_OPTIONS = "DENY"
#: A roster of 600 households with 18 columns in one request.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": database_settings(CONFIG)}

#: Rates are counted in the first; questions that hold a personal number are kept in the
#: second (minzheng/web/gate/private_questions.py), sealed by a key that goes with the service. The
#: third remembers which session saw which page (minzheng/web/gate/picture_log.py). In memory, but
#: in a table where several processes answer, on one machine or on several.
_KEPT_IN = (
    "django.core.cache.backends.locmem.LocMemCache"
    if not CONFIG.remembers_together
    else "minzheng.accounts.shared_cache.TableCache"
)
CACHES = {
    name: {"BACKEND": _KEPT_IN, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": most}}
    for name, most in (("default", 1000), ("questions", 10_000), ("pages_seen", 100_000))
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
