"""The whole portal on this machine, as `make run` starts it: database, demo, web server, worker.

With `--reset` it deletes instead what the portal keeps: its own database, mail and uploaded files.

Environment: PORT (8000), DATABASE_URL (unset: the portal's own server), PORTAL_STATE_DIR (.portal).
"""
# ruff: noqa: T201 it speaks to a person at a terminal

import contextlib
import ctypes
import errno
import hashlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from alliance_portal import embedded_database
from alliance_portal.embedded_database import CHECKOUT, Cluster, EmbeddedDatabaseError

HOST = "127.0.0.1"
LAST_PORT = 65535
MANAGE = (sys.executable, "manage.py")
# What each part gets to end by itself, in seconds.
WEB_SECONDS = 8
WORKER_SECONDS = 10
START_SECONDS = 60
PR_SET_PDEATHSIG = 1  # Linux's prctl(2)


class ServeError(Exception):
    """The portal cannot be started or reset; the message says why and what helps."""


class Ended(BaseException):
    """Somebody asked us to end: Ctrl-C, SIGTERM, or a closed terminal."""


def _say(text: str = "") -> None:
    print(text, flush=True)


def state_folder() -> Path:
    """Return the folder of what the portal keeps; the same as settings.STATE_DIR."""
    return Cluster.of_checkout().state


def port() -> int:
    """Return the port to serve on, which is free.

    Raises ServeError where PORT is no port or another program has it.
    """
    text = os.environ.get("PORT", "").strip() or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= LAST_PORT:
        raise ServeError(f"PORT must be a number from 1 to {LAST_PORT}, not {text!r}.")
    number = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                other = number + 1 if number < LAST_PORT else number - 1
                raise ServeError(
                    f"Another program uses port {number}: end it, "
                    f"or take another port, for example `make run PORT={other}`."
                ) from None
            raise ServeError(f"Port {number} cannot be used: {error.strerror}.") from None
    return number


# --- Processes ---


def _end_with_us() -> None:
    """In a new child, before it turns into its program: end when our parent is killed (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _start(command: tuple[str, ...], **options) -> subprocess.Popen:
    """Start a part of the portal, out of reach of the terminal's Ctrl-C: we end it in its turn."""
    return subprocess.Popen(
        command,
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=_end_with_us,  # noqa: PLW1509 we have one thread
        **options,
    )


def _end(process: subprocess.Popen, seconds: float) -> None:
    """Ask a process to end, and make it end when its time is over."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _step(text: str, *command: str, show: bool = False) -> None:
    """Run one step of the preparation; its output is seen if `show` is on or it fails.

    Raises ServeError where it fails.
    """
    if text:
        _say(f"{text} …")
    began = told = time.monotonic()
    with tempfile.TemporaryFile() as record:
        process = _start(command, stdout=record, stderr=subprocess.STDOUT)
        try:
            while process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.5)
                if time.monotonic() - told > 5:
                    told = time.monotonic()
                    _say(f"  still at it after {told - began:.0f} s")
        finally:
            _end(process, WEB_SECONDS)
        record.seek(0)
        output = record.read().decode(errors="replace").strip()
    if process.returncode != 0:
        raise ServeError(f"This failed: {' '.join(command[1:])}\n{output}")
    if show and output:
        _say(output)


# --- The steps ---


def _prepare() -> None:
    _step("Bringing the database up to date", *MANAGE, "migrate", "--no-input", "--verbosity=0")
    _step("Loading the demo, if the database is empty", *MANAGE, "load_demo", "--if-empty")
    stamp = state_folder() / "static.stamp"
    wanted = _fingerprint_of_static_files()
    if not stamp.exists() or stamp.read_text() != wanted:
        _step("Collecting static files", *MANAGE, "collectstatic", "--no-input", "--clear")
        stamp.write_text(wanted)


def _fingerprint_of_static_files() -> str:
    """Return a text that changes with any static file of the checkout and with the packages."""
    digest = hashlib.sha256((CHECKOUT / "requirements.txt").read_bytes())
    for folder in sorted({CHECKOUT / "static", *CHECKOUT.glob("[!.]*/static")}):
        for path in sorted(folder.rglob("*")):
            found = path.stat()
            digest.update(
                f"{path}\0{found.st_mtime_ns}\0{found.st_size}\n".encode(errors="replace")
            )
    return digest.hexdigest()


def _start_web(number: int) -> subprocess.Popen:
    return _start((
        *(sys.executable, "-m", "gunicorn", "alliance_portal.wsgi:application"),
        *("--bind", f"{HOST}:{number}", "--workers", "2", "--threads", "4"),
        *("--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"),
    ))  # fmt: skip


def _start_worker() -> subprocess.Popen:
    # It tells of each task, which would bury what the terminal is for.
    with (state_folder() / "worker.log").open("wb") as log:
        return _start(
            (*MANAGE, "db_worker", "--queue-name=*", "--no-reload", "--no-startup-delay"),
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _wait_until_it_answers(number: int, web: subprocess.Popen) -> None:
    """Return when the home page answers.

    Raises ServeError where it does not.
    """
    until = time.monotonic() + START_SECONDS
    while web.poll() is None and time.monotonic() < until:
        connection = http.client.HTTPConnection(HOST, number, timeout=START_SECONDS)
        try:
            connection.request("GET", "/")
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            if status >= http.client.INTERNAL_SERVER_ERROR:
                _say(f"The home page answers with an error ({status}); see above.")
            return
        finally:
            connection.close()
    raise ServeError("The web server did not start; see above.")


def _watch(parts: dict[str, subprocess.Popen]) -> None:
    """Return never: raise ServeError when a part ends, and Ended when `make` is gone."""
    parent = os.getppid()
    while True:
        for name, process in parts.items():
            if process.poll() is not None:
                place = state_folder() / "worker.log" if name == "background worker" else "above"
                _say(f"\nThe {name} has ended by itself (code {process.returncode}): see {place}.")
                raise ServeError(f"The portal cannot go on without its {name}.")
        if "MAKELEVEL" in os.environ and os.getppid() != parent:
            raise Ended
        time.sleep(0.5)


def serve() -> None:
    """Start everything, and end it all when somebody asks or a part fails.

    Raises ServeError, EmbeddedDatabaseError, Ended.
    """
    number = port()
    os.environ["PORT"] = str(number)
    os.environ["PORTAL_ENV"] = "development"
    os.environ["PYTHONUNBUFFERED"] = "1"
    own = not os.environ.get("DATABASE_URL", "").strip()
    state_folder().mkdir(parents=True, exist_ok=True)
    mail = state_folder() / "mail"
    mail.mkdir(mode=0o700, exist_ok=True)
    with contextlib.ExitStack() as stack:
        stack.callback(_say, "Ended.")
        if own:
            _say("Starting the database …")
            stack.enter_context(embedded_database.running())
        # From here on, what is started last ends first, and further signals wait for that.
        stack.callback(_ignore_signals)
        _prepare()
        worker = _start_worker()
        stack.callback(_end, worker, WORKER_SECONDS)
        web = _start_web(number)
        stack.callback(_end, web, WEB_SECONDS)
        stack.callback(_say, "\nEnding …")
        stack.callback(_ignore_signals)
        _wait_until_it_answers(number, web)
        _say(f"\nThe portal is at http://{HOST}:{number}/ (Ctrl-C ends it).")
        _say(f"Mail that it would send lies in {mail}")
        _say(f"What it does in the background is told in {state_folder() / 'worker.log'}\n")
        _step("", *MANAGE, "demo_sign_ins", show=True)
        _watch({"web server": web, "background worker": worker})


def _ask_to_end(*_args: object) -> None:
    raise Ended


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


# --- Starting over ---


def reset() -> None:
    """Delete the portal's own database, mail, uploaded and collected files, once confirmed.

    Raises ServeError where it is not confirmed, EmbeddedDatabaseError where the portal runs.
    """
    state = state_folder()
    if os.environ.get("CONFIRM") != "yes":
        try:
            answer = input(f"Delete the portal's database, mail and uploads in {state}? Type yes: ")
        except EOFError:
            answer = ""
        if answer.strip().lower() != "yes":
            raise ServeError("Nothing was deleted.")
    for test in (True, False):
        Cluster.of_checkout(test=test).reset()
    for name in ("mail", "media", "static"):
        if (state / name).is_dir():
            shutil.rmtree(state / name)
    for name in ("static.stamp", "worker.log"):
        (state / name).unlink(missing_ok=True)
    _say("The next `make run` starts over.")


def main() -> int:
    """Run the command line; return the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_to_end)
    try:
        reset() if "--reset" in sys.argv[1:] else serve()
    except Ended:
        return 0
    except (ServeError, EmbeddedDatabaseError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
