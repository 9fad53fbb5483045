"""Starting and ending what the benchmark of the requests measures: PostgreSQL, Redis, Kith and the peer."""

import contextlib
import glob
import os
import pathlib
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
POSTGRES_PORT, REDIS_PORT, KITH_PORT, OPERATIONS_PORT, PEER_PORT = 15432, 16379, 18080, 19090, 18090
DATABASE = "circle"

# The same for every contender; the memory is a fifth of the data set's size on the machine it was made for.
POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "port": POSTGRES_PORT,
    "max_connections": 150,
    "shared_buffers": "3GB",
    "effective_cache_size": "12GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "random_page_cost": 1.1,
    "jit": "off",
    "synchronous_commit": "on",
}


def program(name):
    """A program of PostgreSQL, the newest version of it."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}")) or [shutil.which(name)]
    if found[-1] is None:
        sys.exit(f"{name} is missing: install the package postgresql")
    return found[-1]


PSQL = [program("psql"), "-h", "127.0.0.1", "-p", str(POSTGRES_PORT), "-U", "postgres", "-XtAqc"]


def unprivileged(command):
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


def wait_for(port, process, seconds=60):
    """Until somebody listens there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            sys.exit(f"{process.args[0]} ended at once; its log is in the data folder")
        time.sleep(0.05)  # a port cannot be waited for
    sys.exit(f"nobody listens on port {port}")


@contextlib.contextmanager
def running(command, port, log, environment=None, stop=signal.SIGTERM):
    """A process that listens, for as long as the block."""
    with open(log, "ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, **(environment or {})})
    try:
        wait_for(port, process)
        yield process.pid
    finally:
        process.send_signal(stop)
        process.wait(60)


class Machine:
    """Everything of one run, under one folder that can be kept for the next."""

    def __init__(self, folder, kith, bench):
        self.folder = pathlib.Path(folder).absolute()
        self.kith, self.bench = pathlib.Path(kith).absolute(), pathlib.Path(bench).absolute()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.key = self.folder / "key"
        if not self.key.exists():
            self.key.write_text(secrets.token_hex(32))
            self.key.chmod(0o600)

    @property
    def database_url(self):
        return f"postgres://postgres@127.0.0.1:{POSTGRES_PORT}/{DATABASE}"

    @contextlib.contextmanager
    def postgres(self):
        data = self.folder / "postgres"
        if not (data / "PG_VERSION").exists():
            data.mkdir(exist_ok=True)
            if os.geteuid() == 0:
                shutil.chown(data, "postgres", "postgres")
            initdb = [program("initdb"), "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust"]
            subprocess.run(unprivileged(initdb), check=True, stdout=subprocess.DEVNULL)
        settings = [part for name, value in POSTGRES_SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [program("postgres"), "-D", data, "-k", "", *settings]
        log = self.folder / "postgres.log"
        with running(unprivileged(command), POSTGRES_PORT, log, stop=signal.SIGINT) as process:
            yield process

    @contextlib.contextmanager
    def redis(self):
        command = ["redis-server", "--port", str(REDIS_PORT), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with running(command, REDIS_PORT, self.folder / "redis.log") as process:
            yield process

    def fill(self, people, posts):
        """Migrates and loads once; the same folder is filled for good."""
        if not self._ask(PSQL, "postgres", f"select 1 from pg_database where datname = '{DATABASE}'"):
            self._ask(PSQL, "postgres", f"create database {DATABASE}")
        subprocess.run([self.kith, "migrate"], check=True, env={**os.environ, **self.kith_settings()})
        if not self._ask(PSQL, DATABASE, "select to_regclass('bench.targets')"):
            command = [self.bench, "data", "--database", self.database_url]
            subprocess.run([*command, "--people", str(people), "--posts", str(posts)], check=True)
        return {
            "people": self._ask(PSQL, DATABASE, "select count(*) from users"),
            "friends of a person": self._ask(
                PSQL, DATABASE, "select (count(*) / (select count(*) from users)) from friend_edges where state = 'active'"
            ),
            "posts": self._ask(PSQL, DATABASE, "select count(*) from posts"),
            "comments": self._ask(PSQL, DATABASE, "select count(*) from comments"),
            "notifications": self._ask(PSQL, DATABASE, "select count(*) from secondary.notifications"),
            "size": self._ask(PSQL, DATABASE, f"select pg_size_pretty(pg_database_size('{DATABASE}'))"),
        }

    def _ask(self, psql, database, statement):
        command = [*psql, statement, database]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def targets(self):
        return int(self._ask(PSQL, DATABASE, "select count(*) from bench.targets where not is_large"))

    def quiet(self):
        """Ends what a contender left running: a statement outlives the client that asked for it."""
        others = "from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
        self._ask(PSQL, DATABASE, f"select pg_terminate_backend(pid, 10000) {others}")

    def kith_settings(self):
        """Every limit stays on; those that a load generator would run into are wide."""
        return {
            "KITH_DATA_DIR": str(self.folder / "kith"),
            "KITH_HTTP__ADDRESS": f"127.0.0.1:{KITH_PORT}",
            "KITH_OPS__ADDRESS": f"127.0.0.1:{OPERATIONS_PORT}",
            "KITH_DATABASE__URL": self.database_url,
            "KITH_REDIS__URL": f"redis://127.0.0.1:{REDIS_PORT}/1",
            "KITH_SECRETS__MASTER_KEY_FILE": str(self.key),
            "KITH_LIMITS__PROFILE": "production",
            "KITH_LIMITS__REQUESTS_PER_ACCOUNT_PER_MINUTE": "10000000",
        }

    @contextlib.contextmanager
    def kith_server(self):
        log = self.folder / "kith.log"
        with running([self.kith, "serve", "--all"], KITH_PORT, log, self.kith_settings()) as process:
            yield process, ["--address", f"127.0.0.1:{KITH_PORT}", "--scheme", "kith"]

    @contextlib.contextmanager
    def peer_server(self):
        python = HERE / "fastapi/venv/bin/python"
        if not python.exists():
            sys.exit("the peer is not installed: run bench/setup")
        environment = {
            "CIRCLE_ADDRESS": f"127.0.0.1:{PEER_PORT}",
            "CIRCLE_DATABASE_URL": self.database_url,
            "CIRCLE_REDIS_URL": f"redis://127.0.0.1:{REDIS_PORT}/0",
            "CIRCLE_JWT_SECRET": self.key.read_text().strip(),
            "CIRCLE_JWT_ISSUER": f"http://127.0.0.1:{KITH_PORT}",
        }
        folder = str(HERE / "fastapi")
        command = [python, "-m", "gunicorn", "--chdir", folder, "-c", f"{folder}/gunicorn.conf.py", "circle.main:app"]
        with running(command, PEER_PORT, self.folder / "fastapi.log", environment) as process:
            time.sleep(2)  # the port is open before the workers are
            yield process, ["--address", f"127.0.0.1:{PEER_PORT}", "--scheme", "hs256"]
