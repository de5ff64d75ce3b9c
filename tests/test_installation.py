"""Which Python `make` takes, and when it makes the environment again."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from alliance_portal import installation
from alliance_portal.embedded_database import CHECKOUT
from alliance_portal.installation import Environment, InstallationError


def say(path, text, code=0):
    """Put a program there that says `text`; it fails when asked for its version if `code` is not 0."""
    path.write_text(f'#!/bin/sh\n[ "$1" = -c ] && exit {code}\necho "{text} $*"\n')
    path.chmod(0o755)


def chosen(folder, **environment):
    return subprocess.run(
        ["/bin/sh", CHECKOUT / ".ci/python", "-m", "it"],
        env={"PATH": str(folder)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_shim_that_fails_is_passed_over(tmp_path):
    say(tmp_path / "python3.13", "thirteen", code=127)
    say(tmp_path / "python3.12", "twelve")
    say(tmp_path / "python3", "three")
    assert chosen(tmp_path).stdout == "twelve -m it\n"


def test_the_preferred_one_comes_first(tmp_path):
    for name in ("python3", "python3.12", "python3.13", "python3.14"):
        say(tmp_path / name, name)
    assert chosen(tmp_path).stdout == "python3.13 -m it\n"


def test_one_that_is_named_is_taken_wherever_it_lies(tmp_path):
    other = tmp_path / "à part" / "python"
    other.parent.mkdir()
    say(tmp_path / "python3.13", "thirteen")
    say(other, "other")
    assert chosen(tmp_path, PYTHON=str(other)).stdout == "other -m it\n"


def test_none_is_said_in_a_sentence(tmp_path):
    say(tmp_path / "python3", "old", code=1)
    none = chosen(tmp_path)
    assert (none.returncode, none.stderr.count("\n")) == (1, 1)
    assert "No Python 3.12 or newer was found: install one" in none.stderr
    wrong = chosen(tmp_path, PYTHON=str(tmp_path / "python3"))
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)


def test_a_python_that_makes_no_environments_is_said(tmp_path, monkeypatch):
    find = installation.importlib.util.find_spec
    monkeypatch.setattr(
        installation.importlib.util,
        "find_spec",
        lambda name: None if name == "ensurepip" else find(name),
    )
    with pytest.raises(InstallationError, match=r"apt install python3\.\d+-venv"):
        Environment(tmp_path).make("run")


@pytest.mark.server
def test_it_is_made_once_and_again_after_a_move(tmp_path, capfd):
    checkout = tmp_path / "Portail à nous"
    checkout.mkdir()
    for name in installation.REQUIREMENTS["dev"]:
        (checkout / name).write_text("")
    environment = Environment(checkout)
    environment.make("dev")
    assert "Making .venv" in capfd.readouterr().out
    environment.make("run")
    environment.make("dev")
    assert capfd.readouterr().out == ""

    (checkout / "requirements.txt").write_text("# changed\n")
    environment.make("run")
    said = capfd.readouterr().out
    assert "Installing" in said
    assert "Making" not in said

    moved = checkout.rename(tmp_path / "moved")
    Environment(moved).make("run")
    assert "Making .venv" in capfd.readouterr().out
    assert Path(moved / ".venv/bin/python").resolve() == Path(sys.executable).resolve()


def test_an_environment_whose_interpreter_is_gone_is_not_sound(tmp_path):
    environment = Environment(tmp_path)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/made-by").write_text(environment._origin())
    environment.python.symlink_to("/nowhere/python")
    assert not environment._is_sound()
    shutil.rmtree(tmp_path / ".venv")
    assert not environment._is_sound()
