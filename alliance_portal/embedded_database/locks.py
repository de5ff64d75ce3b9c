"""Who holds a lock file, whose process a number is, and what is said when something fails."""

import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


class EmbeddedDatabaseError(Exception):
    """The server cannot be started, stopped or removed; the message says why and what helps."""


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@contextlib.contextmanager
def lock(path: Path, *, shared: bool = False, wait: bool = True) -> Iterator[int | None]:
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


def is_held(path: Path) -> bool:
    if not path.exists():
        return False
    with lock(path, wait=False) as descriptor:
        return descriptor is None


def first_number(path: Path) -> int:
    """Return the process id in the first line of one of PostgreSQL's lock files, or 0."""
    try:
        return int(path.read_text(errors="replace").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return 0


def runs_in(pid: int, folder: Path) -> bool:
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
