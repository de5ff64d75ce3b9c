"""The server itself: made, started, shared and stopped."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator

from alliance_portal.embedded_database.locks import (
    EmbeddedDatabaseError,
    first_number,
    is_held,
    lock,
    runs_in,
    say,
)
from alliance_portal.embedded_database.places import NAME, PORT, Places

MAJOR = "18"
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


class Cluster(Places):
    """One server with its data."""

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
            psycopg.connect(self.url_of(database), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def is_running(self) -> bool:
        return is_held(self.home / "server.lock") and self._listens()

    # --- Start ---

    def start(self) -> None:
        """Start the server if it does not run, making its data the first time.

        Raises EmbeddedDatabaseError where that fails.
        """
        self._prepare_home()
        with lock(self.home / "start.lock"):
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
        if not self.can_reach(self.data):
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
            with lock(server_lock, wait=False) as held:
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
        pid = first_number(self.socket_folder / f"{self.socket.name}.lock")
        if pid > 1 and self._listens():
            os.kill(pid, signal.SIGQUIT)
            for _ in range(STOP_SECONDS * 10):
                if not self._listens():
                    return
                time.sleep(0.1)
            raise EmbeddedDatabaseError(f"The old server (process {pid}) does not end.")

    def _initialise(self, server_lock: int) -> None:
        """Make the data in a folder beside its place, so that they are there wholly or not at all."""
        say("Making the database's files (once) …")
        fresh = self.home / "data.new"
        if fresh.exists():
            shutil.rmtree(fresh)
        try:
            self.private(fresh, owner=self.account.pw_uid, mode=0o700)
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
            **self.as_account,
            env=self._environment,
            pass_fds=[server_lock],
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
        if runs_in(first_number(pid_file), self.data):
            raise EmbeddedDatabaseError(
                f"Another PostgreSQL server works on {self.data}; stop it first."
            )
        pid_file.unlink(missing_ok=True)
        self.private(self.socket_folder, owner=self.account.pw_uid, mode=0o700)
        for left in (self.socket, self.socket_folder / f"{self.socket.name}.lock"):
            left.unlink(missing_ok=True)

    def _launch(self, server_lock: int) -> None:
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
                **self.as_account,
                env=self._environment,
                pass_fds=[server_lock],
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
                say("Waiting for the database, which recovers from a crash …")
                said = True
            time.sleep(0.03)
        self._make_database()
        # The server outlives us; Popen must not warn that it does.
        server.returncode = 0

    def _make_database(self) -> None:
        import psycopg

        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
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
        with lock(self.home / "start.lock"):
            return self._stop()

    def _stop(self) -> bool:
        server_lock = self.home / "server.lock"
        if not is_held(server_lock):
            return False
        # Fast shutdown first (ends connections, writes everything), then an immediate one, after
        # which the next start recovers.
        for signal_number in (signal.SIGINT, signal.SIGQUIT):
            sent = False
            for _ in range(STOP_SECONDS * 20):
                if not is_held(server_lock):
                    return True
                if not sent and self._listens():
                    # A listening server that holds the lock wrote this file: the number is its own.
                    os.kill(first_number(self.data / "postmaster.pid"), signal_number)
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
            with lock(self.home / "start.lock"):
                stack.callback(self._leave)
                self._start()
                stack.enter_context(lock(self.home / "users.lock", shared=True))
            yield self.url

    def _leave(self) -> None:
        """Stop the server unless somebody uses it, or its folder was deleted under us."""
        if self.home.is_dir():
            with lock(self.home / "start.lock"):
                if not self.is_used():
                    self._stop()

    def is_used(self) -> bool:
        """Say whether somebody (`make run`, `make test`) uses the server just now."""
        return is_held(self.home / "users.lock")

    def reset(self) -> bool:
        """Stop the server and delete its data; return whether there were any.

        Raises EmbeddedDatabaseError while somebody uses it.
        """
        if not self.home.is_dir():
            return False
        self._check_owner()
        with lock(self.home / "start.lock"):
            if self.is_used():
                raise EmbeddedDatabaseError("The database is in use: end `make run` first.")
            self._stop()
            shutil.rmtree(self.home)
        if self.socket_folder.is_dir() and not self.socket_folder.is_symlink():
            shutil.rmtree(self.socket_folder)
        return True
