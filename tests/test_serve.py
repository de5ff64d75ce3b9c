"""What `make run` starts, and that all of it ends."""

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

import pytest

from alliance_portal import serve
from alliance_portal.embedded_database import CHECKOUT, Cluster
from alliance_portal.serve import ServeError


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind((serve.HOST, 0))
        return probe.getsockname()[1]


# --- The port ---


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "80.5", "²", "9" * 400])
def test_a_port_that_is_none_is_refused(text, monkeypatch):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(ServeError, match="PORT must be a number from 1 to 65535"):
        serve.port()


def test_a_busy_port_is_said_before_anything_starts(monkeypatch, capfd, tmp_path):
    monkeypatch.setenv("PORTAL_STATE_DIR", str(tmp_path / "state"))
    with socket.create_server((serve.HOST, 0)) as other:
        number = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(number))
        with pytest.raises(ServeError, match=f"Another program uses port {number}"):
            serve.serve()
    assert not (tmp_path / "state").exists()


def test_a_free_port_is_taken(monkeypatch, free_port):
    monkeypatch.setenv("PORT", f" {free_port} ")
    assert serve.port() == free_port


# --- Steps ---


def test_a_step_that_works_is_one_line(capfd):
    serve._step("Counting", sys.executable, "-c", "print(1)")
    assert capfd.readouterr().out == "Counting …\n"


def test_a_step_that_fails_shows_what_it_said():
    with pytest.raises(ServeError, match=r"This failed: -c .*\nno such luck"):
        serve._step("Trying", sys.executable, "-c", "import sys; sys.exit('no such luck')")


def test_static_files_are_collected_again_when_one_changes(monkeypatch, tmp_path):
    monkeypatch.setattr(serve, "CHECKOUT", tmp_path)
    (tmp_path / "requirements.txt").write_text("django==6.1\n")
    seen = {serve._fingerprint_of_static_files()}
    for change in ("static/css/a.css", "members/static/b.js", "requirements.txt"):
        path = tmp_path / change
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"changed: {change}")
        seen.add(serve._fingerprint_of_static_files())
    assert len(seen) == 4


# --- Starting over ---


def test_nothing_is_deleted_without_a_yes(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_STATE_DIR", str(tmp_path))
    monkeypatch.delenv("CONFIRM", raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: "y")
    (tmp_path / "mail").mkdir()
    with pytest.raises(ServeError, match="Nothing was deleted"):
        serve.reset()
    assert (tmp_path / "mail").is_dir()


def test_only_what_the_portal_keeps_is_deleted(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("CONFIRM", "yes")
    for name in ("mail", "media", "static", "something else"):
        (tmp_path / name).mkdir()
    serve.reset()
    assert [path.name for path in tmp_path.iterdir()] == ["something else"]


# --- All of it ---


class Portal:
    """A whole portal of the test's own, with what it has said so far."""

    def __init__(self, state: Path, port: int, log: Path):
        environment = os.environ | {"PORTAL_STATE_DIR": str(state), "PORT": str(port)}
        for name in ("DATABASE_URL", "MAKELEVEL", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        self.port = port
        self.log = log
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "alliance_portal.serve"],
                cwd=CHECKOUT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_until_it_says(self, text: str, seconds: float = 150) -> None:
        until = time.monotonic() + seconds
        while text.lower() not in self.said.lower():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.1)

    def status_of(self, address: str) -> int:
        connection = http.client.HTTPConnection(serve.HOST, self.port, timeout=30)
        try:
            connection.request("GET", address)
            return connection.getresponse().status
        finally:
            connection.close()


@pytest.mark.server
def test_the_portal_starts_ends_when_asked_and_starts_again(free_port):
    place = Path(tempfile.mkdtemp(prefix="portal-test-"))
    place.chmod(0o755)
    state = place / "État à part"
    database = Cluster(state)
    try:
        portal = Portal(state, free_port, place / "log")
        portal.wait_until_it_says("The portal is at")
        assert portal.status_of("/") == 200
        portal.wait_until_it_says("chair")
        portal.process.send_signal(signal.SIGINT)
        assert portal.process.wait(30) == 0, portal.said
        assert portal.said.rstrip().endswith("Ended.")
        assert not database.is_running()
        assert (state / "mail").is_dir()

        # The second time it is there sooner, and goes down as a whole when a part does.
        portal = Portal(state, free_port, place / "log")
        portal.wait_until_it_says("The portal is at")
        assert "once" not in portal.said
        children = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        worker = next(
            int(line.split()[0])
            for line in children
            if int(line.split()[1]) == portal.process.pid and "db_worker" in line
        )
        portal.wait_until_it_says("chair")
        os.kill(worker, signal.SIGKILL)
        assert portal.process.wait(30) == 1, portal.said
        assert "The background worker has ended by itself" in portal.said
        assert not database.is_running()
    finally:
        if portal.process.poll() is None:
            portal.process.terminate()
            portal.process.wait(30)
        Cluster(state).reset()
        shutil.rmtree(place)
