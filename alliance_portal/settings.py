"""One settings file. Every value that differs between places comes from the environment.

PORTAL_ENV says where this runs: `development` (the default; runs on its own database, shows errors),
`test` or `production` (needs DATABASE_URL and SECRET_KEY). README.md lists every variable.
"""

import hashlib
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from alliance_portal import embedded_database, environment

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

PORTAL_ENV = (
    "test"
    if TESTING
    else environment.choice("PORTAL_ENV", ("development", "test", "production"), "development")
)
PRODUCTION = PORTAL_ENV == "production"
STATE_DIR = Path(environment.text("PORTAL_STATE_DIR", str(BASE_DIR / ".portal")))

DEBUG = environment.boolean("DEBUG", default=False)
SECRET_KEY = environment.text("SECRET_KEY")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY must be set in production: 50 random characters.")
    SECRET_KEY = hashlib.sha256(str(BASE_DIR).encode()).hexdigest()

SITE_URL = environment.text(
    "SITE_URL", "http://127.0.0.1:" + environment.text("PORT", "8000")
).rstrip("/")
ALLOWED_HOSTS = environment.words(
    "ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1]"
)
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts, separated by commas.")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")

VERSION = "0.1.0"
# Part of every ETag: a page that a browser holds is not that of other templates, styles or code.
RELEASE = (
    VERSION
    + hashlib.sha256(
        b"".join(
            path.read_bytes()
            for pattern in (
                "templates/**/*.html",
                "static/**/*.css",
                "static/**/*.js",
                "[a-z]*/**/*.py",
            )
            for path in sorted(BASE_DIR.glob(pattern))
        )
    ).hexdigest()[:12]
)

INSTALLED_APPS = [
    "alliance_portal",
    "news",
    "working_groups",
    "members",
    "publishing",
    "accounts",
    "alliance_portal.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_countries",
    "django_filters",
    "django_prose_editor",
    "django_tasks_db",
    "js_asset",
    "rules",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "alliance_portal.addresses.OldAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "alliance_portal.urls"
WSGI_APPLICATION = "alliance_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alliance_portal.site.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASE_URL = environment.text("DATABASE_URL")
if PRODUCTION and not DATABASE_URL:
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL 18 server in production.")
DATABASES = {"default": environment.database(DATABASE_URL or embedded_database.url())}
DATABASES["default"]["CONN_MAX_AGE"] = 0 if TESTING else 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if test_name := environment.text("PORTAL_TEST_NAME"):
    DATABASES["default"]["TEST"] = {"NAME": test_name}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What a page's queryset does with a relation that it forgot to load: an error in tests, one query
# for all rows elsewhere.
FETCH_RAISE_IN_PAGES = TESTING

TASKS = {
    "default": {
        "BACKEND": (
            "django.tasks.backends.immediate.ImmediateBackend"
            if TESTING
            else "django_tasks_db.DatabaseBackend"
        )
    }
}

MAIL_DIR = STATE_DIR / "mail"
MAIL_URL = environment.text("MAIL_URL")
if MAIL_URL:
    MAILERS = {"default": environment.mailer(MAIL_URL)}
elif TESTING:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(MAIL_DIR)},
        }
    }
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "Alliance Portal <portal@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if TESTING
    else "django.contrib.auth.hashers.PBKDF2PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "accounts.adapters.ClosedSignUp"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_RATE_LIMITS = {} if not TESTING else False
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.AskForPasswordForm",
    "reset_password_from_key": "accounts.forms.PasswordByLinkForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.FirstPasswordForm",
    "reauthenticate": "accounts.forms.ConfirmByPasswordForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.SignInByCodeForm",
    "reauthenticate": "accounts.forms.ConfirmByCodeForm",
    "activate_totp": "accounts.forms.FirstCodeForm",
}
MFA_ADAPTER = "accounts.adapters.SecondFactor"
MFA_TOTP_ISSUER = "Alliance Portal"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Staff must set up a second factor before the admin opens; the demo's staff sign in without.
STAFF_SECOND_FACTOR = environment.boolean("STAFF_SECOND_FACTOR", default=PRODUCTION)
# How long an invitation can be accepted.
INVITATION_DAYS = environment.integer("INVITATION_DAYS", 14)
# How long the yearly link that confirms a profile can be used.
CONFIRMATION_DAYS = environment.integer("CONFIRMATION_DAYS", 60)

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = environment.text("TIME_ZONE", "Europe/Brussels")
USE_TZ = True
FORMAT_MODULE_PATH = ["alliance_portal.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "alliance_portal.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(STATE_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
# Tests serve static files from where they lie; nothing is collected for them.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TESTING
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION and environment.boolean("SSL_REDIRECT", default=True)
# What watches the process asks it directly, past the proxy that speaks https.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = environment.integer("HSTS_SECONDS", 31536000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if environment.boolean("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Attempts to sign in are counted by the address that the proxy saw, not by the proxy's own.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
DJANGO_PROSE_EDITOR_PRESETS = {}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING")},
}
