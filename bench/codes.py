"""What pumping costs, what time tells, what a sign-in takes: Kith with the limits of production, and a recorder in the
place of its provider.

    python3 bench/codes.py pump [--seconds N] [--country GB|all] [...]
    python3 bench/codes.py oracle [--samples N]
    python3 bench/codes.py sign-in [--sign-ins N]

What follows the name goes to `kith-bench`. README.md beside this file says what each figure means.
"""

import argparse
import os
import subprocess

import servers

PROVIDER = "127.0.0.1:18085"
# Wide where a question is not about budgets. Whoever is simulated comes from many networks in any case.
NO_CAPS = {
    f"KITH_LIMITS__{name}": "100000000"
    for name in [
        "SENDS_PER_PREFIX_PER_DAY",
        "SENDS_PER_COUNTRY_PER_DAY",
        "SENDS_PER_DAY",
        "UNANSWERED_PER_PREFIX",
        "UNANSWERED_PER_COUNTRY",
        "UNANSWERED",
    ]
}


class Machine(servers.Machine):
    """The machine of the other benchmark, with a provider and without a circle of people."""

    def __init__(self, folder, kith, bench, settings):
        super().__init__(folder, kith, bench)
        self.settings = settings

    def kith_settings(self):
        settings = super().kith_settings()
        del settings["KITH_REDIS__URL"]
        return {
            **settings,
            "KITH_PUBLIC_URL": f"http://127.0.0.1:{servers.KITH_PORT}",
            "KITH_HTTP__TRUSTED_PROXIES": "127.0.0.1",
            "KITH_SMS__PROVIDERS": "twilio",
            "KITH_SMS__TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "KITH_SMS__TWILIO_AUTH_TOKEN": "recorded",
            "KITH_SMS__TWILIO_FROM": "Kith",
            "KITH_SMS__TWILIO_URL": f"http://{PROVIDER}",
            **self.settings,
        }

    def empty(self):
        """Each question begins with an empty database."""
        self._ask(servers.PSQL, "postgres", f"drop database if exists {servers.DATABASE}")
        self._ask(servers.PSQL, "postgres", f"create database {servers.DATABASE}")
        subprocess.run([self.kith, "migrate"], check=True, env={**os.environ, **self.kith_settings()})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("question", choices=["pump", "oracle", "sign-in"])
    parser.add_argument("--folder", default="build/bench-codes", help="database and logs")
    parser.add_argument("--kith", default="target/release/kith")
    parser.add_argument("--bench", default="target/release/kith-bench")
    arguments, others = parser.parse_known_args()
    servers.POSTGRES_SETTINGS.update(
        shared_buffers="256MB", effective_cache_size="1GB", shared_preload_libraries="pg_stat_statements"
    )
    settings = {} if arguments.question == "pump" else NO_CAPS
    machine = Machine(arguments.folder, arguments.kith, arguments.bench, settings)
    with machine.postgres() as postgres:
        machine.empty()
        with machine.kith_server() as (kith, address):
            command = [machine.bench, arguments.question, *address[:2], "--provider", PROVIDER]
            if arguments.question != "pump":
                command += ["--database", machine.database_url]
            if arguments.question == "sign-in":
                command += ["--process", str(kith), "--postgres", str(postgres)]
            subprocess.run([*command, *others], check=True)


if __name__ == "__main__":
    main()
