"""Settings from the environment, typed: a bad value stops the start and names its variable."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import Error as PsycopgError
from psycopg.conninfo import conninfo_to_dict

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated values of a variable, blanks dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def boolean(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, str(default)).strip().lower()
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def integer(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def choice(name: str, choices: tuple[str, ...], default: str) -> str:
    value = text(name, default) or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def database(url: str, name: str = "DATABASE_URL") -> dict:
    """Return Django's settings for the server that a libpq URI or connection string names.

    Raises ImproperlyConfigured where libpq cannot read it or it names no database.
    """
    try:
        parts = conninfo_to_dict(url)
    except PsycopgError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {str(error).strip()}") from None
    if not parts.get("dbname"):
        raise ImproperlyConfigured(f"{name} names no database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts,
    }


def mailer(url: str, name: str = "MAIL_URL") -> dict:
    """Return a MAILERS entry for smtp://user:password@host:port (smtps:// for TLS at once).

    `smtp` asks for STARTTLS unless the host is this machine.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must look like smtp://user:password@host:port.")
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or (465 if parts.scheme == "smtps" else 587),
            "username": parts.username or "",
            "password": parts.password or "",
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp" and not local,
            "timeout": 20,
        },
    }
