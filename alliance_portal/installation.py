"""Makes the virtual environment `.venv` of the checkout; `make` runs this before everything else.

    python -m alliance_portal.installation run    what the portal needs
    python -m alliance_portal.installation dev    that, and what tests and checks need

Runs on any Python from 3.12 and imports only the standard library. Where nothing changed, it does
nothing. The environment is remade when the interpreter, the checkout's place or something inside
it broke; packages are installed again when a file of requirements changed.
"""
# ruff: noqa: T201 it speaks to a person at a terminal

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
REQUIREMENTS = {
    "run": ["requirements.txt", "requirements-embedded.txt"],
    "dev": ["requirements.txt", "requirements-embedded.txt", "requirements-dev.txt"],
}


class InstallationError(Exception):
    """The environment cannot be made; the message says why and what helps."""


def _say(text: str) -> None:
    print(text, flush=True)


class Environment:
    """The virtual environment of the checkout at `checkout`."""

    def __init__(self, checkout: Path = CHECKOUT):
        self.checkout = checkout
        self.folder = checkout / ".venv"
        self.python = self.folder / "bin" / "python"

    def make(self, purpose: str) -> None:
        """Make the environment fit for `purpose` (`run` or `dev`).

        Raises InstallationError.
        """
        with (self.checkout / ".venv.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once on a fresh checkout
            if not self._is_sound():
                self._create()
            stamp = self.folder / f"installed-for-{purpose}"
            wanted = self._fingerprint(purpose)
            if _read(stamp) == wanted:
                return
            self._install(purpose)
            for each, names in REQUIREMENTS.items():
                if set(names) <= set(REQUIREMENTS[purpose]):
                    (self.folder / f"installed-for-{each}").write_text(self._fingerprint(each))

    def _origin(self) -> str:
        return f"{sys.version}\n{sys.base_prefix}\n{self.checkout}"

    def _is_sound(self) -> bool:
        """Say whether the environment was made here by this interpreter, and still works."""
        if _read(self.folder / "made-by") != self._origin():
            return False
        try:
            asked = subprocess.run(
                [self.python, "-m", "pip", "--version"], capture_output=True, check=False
            )
        except OSError:
            return False
        return asked.returncode == 0

    def _create(self) -> None:
        if (
            importlib.util.find_spec("ensurepip") is None
            or importlib.util.find_spec("venv") is None
        ):
            name = f"python{sys.version_info.major}.{sys.version_info.minor}"
            raise InstallationError(
                f"{sys.executable} cannot make virtual environments: install its module venv "
                f"(on Debian and Ubuntu: apt install {name}-venv) and run this again."
            )
        _say(f"Making .venv with Python {sys.version.split()[0]} …")
        if self.folder.is_symlink():
            self.folder.unlink()
        elif self.folder.exists():
            shutil.rmtree(self.folder)
        made = subprocess.run(
            [sys.executable, "-m", "venv", self.folder],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode != 0:
            raise InstallationError(f"No .venv could be made:\n{made.stdout}{made.stderr}".rstrip())
        (self.folder / "made-by").write_text(self._origin())

    def _fingerprint(self, purpose: str) -> str:
        digest = hashlib.sha256()
        for name in REQUIREMENTS[purpose]:
            digest.update((self.checkout / name).read_bytes())
        return digest.hexdigest()

    def _install(self, purpose: str) -> None:
        names = REQUIREMENTS[purpose]
        total = sum((self.checkout / name).read_text().count("==") for name in names)
        _say(f"Installing {total} packages (a minute or two the first time) …")
        command = [self.python, "-m", "pip", "install", "--disable-pip-version-check"]
        for name in names:
            command += ["-r", name]
        seen = 0
        with (
            tempfile.TemporaryFile("w+") as record,
            subprocess.Popen(
                command,
                cwd=self.checkout,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                text=True,
                errors="replace",
            ) as pip,
        ):
            told = time.monotonic()
            for line in pip.stdout:
                record.write(line)
                seen += line.startswith(("Collecting", "Requirement already satisfied"))
                if line.startswith("Installing collected"):
                    _say("  all fetched, putting them in place …")
                elif time.monotonic() - told > 5:
                    told = time.monotonic()
                    _say(f"  {min(seen, total)} of {total}")
            if pip.wait() != 0:
                record.seek(0)
                raise InstallationError(
                    "The packages could not be installed; pip says:\n" + record.read().rstrip()
                )


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def main() -> int:
    """Run the command line; return the exit code."""
    os.umask(0o022)  # what root installs must be readable for the account that runs PostgreSQL
    try:
        Environment().make(sys.argv[1])
    except (InstallationError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
